//! The interface's server functions, answered: who is signed in, and where else.

use std::sync::Arc;

use app::api;
use app::port::SessionPort;
use app::wire::{
    ApiProblem, IdentityView, LevelView, ListedSession, OrganisationView, ProviderView,
    SessionView, SessionsView, SignedInView,
};
use async_trait::async_trait;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

use super::problem::causes;
use crate::metrics::SessionEnd;
use crate::session::mine::{Listed, Revocation};
use crate::session::{Absence, Current, SessionError};
use crate::state::AppState;

/// Runs a server function of the interface.
pub async fn answer(
    State(state): State<AppState>,
    browser: Session,
    mut request: Request<Body>,
) -> Response {
    // Asked for HTML, the library would redirect to the referrer with the error in the address.
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    let port: Arc<dyn SessionPort> = Arc::new(Port { state, browser });
    let context = move || provide_context(Arc::clone(&port));
    let mut response =
        leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("cookie"));
    response
}

/// Makes the interface's server functions known to the library that dispatches them.
pub fn register() {
    leptos::server_fn::axum::register_explicit::<api::Session>();
    leptos::server_fn::axum::register_explicit::<api::Sessions>();
    leptos::server_fn::axum::register_explicit::<api::RevokeSession>();
    leptos::server_fn::axum::register_explicit::<api::RevokeOtherSessions>();
}

struct Port {
    state: AppState,
    browser: Session,
}

#[async_trait]
impl SessionPort for Port {
    async fn current(&self) -> Result<SessionView, ApiProblem> {
        match self.state.sessions.current(&self.browser).await.map_err(|error| failed(&error))? {
            Some(current) => Ok(SessionView::SignedIn(Box::new(view(current)))),
            None if self.browser.id().is_none() => Ok(SessionView::Anonymous),
            None => Err(self.signed_out().await),
        }
    }

    async fn sessions(&self) -> Result<SessionsView, ApiProblem> {
        match self.state.sessions.list(&self.browser).await.map_err(|error| failed(&error))? {
            Some(sessions) => {
                Ok(SessionsView { sessions: sessions.into_iter().map(listed).collect() })
            }
            None => Err(self.signed_out().await),
        }
    }

    async fn revoke(&self, id: &str) -> Result<(), ApiProblem> {
        match self.state.sessions.revoke(&self.browser, id).await.map_err(|error| failed(&error))? {
            Revocation::Done => {
                self.state.metrics.sessions_ended(SessionEnd::Revoked, 1);
                tracing::info!(event = "session_revoked", "a session was revoked");
                Ok(())
            }
            Revocation::Unknown => Err(refused(StatusCode::NOT_FOUND, ApiProblem::Unknown)),
            Revocation::NobodySignedIn => Err(self.signed_out().await),
        }
    }

    async fn revoke_others(&self) -> Result<u64, ApiProblem> {
        match self
            .state
            .sessions
            .revoke_others(&self.browser)
            .await
            .map_err(|error| failed(&error))?
        {
            Some(sessions) => {
                self.state.metrics.sessions_ended(SessionEnd::Revoked, sessions);
                tracing::info!(event = "sessions_revoked", sessions, "other sessions were revoked");
                Ok(sessions)
            }
            None => Err(self.signed_out().await),
        }
    }
}

impl Port {
    /// The answer to a browser that shows no living session, with the reason.
    async fn signed_out(&self) -> ApiProblem {
        match self.state.sessions.absence(&self.browser).await {
            Ok(absence) => {
                let problem = match absence {
                    Absence::NeverSignedIn => ApiProblem::SignedOut,
                    Absence::Expired => ApiProblem::SessionExpired,
                    Absence::Revoked => ApiProblem::SessionRevoked,
                };
                refused(StatusCode::UNAUTHORIZED, problem)
            }
            Err(error) => failed(&error),
        }
    }
}

/// The store did not answer. Nobody is signed out by that.
fn failed(error: &SessionError) -> ApiProblem {
    tracing::error!(causes = causes(error), "the session store failed");
    refused(StatusCode::SERVICE_UNAVAILABLE, ApiProblem::Unavailable)
}

/// The status that goes with a problem; left alone, the library would say 500.
fn refused(status: StatusCode, problem: ApiProblem) -> ApiProblem {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
    problem
}

fn listed(session: Listed) -> ListedSession {
    ListedSession {
        id: session.id,
        browser: session.device.browser,
        system: session.device.system,
        first_seen: session.first_seen.timestamp(),
        last_seen: session.last_seen.timestamp(),
        current: session.current,
    }
}

fn view(current: Current) -> SignedInView {
    let identity = current.signed_in.identity;
    SignedInView {
        identity: IdentityView {
            given_name: identity.given_name,
            usual_name: identity.usual_name,
            email: identity.email,
            phone_number: identity.phone_number,
        },
        organisation: OrganisationView {
            label: identity.organization_label,
            siret: identity.siret.map(String::from),
            roles: identity.roles,
        },
        provider: ProviderView { idp_id: identity.idp_id, name: None },
        level: LevelView { acr: identity.acr, amr: identity.amr },
        signed_in_at: current.signed_in.signed_in_at.timestamp(),
        expires_at: current.expires_at.timestamp(),
    }
}
