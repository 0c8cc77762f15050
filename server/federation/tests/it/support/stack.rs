//! A federation on free ports, with a folder and a clock of its own.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use federation::{ClientSecret, Config, Federation, ManualClock, Parts};
use secrecy::SecretString;

use super::admin::Admin;
use super::client;
use super::service::{AFTER_LOGOUT, CALLBACK, Service};

/// A running federation and its clock.
pub(crate) struct Stack {
    pub(crate) federation: Federation,
    pub(crate) clock: Arc<ManualClock>,
    services: Vec<(String, String)>,
    events: Option<PathBuf>,
    /// Dropped last, with everything in it.
    _folder: Option<Folder>,
}

/// A folder that is removed in the end.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let path = std::env::temp_dir().join(format!("federation-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&path).expect("the temporary folder is writable");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Stack {
    /// The sample.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// The sample with changes.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = Folder::new();
        let database = database_with_keys().await;
        std::fs::copy(database, folder.path().join(DATABASE)).expect("the database can be copied");
        let stack = Self::build(config(change), Some(folder.path())).await;
        Self { _folder: Some(folder), ..stack }
    }

    /// A configuration as it is, with its data in a folder or in memory.
    pub(crate) async fn build(config: Config, data_dir: Option<&Path>) -> Self {
        let start: DateTime<Utc> = "2026-03-02T09:00:00Z".parse().expect("an instant");
        let clock = Arc::new(ManualClock::new(start));
        let credentials = |service: &federation::Service| {
            (service.client_id.clone(), service.client_secret.expose().to_owned())
        };
        let services = config.services.iter().map(credentials).collect();
        let data_dir = data_dir.map(Path::to_owned);
        let events = data_dir.as_ref().map(|folder| folder.join("events.jsonl"));
        let parts = Parts { clock: Arc::clone(&clock) as _, data_dir, events: events.clone() };
        let federation = Federation::start(config, parts).await.expect("the federation starts");
        Self { federation, clock, services, events, _folder: None }
    }

    /// The first service.
    pub(crate) fn service(&self) -> Service {
        self.service_number(0)
    }

    /// A service by its place in the configuration.
    pub(crate) fn service_number(&self, place: usize) -> Service {
        let (client_id, client_secret) = self.services[place].clone();
        Service { issuer: self.issuer(), client_id, client_secret }
    }

    /// The names of the events so far.
    pub(crate) fn events(&self) -> Vec<String> {
        let name = |event: &serde_json::Value| event["event"].as_str().expect("a name").to_owned();
        self.trail().iter().map(name).collect()
    }

    /// The events so far.
    pub(crate) fn trail(&self) -> Vec<serde_json::Value> {
        let path = self.events.as_ref().expect("a federation with a folder");
        let text = std::fs::read_to_string(path).expect("a file of events");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    pub(crate) fn issuer(&self) -> String {
        self.federation.addresses().issuer.to_string()
    }

    /// An address of the hub.
    pub(crate) fn hub(&self, path: &str) -> String {
        self.federation.addresses().hub.join(path).expect("an address").into()
    }

    /// An address of ProConnect Identité.
    pub(crate) fn identite(&self, path: &str) -> String {
        self.federation.addresses().identite.join(path).expect("an address").into()
    }

    /// An address of the demo administrations.
    pub(crate) fn demo(&self, path: &str) -> String {
        self.federation.addresses().demo.join(path).expect("an address").into()
    }

    /// An address of the mail sink.
    pub(crate) fn mail(&self, path: &str) -> String {
        self.federation.addresses().mail.join(path).expect("an address").into()
    }

    /// The mails that were sent, the oldest first.
    pub(crate) async fn mails(&self) -> Vec<serde_json::Value> {
        let answer = client().get(self.mail("/email")).send().await.expect("the sink answers");
        answer.json().await.expect("JSON")
    }

    /// The code in the latest mail.
    pub(crate) async fn mailed_code(&self) -> String {
        let mails = self.mails().await;
        let text = mails.last().expect("a mail")["text"].as_str().expect("text");
        let code = text
            .lines()
            .find(|line| line.bytes().all(|byte| byte.is_ascii_digit()) && !line.is_empty());
        code.expect("a code").to_owned()
    }

    /// The code that an authenticator shows whose clock is wrong by so many seconds.
    pub(crate) fn totp(&self, secret: &str, drift: i64) -> String {
        let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "").to_uppercase());
        let totp =
            totp_rs::Builder::new().with_secret(secret.expect("base32")).build_noncompliant();
        let at = federation::Clock::now(&*self.clock).timestamp() + drift;
        totp.generate(at.try_into().expect("after 1970")).to_string()
    }

    /// The admin API.
    pub(crate) fn admin(&self) -> Admin {
        Admin::new(self.hub("admin"))
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.clock.advance(chrono::Duration::seconds(seconds));
    }
}

/// Adds a service that is like the first but for its credentials.
pub(crate) fn add_service<'c>(
    config: &'c mut Config,
    client_id: &str,
) -> &'c mut federation::Service {
    let secret =
        SecretString::from(format!("{client_id}-secret-of-at-least-thirty-two-characters"));
    let added = federation::Service {
        name: format!("Service {client_id}"),
        client_id: client_id.to_owned(),
        client_secret: ClientSecret::try_from(secret).expect("long enough"),
        ..config.services[0].clone()
    };
    config.services.push(added);
    config.services.last_mut().expect("the one just added")
}

/// The sample on free ports, for a service that nobody listens for.
pub(crate) fn config(change: impl FnOnce(&mut Config)) -> Config {
    let mut config = Config::parse(federation::SAMPLE).expect("the sample is valid");
    let listeners = [
        &mut config.hub.listen,
        &mut config.identite.listen,
        &mut config.demo.listen,
        &mut config.mail.listen,
    ];
    for listen in listeners {
        listen.set_port(0);
    }
    config.services[0].redirect_uris = vec![CALLBACK.to_owned()];
    config.services[0].post_logout_redirect_uris = vec![AFTER_LOGOUT.to_owned()];
    change(&mut config);
    config
}

const DATABASE: &str = "federation.sqlite";

/// A database that holds nothing but signing keys. Generating RSA keys is by far the slowest
/// part of a first start, so the tests do it once, and all start from a copy.
async fn database_with_keys() -> PathBuf {
    let mut schema = DefaultHasher::new();
    include_str!("../../../migrations/0001_initial.sql").hash(&mut schema);
    include_str!("../../../migrations/0003_mail.sql").hash(&mut schema);
    include_str!("../../../migrations/0004_identite.sql").hash(&mut schema);
    include_str!("../../../migrations/0007_identite_sessions.sql").hash(&mut schema);
    include_str!("../../../migrations/0008_second_factors.sql").hash(&mut schema);
    include_str!("../../../migrations/0011_passkey_ceremonies.sql").hash(&mut schema);
    include_str!("../../../migrations/0012_contact_codes.sql").hash(&mut schema);
    include_str!("../../../migrations/0013_identities.sql").hash(&mut schema);
    federation::SAMPLE.hash(&mut schema);
    let made =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("keys-{:x}.sqlite", schema.finish()));
    if !made.exists() {
        let folder = Folder::new();
        let stack = Stack::build(config(|_| {}), Some(folder.path())).await;
        // Keys are made when they are first asked for.
        let demos =
            ["fia1", "fia2", "fia3", "fi-test"].map(|uid| stack.demo(&format!("{uid}/jwks")));
        for url in [stack.hub("api/v2/jwks"), stack.identite("oauth/jwks")].into_iter().chain(demos)
        {
            let answer = client().get(url).send().await.expect("an answer");
            answer.error_for_status().expect("keys");
        }
        stack.federation.stop().await;
        // Renaming is atomic: whoever looks sees no database or a complete one.
        let complete = made.with_extension(uuid::Uuid::new_v4().to_string());
        std::fs::copy(folder.path().join(DATABASE), &complete).expect("a copy");
        std::fs::rename(&complete, &made).expect("a new name");
    }
    made
}
