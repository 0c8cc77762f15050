//! The provider as we know it: discovery and keys, cached and refreshed.
//!
//! Invariants: a provider that is down never stops our start, and what was learned from it stays in
//! use until something newer is learned; at most one refresh runs at a time, and a failed one is
//! not repeated at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration as StdDuration;

use chrono::{DateTime, Duration, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, EndpointNotSet, EndpointSet, ProviderMetadata,
    RedirectUrl, TokenUrl, UserInfoUrl,
};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, RwLock};
use url::Url;

use super::http_client::BoundedClient;
use super::settings::RelyingParty;
use crate::clock::Clock;
use crate::metrics::ProviderState;

/// ProConnect says `max-age=600` on discovery and keys.
const FRESH_FOR: Duration = Duration::seconds(600);
/// After a failed refresh, how long nobody tries again.
const FAILURE_COOL_DOWN: Duration = Duration::seconds(2);
/// Between two refreshes that an unknown key asked for.
const UNKNOWN_KEY_COOL_DOWN: Duration = Duration::seconds(30);
/// Discovery and keys together.
const DISCOVERY_TIMEOUT: StdDuration = StdDuration::from_secs(10);

type Metadata = ProviderMetadata<
    LogoutMetadata,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// The client of `openidconnect`, with the endpoints that we use.
pub type OidcClient = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
    EndpointNotSet,
>;

/// Discovery members beyond OpenID Connect Discovery 1.0: RP-Initiated Logout, RFC 7009, RFC 9207.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct LogoutMetadata {
    end_session_endpoint: Option<Url>,
    revocation_endpoint: Option<Url>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for LogoutMetadata {}

/// Why nothing is known of the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It does not answer, or not in time.
    #[error("the provider does not answer")]
    Unreachable,
    /// What it answers is not a discovery document of this issuer.
    #[error("the provider's discovery document is not usable")]
    Discovery,
    /// An endpoint is on another host, or without TLS although the issuer has it.
    #[error("an endpoint of the provider is outside of the issuer's host")]
    ForeignEndpoint,
    /// Discovery names no token or userinfo endpoint.
    #[error("the provider lacks an endpoint that sign-in needs")]
    MissingEndpoint,
}

impl ProviderError {
    /// The stable code, for logs and `/readyz`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "provider.unreachable",
            Self::Discovery => "provider.discovery",
            Self::ForeignEndpoint => "provider.foreign_endpoint",
            Self::MissingEndpoint => "provider.missing_endpoint",
        }
    }
}

/// What discovery and keys told.
#[derive(Debug)]
pub struct Ready {
    /// The protocol client, with the endpoints of discovery.
    pub client: OidcClient,
    /// The signing keys.
    pub keys: CoreJsonWebKeySet,
    /// Userinfo endpoint.
    pub userinfo_endpoint: Url,
    /// End-session endpoint (RP-Initiated Logout), if there is one.
    pub end_session_endpoint: Option<Url>,
    /// Revocation endpoint (RFC 7009), if there is one.
    pub revocation_endpoint: Option<Url>,
    /// Whether each callback must carry `iss` (RFC 9207).
    pub iss_in_callback: bool,
    fetched_at: DateTime<Utc>,
}

#[derive(Default)]
struct Refresh {
    failed: Option<(DateTime<Utc>, ProviderError)>,
    /// When an unknown key last made us ask.
    unknown_key: Option<DateTime<Utc>>,
}

/// The provider, known or not yet.
pub struct Provider {
    settings: RelyingParty,
    http: BoundedClient,
    clock: Arc<dyn Clock>,
    known: RwLock<Option<Arc<Ready>>>,
    refresh: Mutex<Refresh>,
    /// Whether the last refresh failed, told without waiting for one that runs.
    failing: AtomicBool,
}

impl Provider {
    /// Knows nothing yet, and asks when first needed.
    pub fn new(settings: RelyingParty, http: BoundedClient, clock: Arc<dyn Clock>) -> Self {
        Self {
            settings,
            http,
            clock,
            known: RwLock::new(None),
            refresh: Mutex::new(Refresh::default()),
            failing: AtomicBool::new(false),
        }
    }

    /// Our registration at the provider.
    pub fn settings(&self) -> &RelyingParty {
        &self.settings
    }

    /// The client for calls to the provider.
    pub fn http(&self) -> &BoundedClient {
        &self.http
    }

    /// The clock that judges lifetimes.
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// What is known of the provider, and its age in seconds; asks nobody.
    pub async fn state(&self) -> (ProviderState, Option<i64>) {
        let age = self.known.read().await.as_ref().map(|ready| self.age(ready).num_seconds());
        let state = match age {
            None => ProviderState::Unknown,
            Some(_) if self.failing.load(Ordering::Relaxed) => ProviderState::Failing,
            Some(_) => ProviderState::Known,
        };
        (state, age)
    }

    /// What is known of the provider, asked again when older than ten minutes.
    pub async fn ready(&self) -> Result<Arc<Ready>, ProviderError> {
        let known = self.known.read().await.clone();
        match known {
            Some(ready) if self.age(&ready) < FRESH_FOR => Ok(ready),
            known => self.renew(known, FRESH_FOR).await,
        }
    }

    /// What is known of the provider if it answered lately: for sending a browser there that has no
    /// way back from an address that does not answer.
    pub async fn answering(&self) -> Option<Arc<Ready>> {
        self.ready().await.ok().filter(|ready| self.age(ready) < FRESH_FOR)
    }

    /// What the provider says now, after a token named a key that `seen` lacks. `None` when an
    /// unknown key made us ask a moment ago, so that forged tokens cannot make us flood it.
    pub async fn after_unknown_key(&self, seen: &Arc<Ready>) -> Option<Arc<Ready>> {
        let mut refresh = self.refresh.lock().await;
        let known = self.known.read().await.clone();
        if let Some(newer) = known.filter(|known| !Arc::ptr_eq(known, seen)) {
            return Some(newer);
        }
        let now = self.clock.now();
        if refresh.unknown_key.is_some_and(|at| now - at < UNKNOWN_KEY_COOL_DOWN) {
            return None;
        }
        refresh.unknown_key = Some(now);
        self.ask(&mut refresh).await.ok()
    }

    /// Replaces what is known if it is older than `enough`; one caller asks, the others wait for
    /// the answer. What was known stays in use when the provider fails.
    async fn renew(
        &self,
        seen: Option<Arc<Ready>>,
        enough: Duration,
    ) -> Result<Arc<Ready>, ProviderError> {
        let mut refresh = self.refresh.lock().await;
        let known = self.known.read().await.clone().or(seen);
        if let Some(ready) = known.as_ref().filter(|ready| self.age(ready) < enough) {
            return Ok(Arc::clone(ready));
        }
        let renewed = self.ask(&mut refresh).await;
        renewed.or_else(|error| known.ok_or(error))
    }

    /// Asks the provider, unless it failed a moment ago.
    async fn ask(&self, refresh: &mut Refresh) -> Result<Arc<Ready>, ProviderError> {
        let now = self.clock.now();
        if let Some((_, error)) = refresh.failed.filter(|(at, _)| now - *at < FAILURE_COOL_DOWN) {
            return Err(error);
        }
        let answer = self.discover().await;
        self.failing.store(answer.is_err(), Ordering::Relaxed);
        match answer {
            Ok(ready) => {
                let ready = Arc::new(ready);
                *self.known.write().await = Some(Arc::clone(&ready));
                refresh.failed = None;
                Ok(ready)
            }
            Err(error) => {
                refresh.failed = Some((self.clock.now(), error));
                tracing::warn!(provider.code = error.code(), "the provider was not refreshed");
                Err(error)
            }
        }
    }

    fn age(&self, ready: &Ready) -> Duration {
        self.clock.now() - ready.fetched_at
    }

    async fn discover(&self) -> Result<Ready, ProviderError> {
        let fetched_at = self.clock.now();
        let discovery = Metadata::discover_async(self.settings.issuer.clone(), &self.http);
        let metadata = tokio::time::timeout(DISCOVERY_TIMEOUT, discovery)
            .await
            .map_err(|_| ProviderError::Unreachable)?
            .map_err(|error| match error {
                openidconnect::DiscoveryError::Request(_) => ProviderError::Unreachable,
                _ => ProviderError::Discovery,
            })?;
        self.check_endpoints(&metadata)?;
        let token_endpoint =
            metadata.token_endpoint().ok_or(ProviderError::MissingEndpoint)?.clone();
        let userinfo_endpoint =
            metadata.userinfo_endpoint().ok_or(ProviderError::MissingEndpoint)?.url().clone();
        let client = CoreClient::new(
            self.settings.client_id.clone(),
            self.settings.issuer.clone(),
            metadata.jwks().clone(),
        )
        .set_client_secret(self.settings.client_secret.clone())
        // The library's default is HTTP Basic, which ProConnect does not accept.
        .set_auth_type(AuthType::RequestBody)
        .set_redirect_uri(RedirectUrl::from_url(self.settings.redirect_uri.clone()))
        .set_auth_uri(metadata.authorization_endpoint().clone())
        .set_token_uri(token_endpoint);
        let extra = metadata.additional_metadata();
        Ok(Ready {
            client,
            keys: metadata.jwks().clone(),
            userinfo_endpoint,
            end_session_endpoint: extra.end_session_endpoint.clone(),
            revocation_endpoint: extra.revocation_endpoint.clone(),
            iss_in_callback: extra.authorization_response_iss_parameter_supported,
            fetched_at,
        })
    }

    /// Every endpoint must be where the issuer is: same host, and TLS if the issuer has it.
    fn check_endpoints(&self, metadata: &Metadata) -> Result<(), ProviderError> {
        let issuer = self.settings.issuer.url();
        let endpoints = [
            Some(metadata.authorization_endpoint().url()),
            metadata.token_endpoint().map(TokenUrl::url),
            metadata.userinfo_endpoint().map(UserInfoUrl::url),
            metadata.additional_metadata().end_session_endpoint.as_ref(),
            metadata.additional_metadata().revocation_endpoint.as_ref(),
            Some(metadata.jwks_uri().url()),
        ];
        let all_at_home = endpoints
            .into_iter()
            .flatten()
            .all(|url| url.host() == issuer.host() && url.scheme() == issuer.scheme());
        if all_at_home { Ok(()) } else { Err(ProviderError::ForeignEndpoint) }
    }
}
