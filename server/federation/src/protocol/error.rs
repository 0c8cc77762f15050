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
}
