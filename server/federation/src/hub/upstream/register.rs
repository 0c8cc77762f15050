//! Owns what the hub keeps of identity providers beyond a request: their metadata and keys. They
//! are dropped when the registration changes, because they may not be true of the new one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

use super::Upstream;
use crate::clock::Clock;
use crate::config::{BuiltIn, Config, IdentityProvider};
use crate::openid_client::{Fetcher, Learnt, OpenIdClient, Terms};

const DISCOVERY: &str = "/.well-known/openid-configuration";

/// Where the identity providers are that come with the federation.
#[derive(Debug)]
pub(crate) struct Origins {
    pub(crate) identite: Url,
    pub(crate) demo: Url,
}

/// Turns registrations into providers that can be talked to.
#[derive(Debug)]
pub(crate) struct Upstreams {
    origins: Origins,
    redirect_uri: String,
    fetcher: Fetcher,
    clock: Arc<dyn Clock>,
    known: Mutex<BTreeMap<String, Known>>,
}

/// What was learnt about a provider under a registration.
#[derive(Debug)]
struct Known {
    registration: IdentityProvider,
    cache: Learnt,
}

impl Upstreams {
    pub(crate) fn new(
        origins: Origins,
        redirect_uri: String,
        fetcher: Fetcher,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { origins, redirect_uri, fetcher, clock, known: Mutex::default() }
    }

    /// The provider with this uid, if it is registered.
    pub(crate) fn find(&self, registered: &Config, uid: &str) -> Option<Upstream> {
        let provider = registered.identity_provider(uid)?.clone();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, known| {
            registered.identity_provider(&known.registration.uid) == Some(&known.registration)
        });
        let entry = known
            .entry(provider.uid.clone())
            .or_insert_with(|| Known { registration: provider.clone(), cache: Learnt::default() });
        let terms = Terms {
            client_id: provider.client_id.clone(),
            client_secret: provider.client_secret.clone(),
            id_token_alg: provider.id_token_signed_response_alg,
            userinfo_alg: provider.userinfo_signed_response_alg,
            discovery_url: self.discovery_url(&provider),
            redirect_uri: self.redirect_uri.clone(),
        };
        let client = OpenIdClient {
            terms,
            fetcher: self.fetcher.clone(),
            clock: Arc::clone(&self.clock),
            cache: entry.cache.clone(),
        };
        Some(Upstream { provider, client })
    }

    fn discovery_url(&self, provider: &IdentityProvider) -> Url {
        let below = |origin: &Url, path: &str| {
            let mut url = origin.clone();
            url.set_path(path);
            url
        };
        match (&provider.discovery_url, provider.built_in) {
            (Some(foreign), _) => foreign.clone(),
            (None, Some(BuiltIn::Identite)) => below(&self.origins.identite, DISCOVERY),
            (None, _) => below(&self.origins.demo, &format!("/{}{DISCOVERY}", provider.uid)),
        }
    }
}
