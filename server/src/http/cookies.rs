//! The names and attributes of our cookies, and how they are read.
//!
//! Cookies ignore ports, and on `http://localhost` a browser may refuse `Secure`: names are our own
//! and take the `__Host-` prefix over HTTPS only, where it proves that no other host set them.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};

use crate::session::backend::Key;

/// Characters of the attempt's key that name its cookie.
const SUFFIX: usize = 8;

/// Names of our cookies under one public URL.
#[derive(Debug, Clone)]
pub struct CookieNames {
    secure: bool,
    session: String,
    login: String,
    logout: String,
    silent: String,
}

impl CookieNames {
    /// The names for an application that is, or is not, reached over HTTPS.
    pub fn new(secure: bool) -> Self {
        let prefix = if secure { "__Host-" } else { "" };
        let name = |kind: &str| format!("{prefix}app-{kind}");
        Self {
            secure,
            session: name("session"),
            login: name("login-"),
            logout: name("logout"),
            silent: name("silent"),
        }
    }

    /// Whether cookies carry `Secure`.
    pub fn secure(&self) -> bool {
        self.secure
    }

    /// The session cookie.
    pub fn session(&self) -> &str {
        &self.session
    }

    /// The cookie of a sign-out.
    pub fn logout(&self) -> &str {
        &self.logout
    }

    /// The cookie of the sign-in attempt with this `state`.
    pub fn login(&self, state: &str) -> String {
        format!("{}{}", self.login, &Key::of(state).to_hex()[..SUFFIX])
    }

    /// Whether a cookie is that of a sign-in attempt.
    pub fn is_login(&self, name: &str) -> bool {
        name.strip_prefix(&self.login).is_some_and(|suffix| {
            suffix.len() == SUFFIX && suffix.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    }

    /// Whether a cookie is one of ours, byte for byte.
    pub fn is_ours(&self, name: &str) -> bool {
        name == self.session || name == self.logout || name == self.silent || self.is_login(name)
    }

    /// Whether this browser session had its silent sign-in, or may have none.
    pub fn was_tried_silently(&self, headers: &HeaderMap) -> bool {
        value(headers, &self.silent).is_some()
    }

    /// Notes, until the browser is closed, that no silent sign-in is to be tried.
    pub fn tried_silently(&self) -> HeaderValue {
        self.build(&self.silent, "1", SameSite::Lax, None)
    }

    /// A cookie for the way to ProConnect and back: `Lax`, since the way back is cross-site.
    pub fn transient(&self, name: &str, value: &str, max_age: chrono::Duration) -> HeaderValue {
        self.build(name, value, SameSite::Lax, Some(max_age))
    }

    /// Removes a transient cookie.
    pub fn remove_transient(&self, name: &str) -> HeaderValue {
        self.build(name, "", SameSite::Lax, Some(chrono::Duration::zero()))
    }

    /// Removes the session cookie.
    pub fn remove_session(&self) -> HeaderValue {
        self.build(&self.session, "", SameSite::Strict, Some(chrono::Duration::zero()))
    }

    fn build(
        &self,
        name: &str,
        value: &str,
        same_site: SameSite,
        max_age: Option<chrono::Duration>,
    ) -> HeaderValue {
        let mut cookie = Cookie::build((name, value))
            .path("/")
            .http_only(true)
            .secure(self.secure)
            .same_site(same_site);
        if let Some(max_age) = max_age {
            cookie = cookie.max_age(time::Duration::seconds(max_age.num_seconds()));
        }
        let text = cookie.build().to_string();
        HeaderValue::try_from(text).expect("our names and base64url values are header characters")
    }
}

/// The pairs of all `Cookie` headers, as sent: names byte for byte, nothing decoded. A cookie of
/// another application that is no text hides no other.
pub fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
        .filter_map(|pair| std::str::from_utf8(pair).ok())
        .filter_map(|pair| pair.trim_matches(' ').split_once('='))
}

/// The value of a cookie.
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    pairs(headers).find(|(found, _)| *found == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_https_every_name_has_the_host_prefix_and_its_attributes() {
        let names = CookieNames::new(true);

        assert_eq!(names.session(), "__Host-app-session");
        let removal = names.remove_session();
        assert_eq!(
            removal.to_str().unwrap(),
            "__Host-app-session=; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=0"
        );
        let login = names.transient(&names.login("state"), "v", chrono::Duration::minutes(30));
        let login = login.to_str().unwrap();
        assert!(login.starts_with("__Host-app-login-"), "{login}");
        assert!(login.ends_with("=v; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1800"));
    }

    #[test]
    fn only_exact_names_are_ours() {
        let names = CookieNames::new(true);
        for ours in ["__Host-app-session", "__Host-app-logout", "__Host-app-login-0123abcd"] {
            assert!(names.is_ours(ours), "{ours}");
        }
        for foreign in [
            "app-session",
            "__%48ost-app-session",
            "\u{2000}__Host-app-session",
            "__host-app-session",
            "__Host-app-login-",
            "__Host-app-login-0123abcg",
            "__Host-app-login-0123abcd1",
        ] {
            assert!(!names.is_ours(foreign), "{foreign}");
        }
    }
}
