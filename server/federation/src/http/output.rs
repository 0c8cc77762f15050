//! Owns the forms of answers that all servers share: pages, redirects, and the answer that the
//! browser carries to a client.

use askama::Template;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};

use crate::pages::FormPostPage;
use crate::protocol::AuthorizationResponse;

/// A page with a status.
pub(super) fn page(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a page cannot be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A redirect after which the browser asks by GET.
pub(super) fn see_other(location: &str) -> Response {
    match HeaderValue::from_str(location) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// Sends the browser back to a client.
pub(super) fn answer(response: &AuthorizationResponse) -> Response {
    match response.location() {
        Some(location) => see_other(&location),
        None => page(StatusCode::OK, &FormPostPage { response }),
    }
}
