//! Owns what a provider knows about one of its clients.

use super::{ScopeSet, SigningAlg};
use crate::secret::ClientSecret;

/// A registered client. A deactivated one is never turned into this type.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) secret: ClientSecret,
    /// Compared character by character.
    pub(crate) redirect_uris: Vec<String>,
    /// Compared character by character.
    pub(crate) post_logout_redirect_uris: Vec<String>,
    /// What it may ask for; `None` stands for everything the provider has.
    pub(crate) allowed_scope: Option<ScopeSet>,
    pub(crate) id_token_alg: SigningAlg,
    pub(crate) userinfo_alg: Option<SigningAlg>,
    pub(crate) introspection_alg: Option<SigningAlg>,
}

impl Client {
    /// Whether the client may be given this scope.
    pub(crate) fn may_request(&self, scope: &str) -> bool {
        self.allowed_scope.as_ref().is_none_or(|allowed| allowed.contains(scope))
    }
}
