//! Owns the composition: ports are bound first, so that every server knows its address before
//! any of them answers; then stores, keys and providers are put together and served.

mod assembly;
mod listening;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::clock::{Clock, MovableClock};
use crate::config::{Config, ConfigError};
use crate::controls::Controls;
use crate::directory::Directory;
use crate::idp::Fixtures;
use crate::mail::{Mailbox, Smtp};
use crate::provider::Keyring;
use crate::quick::QuickSignIns;
use crate::scenario::Scenarios;
use crate::sealing::SealingKey;
use crate::storage::Store;
use crate::test_accounts::{self, TestAccount};
use crate::trail::Trail;
use crate::trial;

/// How long a stop waits for requests in flight.
const GRACE: Duration = Duration::from_secs(10);

/// How often expired records are removed.
const SWEEP: Duration = Duration::from_mins(1);

/// What the embedding program provides.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where keys, sessions and accounts are kept; in memory if absent.
    pub data_dir: Option<PathBuf>,
    /// Where the events of sign-ins are appended, one JSON object a line; nowhere if absent.
    pub events: Option<PathBuf>,
}

/// The addresses under which the servers are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// The issuer that services are configured with.
    pub issuer: Url,
    /// The hub, with the developer's home page.
    pub hub: Url,
    /// ProConnect Identité.
    pub identite: Url,
    /// The demo administrations.
    pub demo: Url,
    /// The mail sink.
    pub mail: Url,
}

/// Why the federation cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration contradicts itself.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A port cannot be had.
    #[error("the local ProConnect's server \"{server}\" cannot listen on {address}: {reason}")]
    Listen {
        /// Which server.
        server: &'static str,
        /// Where it should have listened.
        address: SocketAddr,
        /// In plain words.
        reason: String,
    },
    /// Anything else; the source says what.
    #[error("the local ProConnect cannot start: {context}")]
    Internal {
        /// What was being done.
        context: &'static str,
        /// What went wrong.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// A running federation.
#[derive(Debug)]
pub struct Federation {
    addresses: Addresses,
    stopping: CancellationToken,
    servers: JoinSet<()>,
    controls: Controls,
}

impl Federation {
    /// Binds all ports and starts to serve.
    pub async fn start(mut config: Config, parts: Parts) -> Result<Self, StartError> {
        config.validate()?;
        let bound = listening::bind(&config).await?;
        let addresses = bound.addresses.clone();
        let store = Store::open(parts.data_dir.as_deref())
            .await
            .map_err(|error| internal("opening the data folder", error))?;
        let sealing = SealingKey::load(parts.data_dir.as_deref())
            .map_err(|error| internal("opening the data folder", error))?;
        let sealing = Arc::new(sealing);
        let keyring = Keyring::new(store.clone());
        let movable = Arc::new(MovableClock::new(parts.clock));
        let clock = Arc::clone(&movable) as Arc<dyn Clock>;
        let trail = Trail::new(Arc::clone(&clock), parts.events.as_deref())
            .map_err(|error| internal("opening the events file", error))?;
        config.services.push(trial::service(&addresses.hub));
        config.validate()?;
        let directory = Directory::new(config.clone());
        let smtp = Smtp::new(&config.mail, &config.outbound)
            .map_err(|error| internal("setting up [mail] smtp", error))?;
        let mailbox = Mailbox::new(config.mail.sender.clone(), store.clone(), Arc::clone(&clock))
            .delivered_by(smtp);
        let scenarios = Scenarios::default();
        let quick = QuickSignIns::new(Arc::clone(&clock));
        let fixtures = Fixtures::new(
            directory.clone(),
            store.clone(),
            Arc::clone(&clock),
            Arc::clone(&sealing),
        );
        let controls =
            Controls { directory, clock: movable, store, trail, scenarios, quick, fixtures };
        let workshop = assembly::Workshop {
            controls: &controls,
            clock: &clock,
            keyring: &keyring,
            addresses: &addresses,
            mailbox: &mailbox,
            sealing: &sealing,
            terms: assembly::terms(&addresses)?,
        };
        let routers = workshop.build(&config)?;

        let stopping = CancellationToken::new();
        let mut servers = JoinSet::new();
        for (listener, router) in bound.listeners.into_iter().zip(routers) {
            let stop = stopping.clone().cancelled_owned();
            servers.spawn(async move {
                // The admin API must know who calls.
                let router = router.into_make_service_with_connect_info::<SocketAddr>();
                let served = axum::serve(listener, router).with_graceful_shutdown(stop).await;
                if let Err(error) = served {
                    tracing::error!(error = &error as &dyn std::error::Error, "a server stopped");
                }
            });
        }
        servers.spawn(sweep(controls.store.clone(), clock, stopping.clone()));
        servers.spawn(assembly::warm(keyring));
        servers.spawn(assembly::furnish(controls.fixtures.clone()));
        Ok(Self { addresses, stopping, servers, controls })
    }

    /// Where the servers are reached.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Its time, which its developer's pages and its admin API can move: a service in the same
    /// process may go by it, so that both age together.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.controls.clock) as Arc<dyn Clock>
    }

    /// The accounts to try it with.
    pub fn test_accounts(&self) -> Vec<TestAccount> {
        test_accounts::list(&self.controls.directory.current())
    }

    /// Changes who is registered, from the next request on and until a restart. The addresses
    /// and lifetimes of the servers stay as they were at the start. A contradictory change is
    /// refused as a whole.
    pub fn change(&self, change: impl FnOnce(&mut Config)) -> Result<(), ConfigError> {
        self.controls.directory.change(|config| {
            change(config);
            Ok(())
        })
    }

    /// Goes back to the configured state, as after a first start: no session, no account of
    /// the hub, no token, no change of registrations or of the clock. Signing keys stay.
    pub async fn reset(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Ok(self.controls.reset().await?)
    }

    /// Stops listening, lets requests in flight finish, and closes the store.
    pub async fn stop(mut self) {
        self.stopping.cancel();
        let finished = async { while self.servers.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, finished).await.is_err() {
            tracing::warn!("requests were still in flight when the local ProConnect stopped");
            self.servers.abort_all();
        }
        self.controls.store.close().await;
    }
}

async fn sweep(store: Store, clock: Arc<dyn Clock>, stopping: CancellationToken) {
    let mut due = tokio::time::interval(SWEEP);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            _ = due.tick() => {}
        }
        if let Err(error) = store.sweep(clock.unix()).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "expired records cannot be removed");
        }
    }
}

fn internal(
    context: &'static str,
    source: impl std::error::Error + Send + Sync + 'static,
) -> StartError {
    StartError::Internal { context, source: Box::new(source) }
}
