//! Owns the question who may talk to a provider. It is put to the directory for each request,
//! so that a registration counts from the moment it changes, and a deactivated one no more.

use crate::config::{BuiltIn, IdentityProvider, Service};
use crate::directory::Directory;
use crate::protocol::{Client, SigningAlg};

/// The clients of a provider.
#[derive(Clone, Debug)]
pub(crate) enum Clients {
    /// The active services: the hub's clients.
    Services(Directory),
    /// The only client of FranceConnect.
    One(Box<Client>),
    /// The hub: the only client of a built-in identity provider.
    Hub {
        /// Where the identity provider's registration stands.
        directory: Directory,
        /// Which one it is.
        registration: Registration,
        /// The hub's issuer, below which it takes answers.
        issuer: String,
    },
}

/// Names the registration of a built-in identity provider.
#[derive(Clone, Debug)]
pub(crate) enum Registration {
    /// The one of ProConnect Identité.
    Identite,
    /// A demo administration's, by its uid.
    Demo(String),
}

impl Clients {
    /// The client with this identifier.
    pub(super) fn find(&self, id: &str) -> Option<Client> {
        match self {
            Self::Services(directory) => directory.current().active_service(id).map(service),
            Self::One(client) => (client.id == id).then(|| Client::clone(client)),
            Self::Hub { directory, registration, issuer } => registration
                .find(directory)
                .filter(|provider| provider.client_id == id)
                .map(|provider| hub(&provider, issuer)),
        }
    }

    /// The algorithms whose keys are published: both for services, which choose; an identity
    /// provider needs no other than the registered ones.
    pub(super) fn published_algs(&self) -> Vec<SigningAlg> {
        const BOTH: [SigningAlg; 2] = [SigningAlg::ES256, SigningAlg::RS256];
        match self {
            Self::Services(_) => BOTH.to_vec(),
            Self::One(client) => vec![client.id_token_alg],
            Self::Hub { directory, registration, .. } => {
                let provider = registration.find(directory);
                let used = |alg: &SigningAlg| {
                    provider.as_ref().is_some_and(|provider| {
                        provider.id_token_signed_response_alg == *alg
                            || provider.userinfo_signed_response_alg == Some(*alg)
                    })
                };
                BOTH.into_iter().filter(used).collect()
            }
        }
    }
}

impl Registration {
    fn find(&self, directory: &Directory) -> Option<IdentityProvider> {
        let current = directory.current();
        match self {
            Self::Identite => current.built_in(BuiltIn::Identite).next().cloned(),
            Self::Demo(uid) => current.built_in(BuiltIn::Demo).find(|p| p.uid == *uid).cloned(),
        }
    }
}

/// A service as the hub knows it.
fn service(service: &Service) -> Client {
    Client {
        id: service.client_id.clone(),
        secret: service.client_secret.clone(),
        redirect_uris: service.redirect_uris.clone(),
        post_logout_redirect_uris: service.post_logout_redirect_uris.clone(),
        allowed_scope: Some(service.scopes.clone()),
        id_token_alg: service.id_token_signed_response_alg,
        userinfo_alg: service.userinfo_signed_response_alg,
        introspection_alg: service.introspection_signed_response_alg,
    }
}

/// The hub as a built-in identity provider knows it.
fn hub(provider: &IdentityProvider, issuer: &str) -> Client {
    Client {
        id: provider.client_id.clone(),
        secret: provider.client_secret.clone(),
        redirect_uris: vec![format!("{issuer}/oidc-callback")],
        post_logout_redirect_uris: vec![format!("{issuer}/client/logout-callback")],
        allowed_scope: None,
        id_token_alg: provider.id_token_signed_response_alg,
        userinfo_alg: provider.userinfo_signed_response_alg,
        introspection_alg: None,
    }
}
