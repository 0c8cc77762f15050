//! The routes of ProConnect Identité, with the real paths and field names.

mod advice;
mod by_address;
mod contact;
mod email_code;
mod enrolment;
mod error;
mod franceconnect;
mod join;
mod leaders;
mod magic_link;
mod membership;
mod moderation;
mod passkeys;
mod personal;
mod place;
mod reset;
mod second_factor;
mod session;
mod settings;
mod start;
mod users;
mod visitor;

use std::sync::Arc;

use axum::extract::FromRef;
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Router, middleware};

use error::IdpError;

pub(crate) use by_address::AddressLimits;

use super::cookie::SessionCookie;
use super::input::header;
use super::output::page;
use super::{assets, health, op, stack};
use crate::idp::{Browser, Idp, IdpSession};
use crate::provider::{PageError, Provider};
use crate::session::Session;

/// What the handlers work with.
#[derive(Clone, Debug)]
pub(crate) struct IdpState {
    pub(crate) idp: Arc<Idp>,
    pub(crate) cookie: SessionCookie,
    /// Says that the browser is known.
    pub(crate) trust: SessionCookie,
    /// Where mails arrive.
    pub(crate) mail_sink: String,
    /// What each address of the network asked for lately.
    pub(crate) by_address: AddressLimits,
    /// The page on which the hub asks for an address.
    pub(crate) hub_email_page: String,
}

impl FromRef<IdpState> for Arc<Provider> {
    fn from_ref(state: &IdpState) -> Self {
        Arc::clone(&state.idp.provider)
    }
}

/// All routes of ProConnect Identité.
pub(crate) fn router(state: IdpState) -> Router {
    let provider = Arc::clone(&state.idp.provider);
    let routes = Router::new()
        .route("/", get(users::home))
        .route("/oauth/authorize", get(session::authorize).post(session::authorize_post))
        .route("/oauth/logout", get(session::logout))
        .route("/interaction/{uid}", get(session::resume))
        .route("/interaction/{uid}/login", get(session::finish))
        .route("/interaction/{uid}/error", get(error::hand_back))
        .route("/users/change-email", get(start::change_email))
        .route("/users/start-sign-in", get(start::start_sign_in).post(start::start_sign_in_post))
        .route("/users/sign-in", get(start::sign_in).post(start::sign_in_post))
        .route("/users/sign-up", get(start::sign_up).post(start::sign_up_post))
        .route(
            "/users/verify-email",
            get(email_code::verify_email).post(email_code::verify_email_post),
        )
        .route("/users/send-email-verification", post(email_code::send_again))
        .route("/users/send-magic-link", post(magic_link::send))
        .route("/users/magic-link-sent", get(magic_link::sent))
        .route("/users/sign-in-with-magic-link", get(magic_link::open).post(magic_link::open_post))
        .route("/users/reset-password", get(reset::reset_password).post(reset::reset_password_post))
        .route(
            "/users/change-password",
            get(reset::change_password).post(reset::change_password_post),
        )
        .route(
            "/users/personal-information",
            get(personal::personal_information).post(personal::personal_information_post),
        )
        .merge(enrolment::routes())
        .merge(advice::routes())
        .merge(second_factor::routes())
        .merge(settings::routes())
        .route(
            "/personal-information",
            get(personal::account_information).post(personal::account_information_post),
        )
        .merge(contact::routes())
        .merge(franceconnect::routes())
        .merge(join::routes())
        .merge(leaders::routes())
        .merge(membership::routes())
        .merge(moderation::routes())
        .merge(passkeys::routes())
        .fallback(async || IdpError::Page(PageError::NotFound))
        .method_not_allowed_fallback(async || IdpError::Page(PageError::NotFound))
        // Not around what the hub's program asks for.
        .layer(middleware::from_fn_with_state(state.clone(), by_address::limit))
        .merge(op::routes(&crate::idp::DIALECT.endpoints))
        .layer(middleware::from_fn_with_state(state.clone(), error::show))
        .with_state(state)
        .merge(health::routes(provider))
        .merge(assets::routes());
    stack::wrap(routes)
}

impl IdpState {
    fn browser(&self, headers: &HeaderMap) -> Browser {
        let trusted = self.trust.read(headers);
        Browser::new(trusted.as_deref(), header(headers, USER_AGENT).unwrap_or_default())
    }

    async fn session(&self, headers: &HeaderMap) -> Result<Option<Session<IdpSession>>, IdpError> {
        Ok(self.idp.sessions.find(self.cookie.read(headers).as_deref()).await?)
    }
}

/// Shows a page with a status of 200.
fn ok(template: &impl askama::Template) -> Response {
    page(StatusCode::OK, template)
}
