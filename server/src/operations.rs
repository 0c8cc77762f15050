//! The operations listener: what operators and their tools ask, on an address of its own.
//!
//! It is for the machine or the private network, never for browsers: no session, no cookie, nothing
//! that changes anything. Numbers are [`crate::metrics`]; the rest is as on the public port.

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::http::routes::health;
use crate::state::AppState;

/// What Prometheus calls its text format.
const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The routes of operations.
pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .with_state(state)
}

async fn metrics(State(state): State<AppState>) -> Response {
    let (provider, age) = state.provider.state().await;
    state.metrics.provider_is(provider, age);
    let headers = [(CONTENT_TYPE, TEXT_FORMAT), (CACHE_CONTROL, "no-store")];
    (headers, state.metrics.text()).into_response()
}
