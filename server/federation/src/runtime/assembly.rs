//! Owns the assembly: from a configuration and addresses to the three servers' routes.

use std::sync::Arc;

use axum::Router;
use tokio::task::JoinSet;
use url::Url;

use super::listening::origin;
use super::{Addresses, Parts, StartError, internal, test_accounts};
use crate::config::{BuiltIn, Config, IdentityProvider, Lifetimes, Profile, Service, Source};
use crate::demo::DemoProvider;
use crate::http::{self, SessionCookie};
use crate::hub::{self, Hub, Upstream};
use crate::idp::{AccountBook, Idp};
use crate::organisation::Register;
use crate::pages::{HomePage, ProviderRow, ServiceRow};
use crate::protocol::{Client, SigningAlg};
use crate::provider::{Identity, Provider};
use crate::session::Sessions;
use crate::storage::Store;
use crate::trail::Trail;

/// Everything that the parts of the assembly need.
struct Workshop<'a> {
    config: &'a Config,
    parts: &'a Parts,
    store: &'a Store,
    addresses: &'a Addresses,
    register: Arc<Register>,
    trail: Trail,
}

/// Builds the routes of hub, ProConnect Identité and demo administrations.
pub(super) async fn build(
    config: Config,
    parts: &Parts,
    store: &Store,
    addresses: &Addresses,
) -> Result<[Router; 3], StartError> {
    let register = Arc::new(Register::new(config.organisations.iter().cloned()));
    let trail = Trail::new(Arc::clone(&parts.clock), parts.events.as_deref())
        .map_err(|error| internal("opening the events file", error))?;
    let workshop = Workshop { config: &config, parts, store, addresses, register, trail };
    let (hub, identite, demos) =
        tokio::try_join!(workshop.hub(), workshop.identite(), workshop.demos())?;

    let demo_readiness = Arc::clone(&hub.hub.provider);
    Ok([
        http::hub_router(hub),
        http::identite_router(identite),
        http::demo_router(demos, demo_readiness),
    ])
}

impl Workshop<'_> {
    async fn hub(&self) -> Result<http::HubState, StartError> {
        let services = self.config.services.iter().filter(|service| service.active);
        let identity = Identity {
            name: "hub".to_owned(),
            issuer: self.addresses.issuer.to_string(),
            dialect: &hub::DIALECT,
            lifetimes: self.config.lifetimes,
            trail: Some(self.trail.clone()),
        };
        let provider = self.open(identity, services.clone().map(client_of_service)).await?;
        let parts = hub::Parts {
            provider,
            sessions: self.sessions("hub", self.config.lifetimes.session),
            support_email: self.config.hub.support_email.clone(),
            services: services.cloned().collect(),
            upstreams: self.upstreams()?,
            register: Arc::clone(&self.register),
            store: self.store.clone(),
            trail: self.trail.clone(),
            clock: Arc::clone(&self.parts.clock),
        };
        let hub = Hub::new(parts);
        Ok(http::HubState {
            home: Arc::new(self.home_page(&hub)),
            hub: Arc::new(hub),
            cookie: SessionCookie::new("pc_session_id", &self.addresses.hub),
        })
    }

    async fn identite(&self) -> Result<http::IdpState, StartError> {
        let lifetimes = Lifetimes::IDENTITE;
        let identity = Identity {
            name: "identite".to_owned(),
            issuer: origin(&self.addresses.identite).to_owned(),
            dialect: &crate::idp::DIALECT,
            lifetimes,
            trail: None,
        };
        let registered = self.built_in(BuiltIn::Identite).map(|fi| self.hub_as_client(fi));
        let provider = self.open(identity, registered).await?;
        let accounts = AccountBook::load(self.config.accounts.clone())
            .await
            .map_err(|error| internal("loading the accounts", error))?;
        let idp = Idp {
            provider: Arc::new(provider),
            sessions: self.sessions("identite", lifetimes.session),
            accounts,
            register: Arc::clone(&self.register),
            profile: self.config.profile,
            clock: Arc::clone(&self.parts.clock),
        };
        let cookie = SessionCookie::new("identite_session", &self.addresses.identite);
        Ok(http::IdpState { idp: Arc::new(idp), cookie })
    }

    async fn demos(&self) -> Result<Vec<http::DemoState>, StartError> {
        let mut opening = JoinSet::new();
        for (order, registered) in self.built_in(BuiltIn::Demo).enumerate() {
            let identity = Identity {
                name: format!("demo/{}", registered.uid),
                issuer: format!("{}/{}", origin(&self.addresses.demo), registered.uid),
                dialect: &crate::demo::DIALECT,
                lifetimes: Lifetimes::default(),
                trail: None,
            };
            let client = self.hub_as_client(registered);
            let (store, clock) = (self.store.clone(), Arc::clone(&self.parts.clock));
            opening.spawn(async move {
                (order, Provider::open(identity, [client], store, clock).await)
            });
        }
        let mut opened = Vec::new();
        while let Some(result) = opening.join_next().await {
            let (order, provider) = result.map_err(|error| internal("generating keys", error))?;
            opened.push((order, provider.map_err(|error| internal("reading keys", error))?));
        }
        opened.sort_by_key(|(order, _)| *order);
        let registered = self.built_in(BuiltIn::Demo);
        Ok(registered.zip(opened).map(|(fi, (_, provider))| self.demo(fi, provider)).collect())
    }

    fn demo(&self, registered: &IdentityProvider, provider: Provider) -> http::DemoState {
        let cookie = format!("demo_fi_{}", registered.uid);
        let demo = DemoProvider {
            uid: registered.uid.clone(),
            title: registered.title.clone(),
            sessions: self.sessions(provider.name(), Lifetimes::default().session),
            provider: Arc::new(provider),
            defaults: registered.claims.clone(),
            clock: Arc::clone(&self.parts.clock),
        };
        let cookie = SessionCookie::new(cookie, &self.addresses.demo);
        http::DemoState { demo: Arc::new(demo), cookie }
    }

    async fn open(
        &self,
        identity: Identity,
        clients: impl IntoIterator<Item = Client>,
    ) -> Result<Provider, StartError> {
        Provider::open(identity, clients, self.store.clone(), Arc::clone(&self.parts.clock))
            .await
            .map_err(|error| internal("reading or generating keys", error))
    }

    fn sessions<T: serde::Serialize + serde::de::DeserializeOwned>(
        &self,
        provider: &str,
        lifetime: u32,
    ) -> Sessions<T> {
        let clock = Arc::clone(&self.parts.clock);
        Sessions::new(provider, lifetime, self.store.clone(), clock)
    }

    fn built_in(&self, kind: BuiltIn) -> impl Iterator<Item = &IdentityProvider> {
        self.config.identity_providers.iter().filter(move |fi| fi.built_in == Some(kind))
    }

    /// The hub as the built-in providers register it.
    fn hub_as_client(&self, registered: &IdentityProvider) -> Client {
        let issuer = self.addresses.issuer.as_str();
        Client {
            id: registered.client_id.clone(),
            secret: registered.client_secret.clone(),
            redirect_uris: vec![format!("{issuer}/oidc-callback")],
            post_logout_redirect_uris: vec![format!("{issuer}/client/logout-callback")],
            allowed_scope: None,
            id_token_alg: registered.id_token_signed_response_alg,
            userinfo_alg: registered.userinfo_signed_response_alg,
            introspection_alg: None,
        }
    }

    fn upstreams(&self) -> Result<Vec<Upstream>, StartError> {
        let fetcher = hub::Fetcher::new(&self.config.outbound)
            .map_err(|error| internal("setting up [outbound]", error))?;
        let redirect_uri = format!("{}/oidc-callback", self.addresses.issuer);
        self.config
            .identity_providers
            .iter()
            .map(|registered| {
                Ok(Upstream::new(
                    registered.clone(),
                    self.discovery_url(registered)?,
                    redirect_uri.clone(),
                    fetcher.clone(),
                    Arc::clone(&self.parts.clock),
                ))
            })
            .collect()
    }

    fn discovery_url(&self, registered: &IdentityProvider) -> Result<Url, StartError> {
        const PATH: &str = ".well-known/openid-configuration";
        let text = match registered.source()? {
            Source::Foreign(url) => return Ok(url),
            Source::BuiltIn(BuiltIn::Identite) => {
                format!("{}/{PATH}", origin(&self.addresses.identite))
            }
            Source::BuiltIn(BuiltIn::Demo) => {
                format!("{}/{}/{PATH}", origin(&self.addresses.demo), registered.uid)
            }
        };
        Url::parse(&text).map_err(|error| internal("building a discovery address", error))
    }

    fn home_page(&self, hub: &Hub) -> HomePage {
        HomePage {
            issuer: self.addresses.issuer.to_string(),
            identite: origin(&self.addresses.identite).to_owned(),
            demo: origin(&self.addresses.demo).to_owned(),
            profile: match self.config.profile {
                Profile::Synthesis2025 => "2025",
                Profile::Production2026 => "2026",
            },
            services: hub.services().map(service_row).collect(),
            providers: hub.providers().iter().map(provider_row).collect(),
            accounts: test_accounts::list(self.config),
        }
    }
}

fn client_of_service(service: &Service) -> Client {
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

fn service_row(service: &Service) -> ServiceRow {
    ServiceRow {
        name: service.name.clone(),
        client_id: service.client_id.clone(),
        redirect_uris: service.redirect_uris.clone(),
        algorithms: algorithms(
            service.id_token_signed_response_alg,
            service.userinfo_signed_response_alg,
        ),
    }
}

fn provider_row(provider: &IdentityProvider) -> ProviderRow {
    ProviderRow {
        uid: provider.uid.clone(),
        title: provider.title.clone(),
        domains: if provider.default {
            "tous les autres".to_owned()
        } else {
            provider.domains.join(", ")
        },
        algorithms: algorithms(
            provider.id_token_signed_response_alg,
            provider.userinfo_signed_response_alg,
        ),
        active: provider.active,
    }
}

fn algorithms(id_token: SigningAlg, userinfo: Option<SigningAlg>) -> String {
    let userinfo = userinfo.map_or("JSON", SigningAlg::as_str);
    format!("id_token {}, userinfo {userinfo}", id_token.as_str())
}
