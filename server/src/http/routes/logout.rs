//! Signing out: here first, then at ProConnect, then back on a page that says so.
//!
//! `POST /auth/logout` ends our session and tells the browser to go to `/auth/logout/continue`,
//! which redirects to ProConnect's end-session endpoint; ProConnect comes back to
//! `/auth/logout/callback`. The step in between keeps the `id_token_hint` out of every body, and a
//! form's redirects within our origin (the policy's `form-action` covers redirects).

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, REFERER, REFRESH, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use axum::{Extension, Json};
use serde_json::json;
use tower_sessions::Session;
use url::form_urlencoded;

use crate::audit::{self, About, Event};
use crate::auth::logout::LogoutAttempt;
use crate::auth::revocation::revoke_in_background;
use crate::http::attempts;
use crate::http::cookie_hygiene::SessionChange;
use crate::http::problem::{Problem, Way, locale_of, wants_json};
use crate::http::request_context::RequestId;
use crate::http::routes::login;
use crate::metrics::SessionEnd;
use crate::session::Sessions;
use crate::state::AppState;

/// The next step, within our origin.
const CONTINUE: &str = app::routes::SIGN_OUT_THERE;
/// The page that says that one is signed out.
const SIGNED_OUT: &str = "/deconnexion";

/// What the browser kept of us goes, except cookies: those of neighbouring services would go, too.
const CLEAR: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"cache\", \"storage\""),
);

/// `POST /auth/logout`: ends our session. A form with `return_to`, and perhaps `siret_hint`, asks to sign
/// in again afterwards.
pub async fn start(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    browser: Session,
    headers: HeaderMap,
    form: Bytes,
) -> Response {
    let as_json = wants_json("", &headers);
    let again = match sign_in_again(&form) {
        Ok(again) => again,
        Err(code) => {
            return Problem::bad_request(&state, &id, code).json_if(as_json).into_response();
        }
    };
    let key = Sessions::key(&browser);
    let signed_in = match state.sessions.sign_out(&browser).await {
        Ok(signed_in) => signed_in,
        Err(error) => {
            // Nobody is told that they are signed out, but ProConnect's session can end.
            let attempt = LogoutAttempt::begin(None, state.entropy.as_ref()).unfinished(key);
            let cookie = AppendHeaders([(SET_COOKIE, attempts::keep_logout(&state, &attempt))]);
            let problem = Problem::sign_out_failed(&state, &id, &error).json_if(as_json);
            return (cookie, problem).into_response();
        }
    };
    tracing::info!(event = "signed_out", "somebody signed out");
    if let Some(signed_in) = &signed_in {
        state.metrics.sessions_ended(SessionEnd::SignedOut, 1);
        let about = About { person: Some(&signed_in.identity.sub), ..About::default() };
        let about = About { session: key.as_deref(), ..about };
        state.audit.record(id.origin(), Event::SignOut, audit::OK, about);
    }
    let hint = signed_in.map(|signed_in| {
        let hint = signed_in.tokens.id_token.clone();
        revoke_in_background(&state.provider, signed_in.tokens);
        hint
    });
    let attempt = LogoutAttempt::begin(hint, state.entropy.as_ref());
    let attempt = again.into_iter().fold(attempt, LogoutAttempt::then);
    // Who signs out does not want to be signed in again without being asked.
    let cookie = AppendHeaders([
        (SET_COOKIE, attempts::keep_logout(&state, &attempt)),
        (SET_COOKIE, state.cookies.tried_silently()),
    ]);
    let body = if as_json {
        Json(json!({ "location": CONTINUE })).into_response()
    } else {
        let html = state.site.leaving(locale_of(&referring_path(&headers)), CONTINUE);
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (REFRESH, HeaderValue::from_static("0; url=/auth/logout/continue")),
        ];
        (headers, html).into_response()
    };
    (Extension(SessionChange::SignedOut), cookie, body).into_response()
}

/// The link that a form asks to follow once one is signed out.
fn sign_in_again(form: &[u8]) -> Result<Option<String>, &'static str> {
    // A field that nobody filled in asks for nothing.
    let filled = form_urlencoded::parse(form).filter(|(_, value)| !value.is_empty());
    let (request, _) = login::read(filled)?;
    Ok(request.return_to.is_some().then(|| Way::of(&request).link()))
}

/// The path of our page that the form was on, for its language.
fn referring_path(headers: &HeaderMap) -> String {
    let referer = headers.get(REFERER).and_then(|value| value.to_str().ok());
    referer
        .and_then(|text| url::Url::parse(text).ok())
        .map_or_else(|| "/".to_owned(), |url| url.path().to_owned())
}

/// `GET /auth/logout/continue`: on to ProConnect. When it does not answer, the person is told that
/// only our own session is over.
pub async fn leave(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let Some(attempt) = attempts::find_logout(&state, &headers) else {
        return see(SIGNED_OUT).into_response();
    };
    let Some(ready) = state.provider.answering().await else {
        return Problem::sign_out_unfinished(&state, &id).into_response();
    };
    let url = ready
        .end_session_endpoint
        .as_ref()
        .map(|endpoint| attempt.url(endpoint, state.provider.settings()).to_string());
    see(url.as_deref().unwrap_or(SIGNED_OUT)).into_response()
}

/// `GET /auth/logout/callback`: back from ProConnect.
pub async fn finish(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let answered = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state");
    let confirmed = attempts::find_logout(&state, &headers)
        .zip(answered)
        .filter(|(attempt, (_, answered))| attempt.is_confirmed_by(answered))
        .map(|(attempt, _)| attempt);
    let forget =
        AppendHeaders([(SET_COOKIE, state.cookies.remove_transient(state.cookies.logout()))]);
    match confirmed {
        Some(attempt) => {
            if let Some(session) = attempt.left_over() {
                if let Err(error) = state.sessions.end(session).await {
                    return Problem::sign_out_failed(&state, &id, &error).into_response();
                }
                state.metrics.sessions_ended(SessionEnd::SignedOut, 1);
                let about = About { session: Some(session), ..About::default() };
                state.audit.record(id.origin(), Event::SignOut, audit::OK, about);
                let over = Extension(SessionChange::SignedOut);
                return (over, forget, [CLEAR], see(SIGNED_OUT)).into_response();
            }
            let page = attempt.next().unwrap_or(SIGNED_OUT);
            (forget, [CLEAR], see(page)).into_response()
        }
        None => (forget, see("/")).into_response(),
    }
}

fn see(location: &str) -> (StatusCode, [(HeaderName, HeaderValue); 1]) {
    let location =
        HeaderValue::try_from(location).unwrap_or_else(|_| HeaderValue::from_static(SIGNED_OUT));
    (StatusCode::SEE_OTHER, [(LOCATION, location)])
}
