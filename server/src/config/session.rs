//! Sessions: where they are kept, with which keys, for how long.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono::Duration;
use secrecy::{ExposeSecret as _, SecretString};

use super::http::PublicUrl;
use super::{ConfigError, parse_duration, secret};
use crate::random::Entropy;
use crate::sealing::{KeyRing, MasterKey};
use crate::session::Lifetimes;

/// Options of sessions.
#[derive(Debug, clap::Args)]
pub struct SessionOptions {
    /// Where sessions are kept: `memory:`, `sqlite:PATH`, `postgres://…` or `redis://…` (`rediss://…`
    /// with TLS; `?prefix=NAME` for keys that do not start with `app`); unset: a file in APP_DATA_DIR.
    #[arg(long, env = "SESSION_STORE", hide_env_values = true, value_name = "STORE")]
    pub session_store: Option<SecretString>,
    /// File that holds the location, which may have a password in it.
    #[arg(long, env = "SESSION_STORE_FILE", value_name = "FILE")]
    pub session_store_file: Option<PathBuf>,
    /// Keys of 32 bytes in base64, the newest first, separated by commas; or SESSION_KEYS_FILE.
    #[arg(long, env = "SESSION_KEYS", hide_env_values = true, value_name = "KEYS")]
    pub session_keys: Option<SecretString>,
    /// File that holds the keys.
    #[arg(long, env = "SESSION_KEYS_FILE", value_name = "FILE")]
    pub session_keys_file: Option<PathBuf>,
    /// A session ends after this time without activity.
    #[arg(long, env = "SESSION_IDLE", default_value = "30m", value_parser = parse_duration,
          value_name = "DURATION")]
    pub session_idle: Duration,
    /// A session ends after this time whatever the activity.
    #[arg(long, env = "SESSION_ABSOLUTE", default_value = "12h", value_parser = parse_duration,
          value_name = "DURATION")]
    pub session_absolute: Duration,
}

/// Where sessions are kept.
#[derive(Debug, Clone)]
pub enum StoreLocation {
    /// In the memory of the process.
    Memory,
    /// In this file.
    Sqlite(PathBuf),
    /// In the PostgreSQL database of this URL.
    Postgres(SecretString),
    /// In the Redis or Valkey of this URL.
    Redis(SecretString),
}

impl FromStr for StoreLocation {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        match text.split_once(':') {
            Some(("memory", "")) => Ok(Self::Memory),
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(path.into())),
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => {
                Ok(Self::Postgres(text.into()))
            }
            Some(("redis" | "rediss", rest)) if rest.starts_with("//") => {
                Ok(Self::Redis(text.into()))
            }
            _ => Err(ConfigError::Store),
        }
    }
}

impl SessionOptions {
    /// The lifetimes.
    pub fn lifetimes(&self) -> Lifetimes {
        Lifetimes { idle: self.session_idle, absolute: self.session_absolute }
    }

    /// The location, `sessions.db` of the data folder by default.
    pub fn location(&self, data_dir: &Path) -> Result<StoreLocation, ConfigError> {
        let given =
            secret("SESSION_STORE", self.session_store.as_ref(), self.session_store_file.as_ref())?;
        match given {
            Some(text) => text.expose_secret().parse(),
            None => Ok(StoreLocation::Sqlite(data_dir.join("sessions.db"))),
        }
    }

    /// The configured keys. On this machine one is made and kept when none is configured, so that
    /// sessions survive a restart without any set-up.
    pub fn keys(
        &self,
        public_url: &PublicUrl,
        data_dir: &Path,
        entropy: &dyn Entropy,
    ) -> Result<KeyRing, ConfigError> {
        let configured =
            secret("SESSION_KEYS", self.session_keys.as_ref(), self.session_keys_file.as_ref())?;
        let text = match configured {
            Some(text) => text,
            None if public_url.is_loopback() => kept_key(data_dir, entropy)?.into(),
            None => return Err(ConfigError::NoKeys),
        };
        let keys: Result<Vec<_>, _> =
            text.expose_secret().split(',').map(MasterKey::from_base64).collect();
        keys.and_then(KeyRing::new).map_err(ConfigError::Keys)
    }
}

fn kept_key(data_dir: &Path, entropy: &dyn Entropy) -> Result<String, ConfigError> {
    let path = data_dir.join("session.key");
    match fs::read_to_string(&path) {
        Ok(text) => return Ok(text.trim().to_owned()),
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(ConfigError::KeyFile(error));
        }
        Err(_) => {}
    }
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    let text = MasterKey::from_bytes(bytes).to_base64();
    fs::create_dir_all(data_dir).map_err(ConfigError::KeyFile)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path).map_err(ConfigError::KeyFile)?;
    file.write_all(text.as_bytes()).map_err(ConfigError::KeyFile)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn store_locations_are_named_by_their_scheme() {
        let parse = |text: &str| text.parse::<StoreLocation>();
        assert!(matches!(parse("memory:"), Ok(StoreLocation::Memory)));
        assert!(
            matches!(parse("sqlite:/var/s.db"), Ok(StoreLocation::Sqlite(path)) if path == *"/var/s.db")
        );
        assert!(matches!(parse("postgres://u:p@db/app"), Ok(StoreLocation::Postgres(_))));
        assert!(matches!(parse("redis://127.0.0.1/0"), Ok(StoreLocation::Redis(_))));
        assert!(matches!(parse("rediss://u:p@r.example"), Ok(StoreLocation::Redis(_))));
        for wrong in ["", "sqlite:", "memory", "memory:x", "/var/lib/s.db", "mysql:x", "redis:x"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_location_with_a_password_is_never_shown() {
        let location = "postgres://u:hunter2@db/app".parse::<StoreLocation>().expect("a location");
        assert!(!format!("{location:?}").contains("hunter2"));
    }
}
