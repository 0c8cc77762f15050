//! `POST /auth/backchannel-logout`: the provider ends the sessions of a person, without their browser.
//!
//! Off unless the operator turns it on. The request comes from a server: it has no cookie that would
//! be read, and no origin; what it proves, it proves by its token.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::Duration;
use url::form_urlencoded;

use crate::audit::{self, About, Event};
use crate::auth::logout_token::LogoutToken;
use crate::http::problem::{causes, not_found};
use crate::http::request_context::RequestId;
use crate::metrics::SessionEnd;
use crate::state::AppState;

/// Its path.
pub const PATH: &str = "/auth/backchannel-logout";
/// A used token is remembered a little longer than it is acceptable anywhere.
const MARGIN: Duration = Duration::minutes(5);

/// The handler. 200 when the sessions are over, 400 for a token that is not to be believed, 503 when
/// the provider or the store does not answer: the provider may try again.
pub async fn receive(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    body: Bytes,
) -> Response {
    if !state.backchannel_logout {
        return not_found(&state, PATH);
    }
    let mut tokens = form_urlencoded::parse(&body).filter(|(name, _)| name == "logout_token");
    let (Some((_, compact)), None) = (tokens.next(), tokens.next()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let Ok(ready) = state.provider.ready().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let token = match LogoutToken::verify(&state.provider, &ready, &compact).await {
        Ok(token) => token,
        Err(error) => {
            tracing::warn!(logout.code = error.code(), "a logout token was refused");
            state.audit.record(id.origin(), Event::Revocation, error.code(), About::default());
            return StatusCode::BAD_REQUEST.into_response();
        }
    };
    match end(&state, &token).await {
        Ok(Some(sessions)) => {
            state.metrics.sessions_ended(SessionEnd::Withdrawn, sessions);
            let about = About { person: Some(&token.sub), ..About::default() };
            state.audit.record(id.origin(), Event::Revocation, audit::OK, about);
            StatusCode::OK.into_response()
        }
        Ok(None) => StatusCode::BAD_REQUEST.into_response(),
        Err(error) => {
            tracing::error!(causes = causes(&error), "the session store failed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// How many sessions were ended; `None` if the token was used before.
async fn end(
    state: &AppState,
    token: &LogoutToken,
) -> Result<Option<u64>, crate::session::SessionError> {
    let name = ["logout token ", &token.jti].concat();
    if !state.sessions.use_attempt(&name, token.expires_at + MARGIN).await? {
        return Ok(None);
    }
    state.sessions.revoke_all_of(&token.sub).await.map(Some)
}
