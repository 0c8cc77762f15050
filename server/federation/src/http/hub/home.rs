//! The developer's home page.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::HubState;
use crate::http::output::page;
use crate::pages::HomePage;

/// `GET /`
pub(super) async fn show(State(state): State<HubState>) -> Response {
    let registered = state.hub.directory.current();
    page(StatusCode::OK, &HomePage::of(&registered, &state.addresses))
}
