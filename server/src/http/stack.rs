//! The layers around the routes, each with its reason.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;
use tower::ServiceBuilder;
use tower_http::timeout::TimeoutLayer;
use tower_sessions::SessionManagerLayer;
use tower_sessions::cookie::SameSite;
use tracing::Instrument as _;

use super::problem::Problem;
use super::{cookie_hygiene, csrf, rate_limit, request_context, security_headers};
use crate::state::AppState;

/// No request of ours has a large body, in bytes.
const MAX_BODY: usize = 16 * 1024;
/// Longer than the provider client's own deadlines together.
const DEADLINE: Duration = Duration::from_secs(35);

/// The session, only where it is needed: documents and files never touch the store.
pub fn with_sessions(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let sessions = SessionManagerLayer::new(state.sessions.layer_store())
        .with_name(state.cookies.session().to_owned())
        .with_secure(state.cookies.secure())
        .with_http_only(true)
        .with_path("/")
        // Documents are the same for everybody and the interface asks who is signed in by a
        // same-origin call, so the cookie never has to come along from another site.
        .with_same_site(SameSite::Strict)
        .with_expiry(tower_sessions::Expiry::OnSessionEnd);
    router.layer(sessions)
}

/// What surrounds every route.
pub fn around(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    // From the outermost. One call of `layer`, since each of the router's puts every route into a box.
    router.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(state.clone(), rim))
            // Nothing waits for ever.
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, DEADLINE))
            // Small bodies only.
            .layer(DefaultBodyLimit::max(MAX_BODY)),
    )
}

/// What every request and every answer passes, one by one. It is one layer and not five, since each
/// would copy those within and put its future into a box: half of the time of a request.
async fn rim(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let identified = request_context::identify(&state, &mut request);
    let secret_address = security_headers::has_secret_address(&request);
    let answered = async {
        let refusal =
            csrf::refusal(&state, &request).or_else(|| rate_limit::refusal(&state, &request));
        if let Some(refusal) = refusal {
            return refusal;
        }
        cookie_hygiene::admit(&state, &mut request);
        let mut response = next.run(request).await;
        cookie_hygiene::release(&state, &mut response);
        response
    };
    // A defect of ours is a page, not a broken connection. The hook of `telemetry` has logged it.
    let answered = AssertUnwindSafe(answered).catch_unwind().instrument(identified.span()).await;
    let mut response = answered.unwrap_or_else(|_logged| {
        state.metrics.panicked();
        Problem::internal(&state).into_response()
    });
    security_headers::add(&state, secret_address, response.headers_mut());
    identified.answered(&state, &mut response);
    response
}
