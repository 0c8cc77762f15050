//! `GET /auth/login`: starts a sign-in and sends the browser to ProConnect.

use std::borrow::Cow;

use app::i18n::Locale;
use app::routes::Page;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use tower_sessions::Session;
use url::form_urlencoded;

use crate::auth::attempt::{LoginAttempt, LoginRequest, Origin};
use crate::auth::return_to::ReturnTo;
use crate::auth::siret::Siret;
use crate::http::attempts;
use crate::http::problem::{Problem, Way};
use crate::http::request_context::RequestId;
use crate::session::{SessionError, Sessions};
use crate::state::AppState;

/// Longest hint that is passed on, in bytes.
const MAX_HINT: usize = 320;

/// The handler.
pub async fn start(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    browser: Session,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    if !is_navigation(&headers) {
        return StatusCode::NO_CONTENT.into_response();
    }
    let parsed = parse(query.as_deref().unwrap_or_default());
    let (mut request, locale) = match parsed.and_then(|parsed| narrow(&state, parsed)) {
        Ok(parsed) => parsed,
        Err(code) => return Problem::bad_request(&state, &id, code).into_response(),
    };
    let way = Way::of(&request).in_locale(locale);
    let silent = request.silent;
    if silent && !may_be_silent(&state, &headers, &way.return_to) {
        return see(way.return_to.as_str()).into_response();
    }
    let ready = match state.provider.ready().await {
        Ok(ready) => ready,
        // A sign-in that nobody asked for fails unseen.
        Err(_) if silent => return see(way.return_to.as_str()).into_response(),
        Err(error) => return Problem::login(&state, &id, &error.into(), &way).into_response(),
    };
    let origin = match origin(&state, &browser, &mut request).await {
        Ok(origin) => origin,
        Err(error) => {
            return Problem::store(&state, &id, &error, &way.return_to).into_response();
        }
    };
    let (url, attempt) = LoginAttempt::begin(
        request,
        &ready,
        state.provider.settings(),
        origin,
        (state.clock.now(), state.entropy.as_ref()),
    );
    let Ok(location) = HeaderValue::try_from(url.as_str()) else {
        return Problem::bad_request(&state, &id, "login.request").into_response();
    };
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response();
    state.metrics.sign_in_started();
    if silent {
        response.headers_mut().append(SET_COOKIE, state.cookies.tried_silently());
    }
    attempts::keep(&state, &headers, attempt, response.headers_mut());
    response
}

/// A link can only narrow what the operator accepts; what is left of it must not be nothing.
fn narrow(
    state: &AppState,
    (mut request, locale): (LoginRequest, Option<Locale>),
) -> Result<(LoginRequest, Option<Locale>), &'static str> {
    let asked = !request.acr.is_empty();
    request.acr = state.provider.settings().narrow(request.acr);
    if asked && request.acr.is_empty() { Err("login.acr") } else { Ok((request, locale)) }
}

/// Whether somebody follows a link or types an address. A prefetch is no decision of a person, nor
/// is an image or a frame of another site: they must not use up one of the few attempts.
fn is_navigation(headers: &HeaderMap) -> bool {
    let is_document = |value: &HeaderValue| value.as_bytes() == b"document";
    !headers.contains_key("sec-purpose") && headers.get("sec-fetch-dest").is_none_or(is_document)
}

/// A silent sign-in is for the operator to allow, is tried once a browser session, and never brings
/// back who has just signed out.
fn may_be_silent(state: &AppState, headers: &HeaderMap, return_to: &ReturnTo) -> bool {
    let path = return_to.as_str().split(['?', '#']).next().unwrap_or_default();
    state.silent_sign_in
        && !state.cookies.was_tried_silently(headers)
        && Page::at(path) != Some(Page::SIGNED_OUT)
}

fn see(location: &str) -> (StatusCode, [(HeaderName, HeaderValue); 1]) {
    let location = HeaderValue::try_from(location).expect("a parsed path is visible ASCII only");
    (StatusCode::SEE_OTHER, [(LOCATION, location)])
}

/// The session that the sign-in starts from. A level asked by who is signed in raises theirs:
/// ProConnect is told whom it is about, so that it asks for nothing but what is missing.
async fn origin(
    state: &AppState,
    browser: &Session,
    request: &mut LoginRequest,
) -> Result<Option<Origin>, SessionError> {
    let Some(key) = Sessions::key(browser) else { return Ok(None) };
    if request.acr.is_empty() {
        return Ok(Some(Origin { key, step_up_of: None }));
    }
    let identity = state.sessions.current(browser).await?.map(|current| current.signed_in.identity);
    if request.login_hint.is_none() {
        request.login_hint = identity.as_ref().and_then(|identity| identity.email.clone());
    }
    Ok(Some(Origin { key, step_up_of: identity.map(|identity| identity.sub) }))
}

/// Reads the query strictly: each parameter once, each value of its kind. The error is a code.
fn parse(query: &str) -> Result<(LoginRequest, Option<Locale>), &'static str> {
    read(form_urlencoded::parse(query.as_bytes()))
}

/// The same of the fields of a form.
pub(super) fn read<'a>(
    fields: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
) -> Result<(LoginRequest, Option<Locale>), &'static str> {
    let mut request = LoginRequest::default();
    let mut locale = None;
    let mut seen = Vec::new();
    for (name, value) in fields {
        if seen.contains(&name) {
            return Err("login.repeated_parameter");
        }
        match name.as_ref() {
            "return_to" => {
                request.return_to = Some(ReturnTo::parse(&value).map_err(|_| "login.return_to")?);
            }
            "acr" => request.acr = levels(&value)?,
            "login_hint" => request.login_hint = Some(address(&value)?),
            "idp_hint" => request.idp_hint = Some(hint(&value)?),
            "siret_hint" => {
                request.siret_hint = Some(Siret::parse(&value).map_err(|_| "login.siret_hint")?);
            }
            "lang" => {
                locale = Locale::ALL.into_iter().find(|locale| locale.tag() == value);
            }
            "silent" => request.silent = value == "1",
            _ => {}
        }
        seen.push(name);
    }
    if request.return_to.is_none() && locale == Some(Locale::En) {
        request.return_to = ReturnTo::parse(&Page::Home.href(Locale::En)).ok();
    }
    Ok((request, locale))
}

/// An email address, as far as ProConnect insists on one: it shows a page of its own otherwise.
fn address(value: &str) -> Result<String, &'static str> {
    let hint = hint(value)?;
    let (name, domain) = hint.rsplit_once('@').ok_or("login.hint")?;
    let plausible = !name.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !hint.contains(char::is_whitespace);
    if plausible { Ok(hint) } else { Err("login.hint") }
}

fn levels(value: &str) -> Result<Vec<String>, &'static str> {
    let levels: Vec<_> = hint(value)?.split_ascii_whitespace().map(str::to_owned).collect();
    if levels.is_empty() { Err("login.acr") } else { Ok(levels) }
}

fn hint(value: &str) -> Result<String, &'static str> {
    let plain = value.len() <= MAX_HINT
        && !value.contains(|character: char| {
            character.is_control() || character == char::REPLACEMENT_CHARACTER
        });
    if plain { Ok(value.to_owned()) } else { Err("login.hint") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_strictly() {
        let (request, locale) = parse("return_to=%2Fcompte&acr=eidas2+eidas3&silent=1&lang=en&x=y")
            .expect("well-formed");
        assert_eq!(request.return_to, ReturnTo::parse("/compte").ok());
        assert_eq!(request.acr, ["eidas2", "eidas3"]);
        assert!(request.silent);
        assert_eq!(locale, Some(Locale::En));

        let rows = [
            ("return_to=//evil.example", "login.return_to"),
            ("return_to=%2F&return_to=%2Fcompte", "login.repeated_parameter"),
            ("siret_hint=123", "login.siret_hint"),
            ("login_hint=a%0d%0ab", "login.hint"),
            ("login_hint=nobody", "login.hint"),
            ("login_hint=a@localhost", "login.hint"),
            ("idp_hint=%ff", "login.hint"),
            ("acr=", "login.acr"),
        ];
        for (query, code) in rows {
            assert_eq!(parse(query).err(), Some(code), "{query}");
        }
    }
}
