//! Configuration: read from the environment by clap, validated here, never read again elsewhere.
//!
//! `--help` is the reference. A combination that would be insecure is refused at start.
#![expect(clippy::doc_markdown, reason = "comments on options are the text of --help")]

mod access;
mod duration;
mod http;
mod limits;
mod operations;
mod operator;
mod provider;
mod session;

use std::path::PathBuf;

use clap::Parser;
use secrecy::SecretString;

use crate::auth::settings::RelyingParty;
use crate::random::Entropy;
use crate::sealing::KeyRing;
#[cfg(feature = "otel")]
use crate::telemetry::traces::TracesOptions;
pub use access::AccessOptions;
pub use duration::parse_duration;
pub use http::{HttpOptions, PublicUrl};
pub use limits::LimitOptions;
pub use operations::{OperationsAddress, OperationsOptions};
pub use operator::{Compliance, OperatorOptions};
pub use provider::{CALLBACK_PATH, LOGOUT_CALLBACK_PATH, ProviderOptions};
pub use session::{SessionOptions, StoreLocation};

/// A service that signs people in with ProConnect.
///
/// Without PROCONNECT_ISSUER it starts a local ProConnect and uses that one.
#[derive(Debug, Parser)]
#[command(name = "server", version)]
pub struct Config {
    /// Addresses and files of the application.
    #[command(flatten)]
    pub http: HttpOptions,
    /// The provider, and this service's registration there.
    #[command(flatten)]
    pub provider: ProviderOptions,
    /// Sessions.
    #[command(flatten)]
    pub session: SessionOptions,
    /// What is granted to whoever asks.
    #[command(flatten)]
    pub limits: LimitOptions,
    /// How the service presents itself.
    #[command(flatten)]
    pub operator: OperatorOptions,
    /// What is for operators.
    #[command(flatten)]
    pub operations: OperationsOptions,
    /// Traces.
    #[cfg(feature = "otel")]
    #[command(flatten)]
    pub traces: TracesOptions,
    /// Who may enter.
    #[command(flatten)]
    pub access: AccessOptions,
    /// The local ProConnect.
    #[command(flatten)]
    pub federation: FederationOptions,
    /// Check the configuration and the provider, say in plain words what is wrong, and end.
    #[arg(long)]
    pub check: bool,
    /// Print the page that a reverse proxy answers with while the service is down, and end.
    #[arg(long)]
    pub unavailable_page: bool,
    /// Print what stands for the person with this `sub` in the audit trail, and end.
    #[arg(long, value_name = "SUB")]
    pub pseudonym: Option<String>,
    /// What to log: off, error, warn, info, debug or trace, also by module. Dependencies never log
    /// below info, whatever is asked here: some would write secrets.
    #[arg(long = "log", env = "RUST_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,
    /// How to log.
    #[arg(long, env = "LOG_FORMAT", default_value = "text", value_enum)]
    pub log_format: LogFormat,
}

impl Config {
    /// The keys of sessions, made and kept when none is configured on this machine.
    pub fn keys(&self, entropy: &dyn Entropy) -> Result<KeyRing, ConfigError> {
        self.session.keys(&self.http.public_url()?, &self.http.app_data_dir, entropy)
    }
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Options of the local ProConnect.
#[derive(Debug, clap::Args)]
pub struct FederationOptions {
    /// Its configuration file; unset: the commented sample.
    #[arg(long, env = "FEDERATION_CONFIG", value_name = "FILE")]
    pub federation_config: Option<PathBuf>,
}

/// Why a configuration is refused. Each message says what to change.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The public URL has a path, or is not http(s).
    #[error("APP_PUBLIC_URL must be the origin of the application, such as https://app.example.fr")]
    PublicUrl,
    /// Plain HTTP outside of this machine.
    #[error("{0} must be https, except on localhost")]
    Insecure(&'static str),
    /// The issuer is not a URL.
    #[error("PROCONNECT_ISSUER is not a URL")]
    Issuer,
    /// A value that goes with an issuer is absent.
    #[error("{0} is needed when PROCONNECT_ISSUER is set")]
    MissingWithIssuer(&'static str),
    /// A secret is given twice.
    #[error("{0} and {0}_FILE cannot both be set")]
    SecretTwice(&'static str),
    /// A secret's file cannot be read.
    #[error("cannot read the file named by {name}_FILE")]
    SecretFile {
        /// The variable.
        name: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The session keys are unusable.
    #[error("SESSION_KEYS: {0}")]
    Keys(#[source] crate::sealing::KeyError),
    /// There are no session keys in production.
    #[error(
        "SESSION_KEYS is needed outside of localhost (make a key with `openssl rand -base64 32`)"
    )]
    NoKeys,
    /// The generated key cannot be kept.
    #[error("cannot keep the generated session key in APP_DATA_DIR")]
    KeyFile(#[source] std::io::Error),
    /// The service has no name.
    #[error("APP_NAME cannot be empty")]
    Name,
    /// Nobody can be reached there.
    #[error("{0} must be an email address, or an address that begins with https://")]
    Contact(&'static str),
    /// A link of the footer is none.
    #[error("APP_LINKS must be links such as `Aide=https://exemple.fr/aide`, separated by `;`")]
    Links,
    /// The operations address is none.
    #[error("APP_OPS_LISTEN must be an address such as 127.0.0.1:3900, or `off`")]
    Operations,
    /// The audit trail cannot be written.
    #[error("AUDIT_FILE cannot be written")]
    Audit(#[source] std::io::Error),
    /// A number is no SIRET.
    #[error("ACCESS_SIRETS must be SIRETs of 14 digits, separated by spaces or commas")]
    Siret,
    /// The store is unknown.
    #[error(
        "SESSION_STORE must be `memory:`, `sqlite:PATH`, `postgres://…`, `redis://…` or `rediss://…`"
    )]
    Store,
}

/// Where the relying party's settings come from.
#[derive(Debug)]
pub enum ProviderChoice {
    /// A configured issuer.
    Configured(Box<RelyingParty>),
    /// The local ProConnect, to be started.
    Local,
}

/// Whether a URL stays on this machine, where plain HTTP is acceptable.
fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(domain)) => domain == "localhost" || domain.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// A secret given directly or by the name of a file.
fn secret(
    name: &'static str,
    value: Option<&SecretString>,
    file: Option<&PathBuf>,
) -> Result<Option<SecretString>, ConfigError> {
    match (value, file) {
        (Some(_), Some(_)) => Err(ConfigError::SecretTwice(name)),
        (Some(value), None) => Ok(Some(value.clone())),
        (None, Some(path)) => std::fs::read_to_string(path)
            .map(|text| Some(text.trim_end().into()))
            .map_err(|source| ConfigError::SecretFile { name, source }),
        (None, None) => Ok(None),
    }
}
