//! Owns the OAuth error: a registered code and a fixed English description, both public.

use std::borrow::Cow;

use serde::Serialize;

/// An error in the terms of OAuth 2.0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{error}: {error_description}")]
pub(crate) struct OAuthError {
    /// The code.
    pub(crate) error: Cow<'static, str>,
    /// The description.
    pub(crate) error_description: Cow<'static, str>,
}

impl OAuthError {
    /// Any code with any description.
    pub(crate) fn new(
        error: impl Into<Cow<'static, str>>,
        description: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { error: error.into(), error_description: description.into() }
    }

    pub(crate) fn invalid_request(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new("invalid_request", description)
    }

    /// A required parameter is absent.
    pub(crate) fn missing(name: &str) -> Self {
        Self::invalid_request(format!("missing required parameter '{name}'"))
    }

    /// A parameter was given more than once.
    pub(crate) fn repeated(name: &str) -> Self {
        Self::invalid_request(format!("'{name}' parameter must not be provided twice"))
    }

    /// Whatever is wrong with a code or refresh token: the cause stays private.
    pub(crate) fn invalid_grant() -> Self {
        Self::new("invalid_grant", "grant request is invalid")
    }

    pub(crate) fn invalid_client() -> Self {
        Self::new("invalid_client", "client authentication failed")
    }

    pub(crate) fn no_client_authentication() -> Self {
        Self::invalid_request("no client authentication mechanism provided")
    }

    /// A silent sign-in whose identity provider was deactivated meanwhile.
    pub(crate) fn silent_login_required() -> Self {
        Self::new("login_required", "end-user authentication is required")
    }

    pub(crate) fn login_required() -> Self {
        Self::new("login_required", "End-User authentication is required")
    }

    pub(crate) fn unmet_acr() -> Self {
        Self::new("access_denied", "requested ACRs could not be satisfied")
    }

    /// What a page hands back to a client. Its address can be written by anyone: the code must be one
    /// that an authorization endpoint answers, and of the description only what may travel stays
    /// (RFC 6749 §4.1.2.1).
    pub(crate) fn told_by_page(code: &str, description: &str) -> Option<Self> {
        let code = CODES.iter().copied().find(|known| *known == code)?;
        let printable = |c: &char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\');
        let description: String = description.chars().filter(printable).take(LONGEST).collect();
        Some(Self::new(code, description))
    }
}

/// The codes of an authorization endpoint (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6).
const CODES: [&str; 16] = [
    "access_denied",
    "account_selection_required",
    "consent_required",
    "interaction_required",
    "invalid_request",
    "invalid_request_object",
    "invalid_request_uri",
    "invalid_scope",
    "login_required",
    "registration_not_supported",
    "request_not_supported",
    "request_uri_not_supported",
    "server_error",
    "temporarily_unavailable",
    "unauthorized_client",
    "unsupported_response_type",
];

/// How long a description may be.
const LONGEST: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_hands_back_known_codes_and_printable_text() {
        let long = "a".repeat(300);
        let rows = [
            ("server_error", "siret_hint is wrong", Some("siret_hint is wrong")),
            ("access_denied", "", Some("")),
            ("login_required", "dé\u{0}jà\r\nX: 1", Some("djX: 1")),
            ("server_error", "a\"b\\c~", Some("abc~")),
            ("server_error", long.as_str(), Some(&long[..256])),
            ("invalid_grant", "x", None),
            ("Server_error", "x", None),
            ("", "x", None),
        ];
        for (code, description, expected) in rows {
            let told = OAuthError::told_by_page(code, description);
            let told = told.as_ref().map(|error| error.error_description.as_ref());
            assert_eq!(told, expected, "{code} {description}");
        }
    }
}
