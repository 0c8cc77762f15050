//! Signing out at ProConnect (OpenID Connect RP-Initiated Logout 1.0).
//!
//! Like a sign-in, a sign-out is an attempt in a sealed cookie: its `state` is checked when the
//! browser comes back. It works without a session, too: then there is no hint to send.

use serde::{Deserialize, Serialize};
use url::Url;

use super::settings::RelyingParty;
use crate::random::{Entropy, token};

/// A sign-out that ProConnect has not confirmed yet.
#[derive(Clone, Serialize, Deserialize)]
pub struct LogoutAttempt {
    state: String,
    id_token_hint: Option<String>,
    /// Where to go afterwards, instead of the page that says so.
    #[serde(default)]
    then: Option<String>,
    /// Store key of a session of ours that is still to be ended: the store did not answer.
    #[serde(default)]
    unfinished: Option<String>,
}

impl LogoutAttempt {
    /// Prepares the sign-out of whoever holds this ID token.
    pub fn begin(id_token_hint: Option<String>, entropy: &dyn Entropy) -> Self {
        Self { state: token(entropy), id_token_hint, then: None, unfinished: None }
    }

    /// Goes on to a path of ours afterwards.
    #[must_use]
    pub fn then(mut self, path: String) -> Self {
        self.then = Some(path);
        self
    }

    /// Ends the session with this store key afterwards.
    #[must_use]
    pub fn unfinished(mut self, session: Option<String>) -> Self {
        self.unfinished = session;
        self
    }

    /// Store key of a session of ours that is still to be ended.
    pub fn left_over(&self) -> Option<&str> {
        self.unfinished.as_deref()
    }

    /// Where to go afterwards, if not to the page that says that one is signed out.
    pub fn next(&self) -> Option<&str> {
        self.then.as_deref()
    }

    /// The address of the end-session endpoint for this sign-out.
    pub fn url(&self, end_session_endpoint: &Url, settings: &RelyingParty) -> Url {
        let mut url = end_session_endpoint.clone();
        {
            let mut query = url.query_pairs_mut();
            if let Some(hint) = &self.id_token_hint {
                query.append_pair("id_token_hint", hint);
            }
            query
                .append_pair("client_id", settings.client_id.as_str())
                .append_pair("post_logout_redirect_uri", settings.post_logout_redirect_uri.as_str())
                .append_pair("state", &self.state);
        }
        url
    }

    /// Whether ProConnect sent back our `state`.
    pub fn is_confirmed_by(&self, state: &str) -> bool {
        subtle::ConstantTimeEq::ct_eq(self.state.as_bytes(), state.as_bytes()).into()
    }
}
