//! The layers around the routes, outermost last in each list, each with its reason.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use tower_sessions::SessionManagerLayer;
use tower_sessions::cookie::SameSite;

use super::problem::Problem;
use super::{cookie_hygiene, csrf, rate_limit, request_context, security_headers};
use crate::state::AppState;

/// No request of ours has a large body, in bytes.
const MAX_BODY: usize = 16 * 1024;
/// Longer than the provider client's own deadlines together.
const DEADLINE: Duration = Duration::from_secs(35);

/// The session, only where it is needed: documents and files never touch the store.
pub fn with_session_layer(router: Router<AppState>, state: &AppState) -> Router<AppState> {
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
pub fn outer_layers(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let for_panics = state.clone();
    // The hook of `telemetry` has logged it.
    let on_panic = move |_panic: Box<dyn std::any::Any + Send>| {
        for_panics.metrics.panicked();
        Problem::internal(&for_panics).into_response()
    };
    router
        // Only our own cookies go further, and only as their owner decided they come back.
        .layer(from_fn_with_state(state.clone(), cookie_hygiene::clean))
        // Small bodies only.
        .layer(DefaultBodyLimit::max(MAX_BODY))
        // Nothing waits for ever.
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, DEADLINE))
        // Nobody asks more often than is useful.
        .layer(from_fn_with_state(state.clone(), rate_limit::restrain))
        // A defect of ours is a page, not a broken connection.
        .layer(CatchPanicLayer::custom(on_panic))
        // Nothing of what follows runs for a request of another site that would change something.
        .layer(from_fn_with_state(state.clone(), csrf::refuse_cross_site))
        // Also on refusals.
        .layer(from_fn_with_state(state.clone(), security_headers::add))
        // First of all, a name for the request.
        .layer(from_fn_with_state(state.clone(), request_context::identify))
}
