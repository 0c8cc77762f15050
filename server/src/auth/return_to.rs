//! Where a person goes after signing in: a page of ours, never elsewhere (RFC 9700 §4.11.1).

use serde::{Deserialize, Serialize};
use url::Url;

/// Longest path in its normal form, in bytes: it travels in a cookie.
const MAX_LENGTH: usize = 1024;

/// Prefixes that are not pages: coming back there would act instead of show.
const NOT_PAGES: [&str; 3] = ["/auth/", "/api/", "/pkg/"];

/// A path of this service, in the normal form of the WHATWG URL standard, starting with exactly
/// one `/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReturnTo(String);

/// The text is not a path of this service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a path of this service")]
pub struct NotAPath;

impl ReturnTo {
    /// The home page.
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// Accepts a path with optional query and fragment, and brings it to its normal form.
    pub fn parse(text: &str) -> Result<Self, NotAPath> {
        if text.len() > MAX_LENGTH || has_hidden_structure(text) {
            return Err(NotAPath);
        }
        // Any base would do: what is kept does not depend on it.
        let base = Url::parse("https://service.invalid/").map_err(|_| NotAPath)?;
        let resolved = base.join(text).map_err(|_| NotAPath)?;
        if resolved.origin() != base.origin() {
            return Err(NotAPath);
        }
        let path = resolved.path();
        let is_page = !path.starts_with("//")
            && !path.starts_with("/@")
            && !NOT_PAGES.iter().any(|prefix| path.starts_with(prefix));
        // The normal form may be longer than the text, as `é` becomes `%C3%A9`.
        let normal = &resolved[url::Position::BeforePath..];
        if !is_page || normal.len() > MAX_LENGTH {
            return Err(NotAPath);
        }
        Ok(Self(normal.to_owned()))
    }

    /// The path, for a `Location` header or a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the text could mean another thing to another parser: not an absolute path, backslashes
/// or control characters, plain or percent-encoded.
fn has_hidden_structure(text: &str) -> bool {
    let bytes = text.as_bytes();
    let relative = !text.starts_with('/') || matches!(bytes.get(1), Some(b'/' | b'\\'));
    relative
        || text.chars().any(|character| character == '\\' || character.is_control())
        || text.split('%').skip(1).any(|after| match decode_hex(after.as_bytes()) {
            Some(byte) => byte == b'\\' || byte.is_ascii_control(),
            None => true,
        })
}

/// The byte that the first two hexadecimal digits stand for; none if there are not two.
fn decode_hex(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

impl TryFrom<String> for ReturnTo {
    type Error = NotAPath;

    fn try_from(text: String) -> Result<Self, NotAPath> {
        Self::parse(&text)
    }
}

impl From<ReturnTo> for String {
    fn from(path: ReturnTo) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_of_ours_are_kept() {
        let rows = [
            ("/", "/"),
            ("/compte", "/compte"),
            ("/a/b?x=1#y", "/a/b?x=1#y"),
            ("/é?q=à", "/%C3%A9?q=%C3%A0"),
            ("/a/../compte", "/compte"),
            ("/recherche?q=100%25", "/recherche?q=100%25"),
        ];
        for (text, expected) in rows {
            assert_eq!(ReturnTo::parse(text).expect(text).as_str(), expected);
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long = format!("/{}", "a".repeat(10_000));
        let long_once_normal = format!("/{}", "é".repeat(MAX_LENGTH / 2 - 1));
        let rows = [
            "",
            "compte",
            " /x",
            "//evil",
            "///evil",
            "/\\evil",
            "\\\\evil",
            "/%5cevil",
            "/%5Cevil",
            "/%09/evil",
            "/%0d%0aSet-Cookie:x",
            "/\r\nx",
            "/\tx",
            "javascript:alert(1)",
            "https://evil",
            "https:evil",
            "/@evil",
            "//app@evil",
            "/.//evil",
            "/..//evil",
            "/a/..//evil",
            "/%zz",
            "/%",
            "/%2",
            "/x?%\"",
            "/auth/logout",
            "/auth/login",
            "/api/session",
            "/pkg/app.js",
            "/x/../auth/logout",
            "/\u{2028}\u{0}",
            long.as_str(),
            long_once_normal.as_str(),
        ];
        for text in rows {
            assert_eq!(ReturnTo::parse(text), Err(NotAPath), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_stays_on_this_service(text in "[/\\\\a-z@:.%0-9?# é\u{0}-\u{7f}]{0,40}") {
            if let Ok(path) = ReturnTo::parse(&text) {
                let origin = Url::parse("https://app.example/").expect("a constant");
                let target = origin.join(path.as_str()).expect("a path resolves");
                prop_assert_eq!(target.origin(), origin.origin());
                prop_assert!(path.as_str().starts_with('/') && !path.as_str().starts_with("//"));
                prop_assert!(path.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
                // Reading back what was kept changes nothing.
                prop_assert_eq!(ReturnTo::parse(path.as_str()), Ok(path));
            }
        }
    }
}
