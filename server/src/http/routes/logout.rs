//! Signing out: here first, then at ProConnect, then back on a page that says so.
//!
//! `POST /auth/logout` ends our session and tells the browser to go to `/auth/logout/continue`,
//! which redirects to ProConnect's end-session endpoint; ProConnect comes back to
//! `/auth/logout/callback`. The step in between keeps the `id_token_hint` out of every body, and a
//! form's redirects within our origin (the policy's `form-action` covers redirects).

use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, REFRESH, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use axum::{Extension, Json};
use serde_json::json;
use tower_sessions::Session;
use url::form_urlencoded;

use crate::audit::{self, About, Event};
use crate::auth::logout::LogoutAttempt;
use crate::auth::return_to::ReturnTo;
use crate::http::attempts;
use crate::http::cookie_hygiene::SessionChange;
use crate::http::problem::{Problem, locale_of, wants_json};
use crate::http::request_context::RequestId;
use crate::metrics::SessionEnd;
use crate::session::Sessions;
use crate::state::AppState;

/// The next step, within our origin.
const CONTINUE: &str = "/auth/logout/continue";
/// The page that says that one is signed out.
const SIGNED_OUT: &str = "/deconnexion";

/// `POST /auth/logout`: ends our session.
pub async fn start(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    browser: Session,
    headers: HeaderMap,
) -> Response {
    let as_json = wants_json("", &headers);
    let key = Sessions::key(&browser);
    let signed_in = match state.sessions.sign_out(&browser).await {
        Ok(signed_in) => signed_in,
        Err(error) => {
            return Problem::store(&state, &id, &error, &ReturnTo::home())
                .json_if(as_json)
                .into_response();
        }
    };
    tracing::info!(event = "signed_out", "somebody signed out");
    if let Some(signed_in) = &signed_in {
        state.metrics.sessions_ended(SessionEnd::SignedOut, 1);
        let about = About { person: Some(&signed_in.identity.sub), ..About::default() };
        let about = About { session: key.as_deref(), ..about };
        state.audit.record(id.origin(), Event::SignOut, audit::OK, about);
    }
    let hint = signed_in.map(|signed_in| signed_in.tokens.id_token);
    let attempt = LogoutAttempt::begin(hint, state.entropy.as_ref());
    let cookie = AppendHeaders([(SET_COOKIE, attempts::keep_logout(&state, &attempt))]);
    let body = if as_json {
        Json(json!({ "location": CONTINUE })).into_response()
    } else {
        let document = app::document::leaving(locale_of("/"), CONTINUE);
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (REFRESH, HeaderValue::from_static("0; url=/auth/logout/continue")),
        ];
        (headers, state.site.fill(&document)).into_response()
    };
    (Extension(SessionChange::SignedOut), cookie, body).into_response()
}

/// `GET /auth/logout/continue`: on to ProConnect. Without a provider to go to, the sign-out ends
/// here: our own session is gone already.
pub async fn leave(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let endpoint = match state.provider.ready().await {
        Ok(ready) => ready.end_session_endpoint.clone(),
        Err(_) => None,
    };
    let url = attempts::find_logout(&state, &headers)
        .zip(endpoint)
        .map(|(attempt, endpoint)| attempt.url(&endpoint, state.provider.settings()).to_string());
    see(url.as_deref().unwrap_or(SIGNED_OUT)).into_response()
}

/// `GET /auth/logout/callback`: back from ProConnect.
pub async fn finish(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let answered = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state");
    let confirmed = attempts::find_logout(&state, &headers)
        .zip(answered)
        .is_some_and(|(attempt, (_, answered))| attempt.is_confirmed_by(&answered));
    let forget =
        AppendHeaders([(SET_COOKIE, state.cookies.remove_transient(state.cookies.logout()))]);
    let page = if confirmed { SIGNED_OUT } else { "/" };
    (forget, see(page)).into_response()
}

fn see(location: &str) -> (StatusCode, [(HeaderName, HeaderValue); 1]) {
    let location =
        HeaderValue::try_from(location).unwrap_or_else(|_| HeaderValue::from_static(SIGNED_OUT));
    (StatusCode::SEE_OTHER, [(LOCATION, location)])
}
