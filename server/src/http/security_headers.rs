//! Headers that every response carries.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::config::CALLBACK_PATH;
use crate::state::AppState;

const ALWAYS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Enough for `Origin` on our own requests, and nothing for other sites.
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Whether the address of the request holds the code: not even our own files are told it.
pub fn has_secret_address(request: &Request) -> bool {
    request.uri().path() == CALLBACK_PATH
}

/// Adds them. What a handler said about caching is kept; silence means `no-store`.
pub fn add(state: &AppState, secret_address: bool, headers: &mut HeaderMap) {
    headers.reserve(ALWAYS.len() + 5);
    if secret_address {
        set_default(headers, REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    for (name, value) in ALWAYS {
        set_default(headers, name, HeaderValue::from_static(value));
    }
    set_default(headers, CONTENT_SECURITY_POLICY, state.site.policy().clone());
    set_default(headers, CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if state.cookies.secure() {
        let a_year = HeaderValue::from_static("max-age=31536000");
        set_default(headers, STRICT_TRANSPORT_SECURITY, a_year);
    }
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}

/// Who may show a document inside another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Nobody.
    Never,
    /// Our own gallery.
    ByUs,
}

/// The content security policy of documents with these inline scripts: each is allowed by its hash,
/// no other is. `form-action` can be `'self'` because sign-in starts with a link and sign-out
/// answers with a document: browsers apply it to the redirects of a form, which would leave us.
pub fn content_security_policy(inline_scripts: &[String], framing: Framing) -> HeaderValue {
    let framing = match framing {
        Framing::Never => "frame-ancestors 'none'",
        Framing::ByUs => "frame-src 'self'; frame-ancestors 'self'",
    };
    let hashes =
        inline_scripts.iter().fold(String::new(), |hashes, script| hashes + " " + &hash(script));
    HeaderValue::try_from(format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'self'; {framing}"
    ))
    .expect("hashes are base64, the rest is constant")
}

/// The policy of a page with this inline style and nothing else, in our gallery.
pub fn standalone_policy(style: &str) -> HeaderValue {
    HeaderValue::try_from(format!(
        "default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
        hash(style)
    ))
    .expect("hashes are base64, the rest is constant")
}

/// The source expression that allows this inline text.
fn hash(text: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    ["'sha256-", &STANDARD.encode(digest), "'"].concat()
}
