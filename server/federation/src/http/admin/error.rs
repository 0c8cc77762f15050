//! Owns the errors of the admin API: a stable code for programs, a sentence for people, and the
//! field that is wrong where there is one.

use axum::Json;
use axum::extract::OriginalUri;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::registration::RegistrationError;
use crate::storage::StoreError;

/// Why the API does not do what it is asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum AdminError {
    #[error(transparent)]
    Refused(Refusal),
    #[error("there is no {0} {1}")]
    NoSuchRoute(Method, String),
    #[error("{1} does not take {0}")]
    NoSuchMethod(Method, String),
    #[error("the body must be JSON, announced by content-type: application/json")]
    NotJson,
    #[error("the body is larger than 64 KiB")]
    TooLarge,
    #[error("the body is no JSON object: {0}")]
    Malformed(String),
    #[error("there is no user \"{0}\"")]
    NoSuchUser(String),
    #[error("there is no service \"{0}\"")]
    NoSuchService(String),
    #[error("there is no moderation \"{0}\"")]
    NoSuchModeration(String),
    #[error("moderation \"{0}\" is decided")]
    AlreadyDecided(String),
    #[error("a moderator gives \"domain\" or \"proof_received\", not \"{0}\"")]
    NoSuchLink(String),
    #[error("there is no scenario \"{0}\"")]
    NoSuchScenario(String),
    #[error("since must be an instant such as 2026-03-02T09:00:00Z")]
    NoInstant,
    #[error("the clock can be moved by a hundred years at most")]
    ClockOutOfRange,
    #[error(transparent)]
    Registration(#[from] RegistrationError),
    #[error("unexpected error")]
    Store(#[from] StoreError),
}

/// Why the guard turns a request away.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("only programs on the federation's own machine may do this")]
    NotLocal,
    #[error("this must be called directly, not through a proxy")]
    Forwarded,
    #[error("the Host header names neither this machine nor the federation's public address")]
    ForeignHost,
    #[error("pages of other sites may not do this")]
    CrossSite,
}

impl AdminError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Refused(_) => StatusCode::FORBIDDEN,
            Self::NoSuchRoute(..)
            | Self::NoSuchUser(_)
            | Self::NoSuchService(_)
            | Self::NoSuchModeration(_)
            | Self::Registration(RegistrationError::NotFound { .. }) => StatusCode::NOT_FOUND,
            Self::NoSuchMethod(..) => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::AlreadyDecided(_) | Self::Registration(RegistrationError::Exists { .. }) => {
                StatusCode::CONFLICT
            }
            Self::ClockOutOfRange
            | Self::NoSuchScenario(_)
            | Self::NoSuchLink(_)
            | Self::NoInstant
            | Self::Registration(
                RegistrationError::OtherKey { .. }
                | RegistrationError::Invalid { .. }
                | RegistrationError::Inconsistent(_),
            ) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Store(_) | Self::Registration(RegistrationError::Unshowable(_)) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Refused(Refusal::NotLocal) => "not_local",
            Self::Refused(Refusal::Forwarded) => "forwarded",
            Self::Refused(Refusal::ForeignHost) => "foreign_host",
            Self::Refused(Refusal::CrossSite) => "cross_site",
            Self::NoSuchRoute(..) => "no_such_route",
            Self::NoSuchMethod(..) => "method_not_allowed",
            Self::NotJson => "not_json",
            Self::TooLarge => "too_large",
            Self::Malformed(_) => "malformed",
            Self::NoSuchUser(_)
            | Self::NoSuchService(_)
            | Self::NoSuchModeration(_)
            | Self::Registration(RegistrationError::NotFound { .. }) => "not_found",
            Self::AlreadyDecided(_) => "already_decided",
            Self::NoSuchLink(_) => "no_such_link",
            Self::NoSuchScenario(_) => "no_such_scenario",
            Self::NoInstant => "no_instant",
            Self::ClockOutOfRange => "clock_out_of_range",
            Self::Registration(RegistrationError::Exists { .. }) => "already_exists",
            Self::Registration(RegistrationError::OtherKey { .. }) => "key_cannot_change",
            Self::Registration(RegistrationError::Invalid { .. }) => "invalid",
            Self::Registration(RegistrationError::Inconsistent(_)) => "inconsistent",
            Self::Store(_) | Self::Registration(RegistrationError::Unshowable(_)) => "unexpected",
        }
    }

    fn field(&self) -> Option<&str> {
        match self {
            Self::Registration(RegistrationError::Invalid { field, .. }) => field.as_deref(),
            Self::Registration(RegistrationError::OtherKey { field, .. }) => Some(field),
            _ => None,
        }
    }
}

impl IntoResponse for AdminError {
    fn into_response(self) -> Response {
        let (status, code) = (self.status(), self.code());
        if status.is_server_error() {
            tracing::error!(error = &self as &dyn std::error::Error, "the admin API failed");
        } else {
            tracing::info!(code, "the admin API refused a request");
        }
        let mut body = json!({ "error": code, "message": self.to_string() });
        if let Some(field) = self.field() {
            body["field"] = field.into();
        }
        (status, Json(body)).into_response()
    }
}

/// Unknown paths below `/admin`.
pub(super) async fn no_such_route(method: Method, OriginalUri(uri): OriginalUri) -> AdminError {
    AdminError::NoSuchRoute(method, uri.path().to_owned())
}

/// Known paths with another method.
pub(super) async fn no_such_method(method: Method, OriginalUri(uri): OriginalUri) -> AdminError {
    AdminError::NoSuchMethod(method, uri.path().to_owned())
}
