//! The only door for cookies, around the session layer.
//!
//! Inwards: the cookie parser below decodes names and trims exotic spaces, so that a sibling domain
//! could plant `__%48ost-…`. Only pairs that are ours byte for byte pass, and none of a name that
//! comes twice.
//!
//! Outwards: the session cookie changes when a handler signed somebody in or out, and never as a
//! side effect: a late request with an old cookie must not remove the new one.

use axum::extract::Request;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use url::form_urlencoded;

use super::cookies::{CookieNames, pairs};
use crate::metrics::Refusal;
use crate::state::AppState;

/// Put into a response's extensions by the handler that changed who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionChange {
    /// Somebody signed in: the session cookie passes.
    SignedIn,
    /// Somebody signed out: the session cookie is removed.
    SignedOut,
}

/// On the way in.
pub fn admit(state: &AppState, request: &mut Request) {
    if !request.headers().contains_key(COOKIE) {
        return;
    }
    for refusal in hostile(&state.cookies, request.headers()) {
        state.metrics.refused(refusal);
    }
    let ours = only_ours(&state.cookies, request.headers());
    request.headers_mut().remove(COOKIE);
    if let Some(ours) = ours {
        request.headers_mut().insert(COOKIE, ours);
    }
}

/// On the way out.
pub fn release(state: &AppState, response: &mut Response) {
    let change = response.extensions().get::<SessionChange>().copied();
    let headers = response.headers_mut();
    if change != Some(SessionChange::SignedIn) {
        remove_session_cookie(&state.cookies, headers);
    }
    if change == Some(SessionChange::SignedOut) {
        headers.append(SET_COOKIE, state.cookies.remove_session());
    }
}

/// The cookies that are ours byte for byte, each once; those of a name that comes twice are left out.
pub fn only_ours(names: &CookieNames, headers: &HeaderMap) -> Option<HeaderValue> {
    let ours: Vec<_> = pairs(headers).filter(|(name, _)| names.is_ours(name)).collect();
    let unique = ours
        .iter()
        .filter(|(name, _)| ours.iter().filter(|(other, _)| other == name).count() == 1)
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("; ");
    if unique.is_empty() { None } else { HeaderValue::try_from(unique).ok() }
}

/// What only somebody who plants cookies sends: one that the parser below would take for ours, or
/// one of ours twice.
fn hostile(names: &CookieNames, headers: &HeaderMap) -> Vec<Refusal> {
    let disguised = pairs(headers).filter(|(name, _)| !names.is_ours(name)).any(|(name, _)| {
        let read = form_urlencoded::parse(name.as_bytes()).next();
        read.is_some_and(|(read, _)| names.is_ours(read.trim()))
    });
    let ours = || pairs(headers).filter(|(name, _)| names.is_ours(name));
    let doubled =
        ours().any(|(name, _)| ours().filter(|(other, _)| *other == name).nth(1).is_some());
    let found = [(disguised, Refusal::DisguisedCookie), (doubled, Refusal::DoubledCookie)];
    found.into_iter().filter(|(found, _)| *found).map(|(_, refusal)| refusal).collect()
}

fn remove_session_cookie(names: &CookieNames, headers: &mut HeaderMap) {
    let is_session = |value: &HeaderValue| {
        value
            .as_bytes()
            .strip_prefix(names.session().as_bytes())
            .is_some_and(|rest| rest.first() == Some(&b'='))
    };
    if !headers.get_all(SET_COOKIE).iter().any(is_session) {
        return;
    }
    let kept: Vec<_> =
        headers.get_all(SET_COOKIE).iter().filter(|value| !is_session(value)).cloned().collect();
    headers.remove(SET_COOKIE);
    for value in kept {
        headers.append(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planted_and_doubled_cookies_do_not_pass() {
        let names = CookieNames::new(true);
        let rows = [
            ("__Host-app-session=a", Some("__Host-app-session=a")),
            ("other=x; __Host-app-session=a; b=c", Some("__Host-app-session=a")),
            ("__Host-app-session=a; __%48ost-app-session=evil", Some("__Host-app-session=a")),
            ("__Host-app-session=a; __Host-app-session=evil", None),
            ("\t__Host-app-session=evil", None),
            ("__Host-app-session", None),
            ("", None),
        ];
        for (sent, expected) in rows {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::try_from(sent).unwrap())]);
            let passed = only_ours(&names, &headers);
            assert_eq!(passed.as_ref().map(|value| value.to_str().unwrap()), expected, "{sent:?}");
        }
        let exotic = HeaderValue::from_bytes("\u{2000}__Host-app-session=evil".as_bytes()).unwrap();
        assert_eq!(only_ours(&names, &HeaderMap::from_iter([(COOKIE, exotic)])), None);
    }

    #[test]
    fn e3_hostile_cookies_are_told_from_odd_ones() {
        let names = CookieNames::new(true);
        let rows: [(&[u8], &[Refusal]); 7] = [
            (b"__Host-app-session=a; other=x; other=y", &[]),
            (b"__Host-app-session=a; \xff\xfe=x", &[]),
            (b"__%48ost-app-session=evil", &[Refusal::DisguisedCookie]),
            ("\u{2000}__Host-app-session=evil".as_bytes(), &[Refusal::DisguisedCookie]),
            ("\u{a0}__Host-app-session=evil".as_bytes(), &[Refusal::DisguisedCookie]),
            (b"__Host-app-session=a;__Host-app-session=b", &[Refusal::DoubledCookie]),
            (
                b"\t__Host-app-session=a; __Host-app-logout=b; __Host-app-logout=b",
                &[Refusal::DisguisedCookie, Refusal::DoubledCookie],
            ),
        ];
        for (sent, expected) in rows {
            let value = HeaderValue::from_bytes(sent).unwrap();
            let found = hostile(&names, &HeaderMap::from_iter([(COOKIE, value)]));
            assert_eq!(found, expected, "{}", String::from_utf8_lossy(sent));
        }
    }

    #[test]
    fn a_session_cookie_set_by_the_layer_alone_is_withheld() {
        let names = CookieNames::new(false);
        let mut headers = HeaderMap::new();
        for value in ["app-session=x", "app-login-0123abcd=y", "app-sessions=z"] {
            headers.append(SET_COOKIE, HeaderValue::from_static(value));
        }

        remove_session_cookie(&names, &mut headers);

        let left: Vec<_> = headers.get_all(SET_COOKIE).iter().collect();
        assert_eq!(left, ["app-login-0123abcd=y", "app-sessions=z"]);
    }
}
