//! The hub's routes.

mod authorize;
mod email_code;
mod error;
mod interaction;
mod logout;
mod mire;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};

use super::cookie::SessionCookie;
use super::{admin, assets, developer, health, op, stack};
use crate::Addresses;
use crate::controls::Controls;
use crate::http::output::page;
use crate::hub::{Hub, HubError, HubSession};
use crate::pages::AccessibilityPage;
use crate::provider::Provider;
use crate::session::Session;

pub(super) use error::ErrorPage;

/// The path of the issuer.
pub(crate) const PREFIX: &str = "/api/v2";

/// What the hub's handlers work with.
#[derive(Clone, Debug)]
pub(crate) struct HubState {
    pub(crate) hub: Arc<Hub>,
    pub(crate) cookie: SessionCookie,
    pub(crate) controls: Controls,
    pub(crate) addresses: Addresses,
}

impl FromRef<HubState> for Arc<Provider> {
    fn from_ref(state: &HubState) -> Self {
        Arc::clone(&state.hub.provider)
    }
}

impl FromRef<HubState> for Controls {
    fn from_ref(state: &HubState) -> Self {
        state.controls.clone()
    }
}

impl FromRef<HubState> for Addresses {
    fn from_ref(state: &HubState) -> Self {
        state.addresses.clone()
    }
}

/// All routes of the hub.
pub(crate) fn router(state: HubState) -> Router {
    let provider = Arc::clone(&state.hub.provider);
    let endpoints = &crate::hub::DIALECT.endpoints;
    let interactive = Router::new()
        .route("/authorize", get(authorize::get).post(authorize::post))
        .route("/interaction", get(mire::show_latest))
        .route("/interaction/{uid}", get(mire::show))
        .route("/redirect-to-idp", post(mire::redirect_to_idp))
        .route(
            "/identity-provider-selection",
            get(interaction::show_choice).post(interaction::choose),
        )
        .route("/verify-email", get(email_code::show).post(email_code::confirm))
        .route("/verify-email/resend", post(email_code::resend))
        .route("/oidc-callback", get(interaction::callback))
        .route("/interaction/{uid}/verify", get(interaction::verify))
        .route("/interaction/{uid}/error", get(interaction::abandon))
        .route("/session/end", get(logout::start).post(logout::start_post))
        .route("/client/logout-callback", get(logout::callback))
        .route("/session/end/success", get(logout::success))
        .route("/accessibilite", get(accessibility))
        .merge(op::routes(endpoints))
        .with_state(state.clone());
    let below_issuer = interactive.merge(health::routes(Arc::clone(&provider)));
    let guard = admin::Guard::new(&state.addresses.hub);
    let enabled = state.controls.directory.current().admin.enabled;
    let (admin, actions) = if enabled {
        (admin::routes(guard.clone()), guard.protect(developer::actions()))
    } else {
        (Router::new(), Router::new())
    };
    let routes = Router::new()
        .merge(developer::views())
        .merge(actions)
        .merge(admin)
        .route("/api/v2/", get(elsewhere))
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::not_found)
        .with_state(state)
        .nest(PREFIX, below_issuer)
        .merge(health::routes(provider))
        .merge(assets::routes());
    stack::wrap(routes)
}

async fn accessibility() -> Response {
    page(StatusCode::OK, &AccessibilityPage {})
}

async fn elsewhere() -> Response {
    let location = [(LOCATION, "https://www.proconnect.gouv.fr")];
    (StatusCode::MOVED_PERMANENTLY, location).into_response()
}

impl HubState {
    /// The browser's session, if it has one.
    pub(super) async fn session(
        &self,
        headers: &HeaderMap,
    ) -> Result<Option<Session<HubSession>>, HubError> {
        Ok(self.hub.sessions.find(self.cookie.read(headers).as_deref()).await?)
    }

    /// The browser's session; without one nothing goes on.
    async fn required_session(
        &self,
        headers: &HeaderMap,
    ) -> Result<Session<HubSession>, ErrorPage> {
        let session = self.session(headers).await.map_err(|error| self.error(error))?;
        session.ok_or_else(|| self.error(HubError::SessionNotFound))
    }

    /// The page for an error.
    pub(super) fn error(&self, stopped: impl Into<crate::hub::Stopped>) -> ErrorPage {
        let stopped = stopped.into();
        self.hub.report_stop(&stopped.error);
        ErrorPage::new(stopped, self.hub.support_email())
    }

    /// The page for an error in a session: its latest interaction leads back to the service.
    fn error_in(
        &self,
        session: &Session<HubSession>,
        stopped: impl Into<crate::hub::Stopped>,
    ) -> ErrorPage {
        let mut stopped = stopped.into();
        if stopped.interaction.is_none() {
            stopped.interaction = session.data.interactions.last().cloned();
        }
        self.error(stopped)
    }
}
