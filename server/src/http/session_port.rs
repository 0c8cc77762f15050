//! The interface's server functions, answered: who is signed in.

use std::sync::Arc;

use app::api;
use app::port::SessionPort;
use app::wire::{
    ApiProblem, IdentityView, LevelView, OrganisationView, ProviderView, SessionView, SignedInView,
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

use crate::session::{Current, Sessions};
use crate::state::AppState;

/// Runs a server function of the interface.
pub async fn answer(
    State(state): State<AppState>,
    browser: Session,
    mut request: Request<Body>,
) -> Response {
    // Asked for HTML, the library would redirect to the referrer with the error in the address.
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    let port: Arc<dyn SessionPort> = Arc::new(Port { sessions: state.sessions, browser });
    let context = move || provide_context(Arc::clone(&port));
    let mut response =
        leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("cookie"));
    response
}

/// Makes the interface's server functions known to the library that dispatches them.
pub fn register() {
    leptos::server_fn::axum::register_explicit::<api::Session>();
}

struct Port {
    sessions: Sessions,
    browser: Session,
}

#[async_trait]
impl SessionPort for Port {
    async fn current(&self) -> Result<SessionView, ApiProblem> {
        match self.sessions.current(&self.browser).await {
            Ok(Some(current)) => Ok(SessionView::SignedIn(Box::new(view(current)))),
            Ok(None) => Ok(SessionView::Anonymous),
            Err(error) => {
                tracing::error!(%error, "the session store failed");
                if let Some(response) = use_context::<ResponseOptions>() {
                    response.set_status(StatusCode::SERVICE_UNAVAILABLE);
                }
                Err(ApiProblem::Unavailable)
            }
        }
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
