//! What is for operators rather than for visitors.

use std::fs::{File, OpenOptions};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use super::ConfigError;

/// Options of operations.
#[derive(Debug, clap::Args)]
pub struct OperationsOptions {
    /// Where `/metrics` is served, an address that browsers cannot reach; `off`: nowhere.
    #[arg(long, env = "APP_OPS_LISTEN", default_value = "127.0.0.1:3900", value_name = "ADDRESS")]
    pub app_ops_listen: OperationsAddress,
    /// File that the audit trail is appended to, as JSON lines; unset: standard error.
    #[arg(long, env = "AUDIT_FILE", value_name = "FILE")]
    pub audit_file: Option<PathBuf>,
}

impl OperationsOptions {
    /// The file of the audit trail, opened for its owner alone.
    pub fn audit(&self) -> Result<Option<File>, ConfigError> {
        let Some(path) = &self.audit_file else { return Ok(None) };
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path).map(Some).map_err(ConfigError::Audit)
    }
}

/// An address, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperationsAddress {
    /// No operations listener.
    Off,
    /// Here.
    On(SocketAddr),
}

impl FromStr for OperationsAddress {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        match text {
            "off" => Ok(Self::Off),
            address => address.parse().map(Self::On).map_err(|_| ConfigError::Operations),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operations_listener_can_be_switched_off() {
        assert_eq!("off".parse::<OperationsAddress>().ok(), Some(OperationsAddress::Off));
        assert_eq!(
            "[::1]:3900".parse::<OperationsAddress>().ok(),
            Some(OperationsAddress::On("[::1]:3900".parse().unwrap()))
        );
        for wrong in ["", "on", "3900", "localhost:3900"] {
            assert!(wrong.parse::<OperationsAddress>().is_err(), "{wrong}");
        }
    }
}
