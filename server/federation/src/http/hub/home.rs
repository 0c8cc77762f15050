//! The developer's home page.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::HubState;
use crate::http::output::page;

/// `GET /`
pub(super) async fn show(State(state): State<HubState>) -> Response {
    page(StatusCode::OK, &*state.home)
}
