//! Owns what handlers read from a request.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};

use crate::protocol::{MalformedParams, Params};

/// Bodies are forms and small; anything larger is refused.
pub(super) const MAX_BODY: usize = 64 * 1024;

/// The parameters of a query.
pub(super) fn query(raw: Option<&str>) -> Result<Params, MalformedParams> {
    Params::parse(raw.unwrap_or_default().as_bytes())
}

/// The parameters of a form.
pub(super) fn form(headers: &HeaderMap, body: &[u8]) -> Result<Params, MalformedParams> {
    let content_type = header(headers, CONTENT_TYPE).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if body.is_empty() || media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Params::parse(body)
    } else {
        Err(MalformedParams)
    }
}

/// The `Authorization` header.
pub(super) fn authorization(headers: &HeaderMap) -> Option<&str> {
    header(headers, AUTHORIZATION)
}

/// The token of a `Bearer` authorization.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = authorization(headers)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

/// A header's value, if it is text.
pub(super) fn header(headers: &HeaderMap, name: axum::http::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
