//! Owns the layers that every request of every server passes, outermost first.

use std::any::Any;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use super::input::MAX_BODY;

/// No source outside the server itself, and nothing inline.
///
/// `form-action` is absent on purpose: browsers apply it to every redirect that follows a form,
/// and here redirects lead on to identity providers and services on other origins.
const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                   connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    // The default; what may be cached says so itself.
    (header::CACHE_CONTROL, "no-store"),
];

/// Wraps a server's routes.
pub(super) fn wrap(routes: Router) -> Router {
    routes
        // A request that hangs must not hold its connection for ever.
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(30),
        ))
        // Forms are small.
        .layer(DefaultBodyLimit::max(MAX_BODY))
        // A bug in one request must not take the others down.
        .layer(CatchPanicLayer::custom(panicked))
        // Every answer has these, errors included.
        .layer(middleware::from_fn(security_headers))
        // One line a request, with the route's pattern: paths and queries may hold secrets.
        .layer(middleware::from_fn(log))
}

async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    tracing::debug!(
        http.method = %method,
        http.route = route.as_ref().map_or("none", MatchedPath::as_str),
        http.status = response.status().as_u16(),
        duration_ms = started.elapsed().as_millis(),
        "request answered"
    );
    response
}

fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request handler panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
