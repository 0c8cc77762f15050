//! Owns the files that pages load. They are part of the program, so a server needs no folder.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::secret::s256;

const STYLE: &str = concat!(
    include_str!("../../../../style/federation.css"),
    include_str!("../../../../style/federation/interaction.css"),
);
const DEVELOPER: &str = include_str!("../../../../style/federation/developer.css");
const EMAIL: &str = include_str!("../../assets/email.js");
const FORM: &str = include_str!("../../assets/form.js");
const PASSKEY: &str = include_str!("../../assets/passkey.js");
const COUNTDOWN: &str = include_str!("../../assets/countdown.js");
const PASSWORD: &str = include_str!("../../assets/password.js");
const SIRET: &str = include_str!("../../assets/siret.js");
const SUBMIT: &str = include_str!("../../assets/submit.js");
const ICON: &str = include_str!("../../assets/icon.svg");

/// `GET /assets/…`
pub(super) fn routes() -> Router {
    Router::new()
        .route("/assets/federation.css", asset("text/css; charset=utf-8", STYLE))
        .route("/assets/developer.css", asset("text/css; charset=utf-8", DEVELOPER))
        .route("/assets/email.js", asset("text/javascript; charset=utf-8", EMAIL))
        .route("/assets/form.js", asset("text/javascript; charset=utf-8", FORM))
        .route("/assets/passkey.js", asset("text/javascript; charset=utf-8", PASSKEY))
        .route("/assets/countdown.js", asset("text/javascript; charset=utf-8", COUNTDOWN))
        .route("/assets/password.js", asset("text/javascript; charset=utf-8", PASSWORD))
        .route("/assets/siret.js", asset("text/javascript; charset=utf-8", SIRET))
        .route("/assets/submit.js", asset("text/javascript; charset=utf-8", SUBMIT))
        .route("/assets/icon.svg", asset("image/svg+xml", ICON))
}

fn asset(content_type: &'static str, body: &'static str) -> axum::routing::MethodRouter {
    let etag = format!("\"{}\"", s256(body));
    get(move |headers: HeaderMap| {
        let etag = etag.clone();
        async move { respond(&headers, content_type, body, etag) }
    })
}

/// Browsers ask each time and are told when nothing changed: always right, and cheap.
fn respond(
    headers: &HeaderMap,
    content_type: &'static str,
    body: &'static str,
    etag: String,
) -> Response {
    let unchanged =
        headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let cache = [(CACHE_CONTROL, "no-cache".to_owned()), (ETAG, etag)];
    if unchanged {
        (StatusCode::NOT_MODIFIED, cache).into_response()
    } else {
        (cache, [(CONTENT_TYPE, content_type)], body).into_response()
    }
}
