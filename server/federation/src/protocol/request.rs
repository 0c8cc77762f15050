//! Owns the authorization request after validation. Only `validate` makes one, so holding one
//! means that client, redirect URI and every parameter were checked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::response::ReplyTo;
use super::{ClaimsParameter, Requirement, ScopeSet};
use crate::scenario::Scenario;

/// A validated authorization request, as the interaction keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: String,
    pub(crate) reply_to: ReplyTo,
    /// Known scopes only.
    pub(crate) scope: ScopeSet,
    pub(crate) nonce: Option<String>,
    pub(crate) prompt: Vec<String>,
    pub(crate) claims: ClaimsParameter,
    /// The levels asked for without insisting, in order of preference.
    pub(crate) acr_values: Vec<String>,
    pub(crate) code_challenge: Option<String>,
    pub(crate) login_hint: Option<String>,
    /// The dialect's own parameters.
    pub(crate) hints: BTreeMap<String, String>,
    /// What is staged for this sign-in, decided when its interaction is opened.
    #[serde(default)]
    pub(crate) scenario: Option<Scenario>,
}

impl AuthorizationRequest {
    /// Whether no page may be shown.
    pub(crate) fn is_silent(&self) -> bool {
        self.prompt.iter().any(|prompt| prompt == "none")
    }

    /// Whether this value of `prompt` was sent.
    pub(crate) fn has_prompt(&self, value: &str) -> bool {
        self.prompt.iter().any(|prompt| prompt == value)
    }

    /// One of the dialect's own parameters.
    pub(crate) fn hint(&self, name: &str) -> Option<&str> {
        self.hints.get(name).map(String::as_str)
    }

    /// The level that is demanded.
    pub(crate) fn requirement(&self) -> Requirement {
        Requirement::of(&self.claims)
    }

    /// Whether the ID token must tell the level.
    pub(crate) fn wants_acr(&self) -> bool {
        self.claims.wants_in_id_token("acr") || !self.acr_values.is_empty()
    }
}
