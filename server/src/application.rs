//! The composition root: builds everything from the configuration, runs it, stops it.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use axum::Router;
use secrecy::ExposeSecret as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::audit::Audit;
use crate::auth::http_client::BoundedClient;
use crate::auth::provider::Provider;
use crate::clock::Clock;
use crate::config::{Config, OperationsAddress, ProviderChoice, PublicUrl, StoreLocation};
use crate::http;
use crate::http::cookies::CookieNames;
use crate::http::rate_limit::RateLimits;
use crate::http::site::Site;
use crate::local::Local;
use crate::metrics::Metrics;
use crate::operations;
use crate::random::Entropy;
use crate::refresher::Refresher;
use crate::serving::{self, Limits};
use crate::session::Sessions;
use crate::session::backend::Backend;
use crate::session::memory::Memory;
use crate::session::metered::Metered;
use crate::session::postgres::Postgres;
use crate::session::redis::Redis;
use crate::session::sqlite::Sqlite;
use crate::session::sweeper;
use crate::state::{AppState, Shared};

/// How often expired sessions are removed.
const SWEEP_EVERY: Duration = Duration::from_mins(5);

/// What is not configuration: time and randomness.
pub struct Parts {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}

/// The server, bound to its address and ready to run.
pub struct Application {
    listener: TcpListener,
    router: Router,
    operations: Option<(TcpListener, Router)>,
    sessions: Sessions,
    metrics: Arc<Metrics>,
    limits: Limits,
    stop_delay: Duration,
    stopping: CancellationToken,
    public_url: PublicUrl,
    local: Option<Local>,
}

impl Application {
    /// Builds everything. Nothing here asks the provider: it may be down.
    pub async fn build(config: Config, parts: Parts) -> anyhow::Result<Self> {
        let public_url = config.http.public_url()?;
        let data_dir = &config.http.app_data_dir;
        let keys = Arc::new(config.keys(parts.entropy.as_ref())?);
        let site = Arc::new(Site::load(&config.http.dist(), config.operator.operator()?)?);
        let access = Arc::new(config.access.rules()?);
        let listener = bind(config.http.app_listen, "APP_LISTEN").await?;
        let operations = match config.operations.app_ops_listen {
            OperationsAddress::Off => None,
            OperationsAddress::On(address) => Some(bind(address, "APP_OPS_LISTEN").await?),
        };
        let (settings, local) = match config.provider.choice(&public_url)? {
            ProviderChoice::Configured(settings) => (*settings, None),
            ProviderChoice::Local => {
                let local = Local::start(&config, &public_url, Arc::clone(&parts.clock)).await?;
                (local.relying_party(&config, &public_url)?, Some(local))
            }
        };
        let metrics = Arc::new(Metrics::new());
        let stopping = CancellationToken::new();
        let http = BoundedClient::new(&config.provider.outbound(), Arc::clone(&metrics))?;
        let backend = open(&config.session.location(data_dir)?).await?;
        let backend = Arc::new(Metered::new(backend, Arc::clone(&metrics)));
        let clock = local.as_ref().map_or(parts.clock, Local::clock);
        let lifetimes = config.session.lifetimes();
        let sessions = Sessions::new(backend, Arc::clone(&keys), lifetimes, Arc::clone(&clock));
        let provider = Arc::new(Provider::new(settings, http, Arc::clone(&clock)));
        let refresher = Refresher::new(
            Arc::clone(&provider),
            sessions.clone(),
            Arc::clone(&access),
            Arc::clone(&clock),
        );
        let state = AppState::from(Shared {
            provider,
            access,
            silent_sign_in: config.provider.silent_sign_in,
            backchannel_logout: config.provider.backchannel_logout,
            refresher,
            sessions: sessions.clone(),
            keys: Arc::clone(&keys),
            cookies: CookieNames::new(public_url.is_https()),
            gallery: config.http.gallery(&public_url),
            site,
            public_url: public_url.clone(),
            proxies: Arc::new(config.limits.proxies()),
            limits: Arc::new(RateLimits::new(config.limits.per_minute(), &clock)),
            stopping: stopping.clone(),
            audit: Arc::new(Audit::new(Arc::clone(&keys), Arc::clone(&clock))),
            metrics: Arc::clone(&metrics),
            clock,
            entropy: parts.entropy,
        });
        http::session_port::register();
        Ok(Self {
            listener,
            operations: operations.map(|listener| (listener, operations::router(state.clone()))),
            router: http::router(state),
            sessions,
            metrics,
            limits: config.limits.connections(),
            stop_delay: config.limits.app_stop_delay.to_std().unwrap_or_default(),
            stopping,
            public_url,
            local,
        })
    }

    /// The address that the application listens on.
    pub fn address(&self) -> anyhow::Result<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    /// The address of the operations listener, if there is one.
    pub fn operations_address(&self) -> Option<SocketAddr> {
        self.operations.as_ref().and_then(|(listener, _)| listener.local_addr().ok())
    }

    /// What a person who just started the server wants to know.
    pub fn welcome(&self) -> String {
        let local = self.local.as_ref().map(Local::welcome).unwrap_or_default();
        format!(
            "\n  Application          {}\n{local}\n  Stop with Ctrl-C.\n",
            self.public_url.origin()
        )
    }

    /// Serves until `stop` is cancelled: unready at once, idle connections end, requests in flight
    /// finish. Operators are served to the last.
    pub async fn run(self, stop: CancellationToken) -> anyhow::Result<()> {
        let Self { listener, router, limits, metrics, stopping, .. } = self;
        let counted = Arc::clone(&metrics);
        let sweeper = tokio::spawn(sweeper::run(self.sessions, counted, SWEEP_EVERY, stop.clone()));
        let operations = self.operations.map(|(listener, router)| {
            let (metrics, never) = (Arc::new(Metrics::new()), CancellationToken::new());
            tokio::spawn(serving::serve(listener, router, limits, metrics, never))
        });
        let closing = CancellationToken::new();
        let server = serving::serve(listener, router, limits, metrics, closing.clone());
        let told = async {
            stop.cancelled().await;
            stopping.cancel();
            tokio::time::sleep(self.stop_delay).await;
            closing.cancel();
        };
        let (in_time, ()) = tokio::join!(server, told);
        if !in_time {
            tracing::warn!("stopped with requests still in flight");
        }
        sweeper.await?;
        if let Some(operations) = operations {
            operations.abort();
        }
        if let Some(local) = self.local {
            local.stop().await;
        }
        Ok(())
    }
}

async fn bind(address: SocketAddr, variable: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "port {} is already in use by another program: stop it, or set {variable}",
            address.port()
        ),
        _ => anyhow::Error::new(error).context(format!("cannot listen on {address}")),
    })
}

/// The place where sessions are kept.
pub(crate) async fn open(location: &StoreLocation) -> anyhow::Result<Arc<dyn Backend>> {
    Ok(match location {
        StoreLocation::Memory => Arc::new(Memory::default()),
        StoreLocation::Sqlite(path) => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("cannot make the folder {}", folder.display()))?;
            }
            let store = Sqlite::open(path)
                .await
                .with_context(|| format!("cannot open the session store {}", path.display()))?;
            Arc::new(store)
        }
        StoreLocation::Postgres(url) => {
            let store = Postgres::new(url.expose_secret()).context("SESSION_STORE")?;
            Arc::new(reached(store).await)
        }
        StoreLocation::Redis(url) => {
            let store = Redis::new(url.expose_secret()).context("SESSION_STORE")?;
            Arc::new(reached(store).await)
        }
    })
}

/// A store on the network may be down when the server starts, and later; whoever starts it is told.
async fn reached<B: Backend>(store: B) -> B {
    if let Err(error) = store.ping().await {
        let causes = http::problem::causes(&error);
        tracing::warn!(
            causes,
            "the session store does not answer yet; nobody can sign in until it does"
        );
    }
    store
}
