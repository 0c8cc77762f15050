//! The routes of ProConnect Identité, with the real paths and field names.

mod session;
mod users;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::cookie::SessionCookie;
use super::output::page;
use super::{assets, health, op, stack};
use crate::idp::{Idp, IdpSession};
use crate::pages::PlainErrorPage;
use crate::protocol::Params;
use crate::provider::{PageError, Provider};
use crate::secret::equal;
use crate::session::Session;

/// What the handlers work with.
#[derive(Clone, Debug)]
pub(crate) struct IdpState {
    pub(crate) idp: Arc<Idp>,
    pub(crate) cookie: SessionCookie,
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
        .route("/users/start-sign-in", get(users::start_sign_in).post(users::start_sign_in_post))
        .route("/users/sign-in", get(users::sign_in).post(users::sign_in_post))
        .route("/users/sign-up", get(users::sign_up))
        .route(
            "/users/select-organization",
            get(users::select_organization).post(users::select_organization_post),
        )
        .route("/users/unable-to-auto-join-organization", get(users::pending))
        .fallback(async || IdpError(PageError::NotFound))
        .method_not_allowed_fallback(async || IdpError(PageError::NotFound))
        .merge(op::routes(&crate::idp::DIALECT.endpoints))
        .with_state(state)
        .merge(health::routes(provider))
        .merge(assets::routes());
    stack::wrap(routes)
}

/// An error on its way to the page.
struct IdpError(PageError);

impl<E: Into<PageError>> From<E> for IdpError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for IdpError {
    fn into_response(self) -> Response {
        let (status, error_page) = PlainErrorPage::new("ProConnect Identité", &self.0);
        page(status, &error_page)
    }
}

impl IdpState {
    async fn session(&self, headers: &HeaderMap) -> Result<Option<Session<IdpSession>>, IdpError> {
        Ok(self.idp.sessions.find(self.cookie.read(headers).as_deref()).await?)
    }
}

/// Checks that a form was made for this session. The real one answers 403.
fn own_form(session: &Session<IdpSession>, params: &Params) -> Result<(), IdpError> {
    let token = params.get("_csrf").unwrap_or_default();
    if equal(token, &session.data.csrf) { Ok(()) } else { Err(PageError::ForeignForm.into()) }
}

/// Shows a page with a status of 200.
fn ok(template: &impl askama::Template) -> Response {
    page(StatusCode::OK, template)
}
