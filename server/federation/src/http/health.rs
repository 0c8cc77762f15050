//! Owns liveness and readiness, in the words of the real federation.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::provider::Provider;

/// `GET /livez` and `GET /readyz`.
pub(super) fn routes(provider: Arc<Provider>) -> Router {
    Router::new()
        .route("/livez", get(async || "ok"))
        .route("/readyz", get(ready))
        .with_state(provider)
}

async fn ready(State(provider): State<Arc<Provider>>) -> Response {
    match provider.ready().await {
        Ok(()) => "ok".into_response(),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "[-]store failed").into_response()
        }
    }
}
