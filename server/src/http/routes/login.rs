//! `GET /auth/login`: starts a sign-in and sends the browser to ProConnect.

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use tower_sessions::Session;
use url::form_urlencoded;

use crate::auth::attempt::{LoginAttempt, LoginRequest};
use crate::auth::return_to::ReturnTo;
use crate::auth::siret::Siret;
use crate::http::attempts;
use crate::http::problem::Problem;
use crate::http::request_context::RequestId;
use crate::session::Sessions;
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
    if headers.contains_key("sec-purpose") {
        // A prefetch is no decision of a person: it must not use up one of the few attempts.
        return StatusCode::NO_CONTENT.into_response();
    }
    let request = match parse(query.as_deref().unwrap_or_default()) {
        Ok(request) => request,
        Err(code) => return Problem::bad_request(&state, &id, code).into_response(),
    };
    let ready = match state.provider.ready().await {
        Ok(ready) => ready,
        Err(error) => {
            let return_to = request.return_to.unwrap_or_else(ReturnTo::home);
            return Problem::login(&state, &id, &error.into(), &return_to).into_response();
        }
    };
    let (url, attempt) = LoginAttempt::begin(
        request,
        &ready,
        state.provider.settings(),
        Sessions::key(&browser),
        (state.clock.now(), state.entropy.as_ref()),
    );
    let Ok(location) = HeaderValue::try_from(url.as_str()) else {
        return Problem::bad_request(&state, &id, "login.request").into_response();
    };
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response();
    state.metrics.sign_in_started();
    attempts::keep(&state, &headers, attempt, response.headers_mut());
    response
}

/// Reads the query strictly: each parameter once, each value of its kind. The error is a code.
fn parse(query: &str) -> Result<LoginRequest, &'static str> {
    let mut request = LoginRequest::default();
    let mut seen = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if seen.contains(&name) {
            return Err("login.repeated_parameter");
        }
        match name.as_ref() {
            "return_to" => {
                request.return_to = Some(ReturnTo::parse(&value).map_err(|_| "login.return_to")?);
            }
            "acr" => request.acr = levels(&value)?,
            "login_hint" => request.login_hint = Some(hint(&value)?),
            "idp_hint" => request.idp_hint = Some(hint(&value)?),
            "siret_hint" => {
                request.siret_hint = Some(Siret::parse(&value).map_err(|_| "login.siret_hint")?);
            }
            "silent" => request.silent = value == "1",
            _ => {}
        }
        seen.push(name);
    }
    Ok(request)
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
        let request = parse("return_to=%2Fcompte&acr=eidas2+eidas3&silent=1&lang=en&x=y")
            .expect("well-formed");
        assert_eq!(request.return_to, ReturnTo::parse("/compte").ok());
        assert_eq!(request.acr, ["eidas2", "eidas3"]);
        assert!(request.silent);

        let rows = [
            ("return_to=//evil.example", "login.return_to"),
            ("return_to=%2F&return_to=%2Fcompte", "login.repeated_parameter"),
            ("siret_hint=123", "login.siret_hint"),
            ("login_hint=a%0d%0ab", "login.hint"),
            ("idp_hint=%ff", "login.hint"),
            ("acr=", "login.acr"),
        ];
        for (query, code) in rows {
            assert_eq!(parse(query).err(), Some(code), "{query}");
        }
    }
}
