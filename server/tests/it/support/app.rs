//! The application under test: the real composition root, on a free port, with a clock of ours.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::Parser as _;
use server::application::{Application, Parts};
use server::clock::ManualClock;
use server::config::Config;
use server::random::SystemEntropy;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::browser::Browser;
use super::log;
use super::provider::{CLIENT_ID, CLIENT_SECRET, ScriptedProvider, Signing};

/// What Trunk would have built, as far as the server cares.
const INDEX: &str = include_str!("index.html");

/// A running application, and the folder with its data.
pub(crate) struct TestApp {
    pub(crate) address: SocketAddr,
    pub(crate) operations: SocketAddr,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) provider: ScriptedProvider,
    folder: Arc<TempDir>,
    arguments: Vec<String>,
    stop: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
}

/// The moment at which every test begins.
pub(crate) fn in_the_middle_of_2026() -> DateTime<Utc> {
    DateTime::from_timestamp(1_782_900_000, 0).unwrap()
}

impl TestApp {
    /// With RS256 everywhere and sessions in SQLite, like the defaults.
    pub(crate) async fn start() -> Self {
        Self::start_with((Signing::Rs256, Signing::Rs256), &[]).await
    }

    /// With sessions at this location.
    pub(crate) async fn start_on(store: &str) -> Self {
        Self::start_with((Signing::Rs256, Signing::Rs256), &["--session-store", store]).await
    }

    /// Another instance of the same service.
    pub(crate) async fn beside(&self) -> Self {
        let parts = (self.clock.clone(), self.provider.clone());
        Self::launch(self.arguments.clone(), Arc::clone(&self.folder), parts).await
    }

    /// Another instance of the same service, with another value of an argument.
    pub(crate) async fn beside_with(&self, name: &str, value: &str) -> Self {
        let mut arguments = self.arguments.clone();
        let at = arguments.iter().position(|argument| argument == name).unwrap();
        value.clone_into(&mut arguments[at + 1]);
        let parts = (self.clock.clone(), self.provider.clone());
        Self::launch(arguments, Arc::clone(&self.folder), parts).await
    }

    /// Stops it, as if its machine failed: what is in flight is lost.
    pub(crate) async fn kill(self) {
        self.running.abort();
        assert!(self.running.await.is_err_and(|error| error.is_cancelled()));
    }

    /// With other algorithms or further arguments.
    pub(crate) async fn start_with(
        (id_token, userinfo): (Signing, Signing),
        arguments: &[&str],
    ) -> Self {
        let clock = ManualClock::at(in_the_middle_of_2026());
        let provider = ScriptedProvider::start(clock.clone(), (id_token, userinfo)).await;
        let issuer = provider.issuer();
        let own = [
            "--proconnect-issuer",
            &issuer,
            "--proconnect-client-id",
            CLIENT_ID,
            "--proconnect-client-secret",
            CLIENT_SECRET,
            "--proconnect-id-token-alg",
            name(id_token),
            "--proconnect-userinfo-alg",
            name(userinfo),
        ];
        let arguments = own.iter().chain(arguments).map(|text| (*text).to_owned()).collect();
        Self::launch(arguments, Arc::new(folder()), (clock, provider)).await
    }

    /// Stops this application and starts another on the same data.
    pub(crate) async fn restart(self) -> Self {
        let Self { clock, provider, folder, arguments, .. } = self;
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
        Self::launch(arguments, folder, (clock, provider)).await
    }

    /// Another instance beside this one, on the same data.
    pub(crate) async fn twin(&self) -> Self {
        let data = (self.clock.clone(), self.provider.clone());
        Self::launch(self.arguments.clone(), Arc::clone(&self.folder), data).await
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    /// What a monitoring system reads.
    pub(crate) async fn metrics(&self) -> String {
        Browser::new(self.operations).get("/metrics").await.body
    }

    /// A browser in which somebody is signed in.
    pub(crate) async fn signed_in_browser(&self) -> Browser {
        self.sign_in(self.browser()).await
    }

    /// Signs somebody in with this browser.
    pub(crate) async fn sign_in(&self, mut browser: Browser) -> Browser {
        let url = browser.start_sign_in("").await;
        let query = self.provider.approve(&url);
        let answer = browser.get(&format!("/auth/callback?{query}")).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }

    /// How many sessions, and how many used attempts, the SQLite file holds.
    pub(crate) async fn rows(&self) -> (i64, i64) {
        let path = self.folder.path().join("data/sessions.db");
        let pool = sqlx::SqlitePool::connect(path.to_str().unwrap()).await.unwrap();
        let count = |query: &'static str| sqlx::query_scalar(query).fetch_one(&pool);
        let sessions = count("SELECT COUNT(*) FROM session").await.unwrap();
        (sessions, count("SELECT COUNT(*) FROM used_attempt").await.unwrap())
    }

    /// Every byte that the application keeps.
    pub(crate) fn stored_bytes(&self) -> Vec<u8> {
        let entries = std::fs::read_dir(self.folder.path().join("data")).unwrap();
        entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("sessions"))
            .flat_map(|path| std::fs::read(path).unwrap())
            .collect()
    }

    async fn launch(
        arguments: Vec<String>,
        folder: Arc<TempDir>,
        (clock, provider): (Arc<ManualClock>, ScriptedProvider),
    ) -> Self {
        log::capture();
        let application = build(&arguments, folder.path(), clock.clone()).await.unwrap();
        let address = application.address().unwrap();
        let operations = application.operations_address().unwrap();
        let stop = CancellationToken::new();
        let running = tokio::spawn(application.run(stop.clone()));
        Self { address, operations, clock, provider, folder, arguments, stop, running }
    }
}

/// Builds the application with data and documents in `folder`.
pub(crate) async fn build(
    arguments: &[String],
    folder: &Path,
    clock: Arc<ManualClock>,
) -> anyhow::Result<Application> {
    build_with(arguments, folder, Parts { clock, entropy: Arc::new(SystemEntropy) }).await
}

/// Builds the application with any clock.
pub(crate) async fn build_with(
    arguments: &[String],
    folder: &Path,
    parts: Parts,
) -> anyhow::Result<Application> {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let fixed = ["server", "--app-listen", "127.0.0.1:0", "--app-ops-listen", "127.0.0.1:0"];
    let fixed = fixed.map(str::to_owned);
    let folders =
        ["--app-dist".to_owned(), path("dist"), "--app-data-dir".to_owned(), path("data")];
    let config = Config::try_parse_from(fixed.iter().chain(&folders).chain(arguments))?;
    Application::build(config, parts).await
}

/// A folder with what Trunk would have built.
pub(crate) fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let dist = folder.path().join("dist");
    std::fs::create_dir_all(dist.join("public")).unwrap();
    std::fs::write(dist.join("index.html"), INDEX).unwrap();
    std::fs::write(dist.join("app-0123456789abcdef.js"), "export {}\n".repeat(200)).unwrap();
    std::fs::write(dist.join("public/robots.txt"), "User-agent: *\n").unwrap();
    folder
}

fn name(signing: Signing) -> &'static str {
    match signing {
        Signing::Rs256 => "RS256",
        Signing::Es256 => "ES256",
        Signing::Hs256 => "HS256",
        Signing::None => "none",
    }
}
