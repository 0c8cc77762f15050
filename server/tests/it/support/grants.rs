//! The tokens that the scripted provider gave, and what became of them.

use std::sync::Arc;

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use tokio::sync::Semaphore;

use super::provider::{ACCESS_TOKEN, REFRESH_TOKEN};

/// See the module.
pub(crate) struct Grants {
    /// The access token that userinfo accepts.
    pub(crate) access: String,
    /// The refresh token that is accepted: the newest only.
    refresh: String,
    generation: usize,
    /// Replaces the answer to a refresh.
    pub(crate) answer: Option<(u16, &'static str)>,
    /// What refreshes wait for.
    pub(super) gate: Option<Arc<Semaphore>>,
    /// The tokens that were given back.
    pub(super) revoked: Vec<String>,
}

impl Default for Grants {
    fn default() -> Self {
        Self {
            access: ACCESS_TOKEN.to_owned(),
            refresh: REFRESH_TOKEN.to_owned(),
            generation: 0,
            answer: None,
            gate: None,
            revoked: Vec::new(),
        }
    }
}

impl Grants {
    /// New tokens for the newest refresh token; the answer to any other, which is refused.
    pub(super) fn rotate(&mut self, given: &str) -> Option<Response> {
        if let Some((status, body)) = self.answer {
            let json = [(header::CONTENT_TYPE, "application/json")];
            return Some((StatusCode::from_u16(status).unwrap(), json, body).into_response());
        }
        if given != self.refresh {
            let refusal = Json(json!({ "error": "invalid_grant" }));
            return Some((StatusCode::BAD_REQUEST, refusal).into_response());
        }
        self.generation += 1;
        self.access = format!("access-token-{}-known-to-the-tests-only", self.generation);
        self.refresh = format!("refresh-token-{}-known-to-the-tests-only", self.generation);
        None
    }

    /// Access and refresh token.
    pub(super) fn current(&self) -> (String, String) {
        (self.access.clone(), self.refresh.clone())
    }
}
