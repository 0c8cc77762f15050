//! Requests from other sites change nothing: refused by default, for every route.
//!
//! What a browser says of itself decides: `Sec-Fetch-Site`, else `Origin`, compared with the
//! configured origin and never with `Host`. Without either, a request that would change something
//! is refused as well (OWASP ASVS 5.0, 3.5.1).

use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse as _, Response};

use super::problem::Problem;
use super::routes::backchannel_logout;
use crate::metrics::Refusal;
use crate::state::AppState;

/// Paths that a state-changing request may reach from another site, since they read no cookie.
pub const CROSS_SITE_ALLOWED: [&str; 1] = [backchannel_logout::PATH];

/// The answer to a request of another site that would change something.
pub fn refusal(state: &AppState, request: &Request) -> Option<Response> {
    let exempt = CROSS_SITE_ALLOWED.contains(&request.uri().path());
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || exempt || is_own(request.headers(), &state.public_url.origin()) {
        return None;
    }
    state.metrics.refused(Refusal::CrossSite);
    Some(Problem::forbidden(state, request).into_response())
}

fn is_own(headers: &HeaderMap, own_origin: &str) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), Some(origin)) => site == "same-origin" && origin == own_origin,
        (Some(site), None) => site == "same-origin",
        (None, Some(origin)) => origin == own_origin,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_our_own_pages_pass() {
        let own = "https://app.example.fr";
        let rows = [
            (Some("same-origin"), Some(own), true),
            (Some("same-origin"), None, true),
            (None, Some(own), true),
            (None, None, false),
            (Some("same-site"), Some(own), false),
            (Some("cross-site"), Some(own), false),
            (Some("none"), None, false),
            (Some(""), None, false),
            (Some("same-origin"), Some("https://evil.example.fr"), false),
            (None, Some("null"), false),
            (None, Some("http://app.example.fr"), false),
            (None, Some("https://app.example.fr:444"), false),
            (None, Some("https://app.example.fr.evil.fr"), false),
        ];
        for (site, origin, passes) in rows {
            let sent = [("sec-fetch-site", site), ("origin", origin)];
            let headers = sent
                .into_iter()
                .filter_map(|(name, value)| {
                    Some((HeaderName::from_static(name), HeaderValue::from_static(value?)))
                })
                .collect();
            assert_eq!(is_own(&headers, own), passes, "{site:?} {origin:?}");
        }
    }
}
