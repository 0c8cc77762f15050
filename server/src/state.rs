//! What request handlers share.

use std::ops::Deref;
use std::sync::Arc;

use crate::auth::access::AccessRules;
use crate::auth::provider::Provider;
use crate::clock::Clock;
use crate::config::PublicUrl;
use tokio_util::sync::CancellationToken;

use crate::audit::Audit;
use crate::http::client_address::TrustedProxies;
use crate::http::cookies::CookieNames;
use crate::http::rate_limit::RateLimits;
use crate::http::site::Site;
use crate::metrics::Metrics;
use crate::random::Entropy;
use crate::refresher::Refresher;
use crate::sealing::KeyRing;
use crate::session::Sessions;

/// Shared by all requests. A clone is one pointer, since the layers around a request make many.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

impl From<Shared> for AppState {
    fn from(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What there is one of in a process.
pub struct Shared {
    /// ProConnect.
    pub provider: Arc<Provider>,
    /// Who may enter.
    pub access: Arc<AccessRules>,
    /// Whether visitors may be signed in without asking.
    pub silent_sign_in: bool,
    /// Whether the provider may end sessions by back-channel logout.
    pub backchannel_logout: bool,
    /// Reads identities again.
    pub refresher: Arc<Refresher>,
    /// The sessions.
    pub sessions: Sessions,
    /// The keys that seal our cookies.
    pub keys: Arc<KeyRing>,
    /// The names of our cookies.
    pub cookies: CookieNames,
    /// Whether the gallery is there.
    pub gallery: bool,
    /// Documents and files.
    pub site: Arc<Site>,
    /// Our own address.
    pub public_url: PublicUrl,
    /// Who is believed about the address of a client.
    pub proxies: Arc<TrustedProxies>,
    /// How often one address may ask.
    pub limits: Arc<RateLimits>,
    /// Cancelled as soon as the server is told to stop.
    pub stopping: CancellationToken,
    /// What is noted for later.
    pub audit: Arc<Audit>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}
