//! Owns the report of one request of a service: where it came, who says to have sent it, which
//! rules it was checked against and how it ended.

use chrono::{DateTime, Utc};

use crate::protocol::{Checklist, OAuthError};

/// How much of a `client_id` is shown: it comes from the request, known or not.
const LONGEST_CLIENT_ID: usize = 64;

/// What services call, and the interaction that lies between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Authorize,
    SignIn,
    Token,
    Userinfo,
    Introspection,
    Revocation,
    EndSession,
}

impl Endpoint {
    /// The path below the issuer, or what stands for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Authorize => "/authorize",
            Self::SignIn => "/interaction",
            Self::Token => "/token",
            Self::Userinfo => "/userinfo",
            Self::Introspection => "/token/introspection",
            Self::Revocation => "/token/revocation",
            Self::EndSession => "/session/end",
        }
    }
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// As the service wished.
    Accepted,
    /// With an error that the service or the person was told.
    Refused { code: String, description: String },
    /// Through a fault of the federation's own.
    Failed,
}

impl Outcome {
    /// A refusal in the terms of OAuth.
    pub(crate) fn refused(error: &OAuthError) -> Self {
        Self::Refused {
            code: error.error.to_string(),
            description: error.error_description.to_string(),
        }
    }
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) time: DateTime<Utc>,
    pub(crate) endpoint: Endpoint,
    /// Who says to have sent it, shortened; not verified.
    pub(crate) client_id: Option<String>,
    pub(crate) checklist: Checklist,
    pub(crate) outcome: Outcome,
}

impl Report {
    /// Puts a report together.
    pub(crate) fn new(
        time: DateTime<Utc>,
        endpoint: Endpoint,
        client_id: Option<&str>,
        checklist: Checklist,
        outcome: Outcome,
    ) -> Self {
        let client_id = client_id.map(|id| id.chars().take(LONGEST_CLIENT_ID).collect());
        Self { time, endpoint, client_id, checklist, outcome }
    }
}
