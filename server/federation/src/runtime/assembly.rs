//! Owns the assembly: from a directory and addresses to the servers' routes.

use std::sync::Arc;

use axum::Router;
use secrecy::SecretString;
use url::Url;

use super::listening::origin;
use super::{Addresses, StartError, internal};
use crate::clock::Clock;
use crate::config::{Config, Lifetimes};
use crate::controls::Controls;
use crate::demo::Administrations;
use crate::franceconnect::{self, FranceConnect};
use crate::http::{self, SessionCookie};
use crate::hub::{self, Hub, Origins, Upstreams};
use crate::idp::{AFTER_LOGOUT, CALLBACK, Fixtures, FranceConnectClient, Idp, RelyingParty};
use crate::mail::Mailbox;
use crate::openid_client::{Fetcher, Learnt, OpenIdClient, Terms};
use crate::protocol::{Client, SigningAlg};
use crate::provider::{Clients, Identity, Keyring, Provider, Registration};
use crate::sealing::SealingKey;
use crate::secret::{ClientSecret, random_hex};
use crate::session::Sessions;

/// Everything that the parts of the assembly need.
pub(super) struct Workshop<'a> {
    pub(super) controls: &'a Controls,
    pub(super) clock: &'a Arc<dyn Clock>,
    pub(super) keyring: &'a Keyring,
    pub(super) addresses: &'a Addresses,
    pub(super) mailbox: &'a Mailbox,
    pub(super) sealing: &'a Arc<SealingKey>,
    /// What ProConnect Identité and FranceConnect know of each other.
    pub(super) terms: Terms,
}

impl Workshop<'_> {
    /// Builds the routes of hub, ProConnect Identité, demo administrations and mail sink.
    pub(super) fn build(&self, config: &Config) -> Result<[Router; 4], StartError> {
        let fetcher = Fetcher::new(&config.outbound)
            .map_err(|error| internal("setting up [outbound]", error))?;
        let hub = self.hub(config, fetcher.clone());
        let demos = self.demos(Arc::clone(&hub.hub.provider));
        Ok([
            http::hub_router(hub),
            http::identite_router(self.identite(fetcher)),
            http::demo_router(demos),
            http::mail_router(self.mailbox.clone(), &self.addresses.mail, &self.addresses.hub),
        ])
    }

    fn hub(&self, config: &Config, fetcher: Fetcher) -> http::HubState {
        let identity = Identity {
            name: HUB.to_owned(),
            issuer: self.addresses.issuer.to_string(),
            dialect: if config.features.strict_docs {
                &hub::DOCUMENTED_DIALECT
            } else {
                &hub::DIALECT
            },
            lifetimes: config.lifetimes,
            trail: Some(self.controls.trail.clone()),
        };
        let origins = Origins {
            identite: self.addresses.identite.clone(),
            demo: self.addresses.demo.clone(),
        };
        let redirect_uri = format!("{}/oidc-callback", self.addresses.issuer);
        let clock = Arc::clone(self.clock);
        let hub = Hub {
            provider: self.provider(identity, Clients::Services(self.controls.directory.clone())),
            sessions: self.sessions(HUB, config.lifetimes.session),
            directory: self.controls.directory.clone(),
            upstreams: Upstreams::new(origins, redirect_uri, fetcher, clock),
            store: self.controls.store.clone(),
            mailbox: self.mailbox.clone(),
            clock: Arc::clone(self.clock),
            trail: self.controls.trail.clone(),
            scenarios: self.controls.scenarios.clone(),
        };
        http::HubState {
            hub: Arc::new(hub),
            cookie: SessionCookie::new("pc_session_id", &self.addresses.hub),
            controls: self.controls.clone(),
            addresses: self.addresses.clone(),
        }
    }

    fn identite(&self, fetcher: Fetcher) -> http::IdpState {
        let lifetimes = Lifetimes::IDENTITE;
        let identity = Identity {
            name: IDENTITE.to_owned(),
            issuer: origin(&self.addresses.identite).to_owned(),
            dialect: &crate::idp::DIALECT,
            lifetimes,
            trail: None,
        };
        let clients = Clients::Hub {
            directory: self.controls.directory.clone(),
            registration: Registration::Identite,
            issuer: self.addresses.issuer.to_string(),
        };
        let idp = Idp {
            provider: self.provider(identity, clients),
            sessions: self.sessions(IDENTITE, lifetimes.session),
            directory: self.controls.directory.clone(),
            store: self.controls.store.clone(),
            sealing: Arc::clone(self.sealing),
            fixtures: self.controls.fixtures.clone(),
            quick: self.controls.quick.clone(),
            moderations: self.controls.moderations(),
            relying_party: RelyingParty::new(&self.addresses.identite),
            mailbox: self.mailbox.clone(),
            france_connect: FranceConnectClient {
                client: OpenIdClient {
                    terms: self.terms.clone(),
                    fetcher,
                    clock: Arc::clone(self.clock),
                    cache: Learnt::default(),
                },
                after_logout: at(&self.addresses.identite, AFTER_LOGOUT),
            },
            clock: Arc::clone(self.clock),
        };
        let cookie = SessionCookie::new("identite_session", &self.addresses.identite);
        let trust = SessionCookie::new("trusted-browser", &self.addresses.identite);
        let mail_sink = self.addresses.mail.to_string();
        let hub_email_page = format!("{}/interaction", self.addresses.issuer);
        let by_address = http::AddressLimits::default();
        http::IdpState { idp: Arc::new(idp), cookie, trust, mail_sink, hub_email_page, by_address }
    }

    fn demos(&self, store: Arc<Provider>) -> http::DemoServer {
        let administrations = Administrations {
            directory: self.controls.directory.clone(),
            origin: self.addresses.demo.clone(),
            hub_issuer: self.addresses.issuer.to_string(),
            keyring: self.keyring.clone(),
            store: self.controls.store.clone(),
            quick: self.controls.quick.clone(),
            clock: Arc::clone(self.clock),
        };
        let france_connect = self.france_connect();
        http::DemoServer { administrations: Arc::new(administrations), france_connect, store }
    }

    fn france_connect(&self) -> http::FranceConnectState {
        let lifetimes = Lifetimes::default();
        let identity = Identity {
            name: FRANCE_CONNECT.to_owned(),
            issuer: at(&self.addresses.demo, franceconnect::PATH),
            dialect: &franceconnect::DIALECT,
            lifetimes,
            trail: None,
        };
        let client = Client {
            id: self.terms.client_id.clone(),
            secret: self.terms.client_secret.clone(),
            redirect_uris: vec![self.terms.redirect_uri.clone()],
            post_logout_redirect_uris: vec![at(&self.addresses.identite, AFTER_LOGOUT)],
            allowed_scope: None,
            id_token_alg: self.terms.id_token_alg,
            userinfo_alg: self.terms.userinfo_alg,
            introspection_alg: None,
        };
        let france_connect = FranceConnect {
            provider: self.provider(identity, Clients::One(Box::new(client))),
            sessions: self.sessions(FRANCE_CONNECT, lifetimes.session),
            directory: self.controls.directory.clone(),
            clock: Arc::clone(self.clock),
        };
        let cookie = SessionCookie::new("franceconnect_session", &self.addresses.demo);
        http::FranceConnectState { france_connect: Arc::new(france_connect), cookie }
    }

    fn provider(&self, identity: Identity, clients: Clients) -> Arc<Provider> {
        let (keyring, store) = (self.keyring.clone(), self.controls.store.clone());
        Arc::new(Provider::new(identity, clients, keyring, store, Arc::clone(self.clock)))
    }

    fn sessions<T: serde::Serialize + serde::de::DeserializeOwned>(
        &self,
        provider: &str,
        lifetime: u32,
    ) -> Sessions<T> {
        Sessions::new(provider, lifetime, self.controls.store.clone(), Arc::clone(self.clock))
    }
}

/// The names under which the store keeps the rows of the servers that are always there.
const HUB: &str = "hub";
const IDENTITE: &str = "identite";
const FRANCE_CONNECT: &str = "franceconnect";

/// What ProConnect Identité and FranceConnect agree on for as long as the program runs.
pub(super) fn terms(addresses: &Addresses) -> Result<Terms, StartError> {
    let secret = ClientSecret::try_from(SecretString::from(random_hex()))
        .map_err(|error| internal("drawing FranceConnect's secret", error))?;
    let discovery = format!("{}/.well-known/openid-configuration", franceconnect::PATH);
    Ok(Terms {
        client_id: "proconnect-identite".to_owned(),
        client_secret: secret,
        id_token_alg: SigningAlg::ES256,
        userinfo_alg: Some(SigningAlg::ES256),
        discovery_url: addresses
            .demo
            .join(&discovery)
            .map_err(|error| internal("building the address of FranceConnect", error))?,
        redirect_uri: at(&addresses.identite, CALLBACK),
    })
}

/// An address on a server.
fn at(url: &Url, path: &str) -> String {
    format!("{}{path}", origin(url))
}

/// Makes the hub's keys before anybody waits for them.
pub(super) async fn warm(keyring: Keyring) {
    for alg in [SigningAlg::ES256, SigningAlg::RS256] {
        if let Err(error) = keyring.pair(HUB, alg).await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "a signing key cannot be had");
        }
    }
}

/// Writes the configured accounts before anybody signs in.
pub(super) async fn furnish(fixtures: Fixtures) {
    if let Err(error) = fixtures.write().await {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "the configured accounts cannot be written");
    }
}
