//! Owns the cookies that hold a token. They ignore ports, so each server has names of its own.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use cookie::{Cookie, SameSite};

use crate::secret::Token;
use crate::session::Session;

/// A server's cookie: its session's, or that of a browser that is trusted.
#[derive(Clone, Debug)]
pub(crate) struct SessionCookie {
    name: String,
    /// Whether browsers reach the server over HTTPS.
    secure: bool,
}

impl SessionCookie {
    pub(crate) fn new(name: impl Into<String>, public_url: &url::Url) -> Self {
        Self { name: name.into(), secure: public_url.scheme() == "https" }
    }

    /// The value that the browser sent.
    pub(crate) fn read(&self, headers: &HeaderMap) -> Option<String> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(Cookie::split_parse)
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == self.name)
            .map(|cookie| cookie.value().to_owned())
    }

    /// Gives the browser the session's identifier, until it closes.
    pub(super) fn set<T>(&self, session: &Session<T>, mut response: Response) -> Response {
        let cookie = self.build(session.cookie_value()).build();
        append(&mut response, &cookie);
        response
    }

    /// Gives the browser a token that outlives it, for this many seconds.
    pub(super) fn keep(&self, token: &Token, seconds: i64, mut response: Response) -> Response {
        let lasting = self.build(token.expose()).max_age(cookie::time::Duration::seconds(seconds));
        append(&mut response, &lasting.build());
        response
    }

    /// Takes it away.
    pub(super) fn remove(&self, mut response: Response) -> Response {
        let cookie = self.build("").removal().build();
        append(&mut response, &cookie);
        response
    }

    fn build<'c>(&'c self, value: &'c str) -> cookie::CookieBuilder<'c> {
        Cookie::build((self.name.as_str(), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.secure)
    }
}

fn append(response: &mut Response, cookie: &Cookie<'_>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
