//! `/livez` and `/readyz`: is the process alive, and can it serve people who sign in.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::state::AppState;

/// The process answers.
pub async fn live() -> &'static str {
    "ok"
}

/// Names what is not ready: the session store, the provider, the server itself when it stops.
pub async fn ready(State(state): State<AppState>) -> Response {
    if state.stopping.is_cancelled() {
        let report = json!({ "ready": false, "checks": { "server": "server.stopping" } });
        return (StatusCode::SERVICE_UNAVAILABLE, Json(report)).into_response();
    }
    let store = match state.sessions.ping().await {
        Ok(()) => "ok",
        Err(_) => "session.store",
    };
    let provider = match state.provider.ready().await {
        Ok(_) => "ok",
        Err(error) => error.code(),
    };
    let ready = store == "ok" && provider == "ok";
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let report = json!({ "ready": ready, "checks": { "store": store, "provider": provider } });
    (status, Json(report)).into_response()
}
