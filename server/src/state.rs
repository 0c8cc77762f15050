//! What request handlers share.

use std::sync::Arc;

use crate::auth::provider::Provider;
use crate::clock::Clock;
use crate::config::PublicUrl;
use crate::http::cookies::CookieNames;
use crate::http::site::Site;
use crate::metrics::Metrics;
use crate::random::Entropy;
use crate::sealing::KeyRing;
use crate::session::Sessions;

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// ProConnect.
    pub provider: Arc<Provider>,
    /// The sessions.
    pub sessions: Sessions,
    /// The keys that seal our cookies.
    pub keys: Arc<KeyRing>,
    /// The names of our cookies.
    pub cookies: CookieNames,
    /// Documents and files.
    pub site: Arc<Site>,
    /// Our own address.
    pub public_url: PublicUrl,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}
