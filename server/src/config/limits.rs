//! What the server grants to whoever asks, and how it learns who that is.

use std::num::NonZeroU32;

use chrono::Duration;
use ipnet::IpNet;

use super::parse_duration;
use crate::http::client_address::{ForwardedHeader, TrustedProxies};
use crate::http::rate_limit::PerMinute;
use crate::serving::Limits;

/// Options of limits.
#[derive(Debug, clap::Args)]
pub struct LimitOptions {
    /// Networks of reverse proxies whose header about the client is believed, separated by commas,
    /// such as 127.0.0.1/32,10.0.0.0/8; empty: none.
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',', value_parser = parse_network,
          value_name = "NETWORKS")]
    pub trusted_proxies: Vec<IpNet>,
    /// The one header that those proxies write.
    #[arg(long, env = "TRUSTED_PROXY_HEADER", default_value = "x-forwarded-for", value_enum)]
    pub trusted_proxy_header: ForwardedHeader,
    /// Sign-ins begun from one address, a minute; 0: no limit. Many people may share an address.
    #[arg(long, env = "LIMIT_SIGN_INS", default_value_t = 120, value_name = "NUMBER")]
    pub limit_sign_ins: u32,
    /// Answers of the provider from one address, a minute; 0: no limit.
    #[arg(long, env = "LIMIT_CALLBACKS", default_value_t = 120, value_name = "NUMBER")]
    pub limit_callbacks: u32,
    /// Other calls from one address, a minute; 0: no limit.
    #[arg(long, env = "LIMIT_CALLS", default_value_t = 1200, value_name = "NUMBER")]
    pub limit_calls: u32,
    /// Connections at once; the system must allow as many open files, and some more.
    #[arg(long, env = "APP_MAX_CONNECTIONS", default_value_t = 900, value_name = "NUMBER")]
    pub app_max_connections: u16,
    /// How long a connection may take for the headers of its next request.
    #[arg(long, env = "APP_HEADER_TIMEOUT", default_value = "15s", value_parser = parse_duration,
          value_name = "DURATION")]
    pub app_header_timeout: Duration,
    /// How long requests in flight may take once the server is told to stop.
    #[arg(long, env = "APP_DRAIN", default_value = "10s", value_parser = parse_duration,
          value_name = "DURATION")]
    pub app_drain: Duration,
    /// How long the server, told to stop, still accepts connections while /readyz says no: time for
    /// a load balancer to notice. 0s: not at all.
    #[arg(long, env = "APP_STOP_DELAY", default_value = "0s", value_parser = parse_delay,
          value_name = "DURATION")]
    pub app_stop_delay: Duration,
}

impl LimitOptions {
    /// Of connections.
    pub fn connections(&self) -> Limits {
        Limits {
            connections: usize::from(self.app_max_connections.max(1)),
            headers_within: self.app_header_timeout.to_std().unwrap_or_default(),
            drain: self.app_drain.to_std().unwrap_or_default(),
        }
    }

    /// Of requests.
    pub fn per_minute(&self) -> PerMinute {
        PerMinute {
            sign_ins: NonZeroU32::new(self.limit_sign_ins),
            callbacks: NonZeroU32::new(self.limit_callbacks),
            calls: NonZeroU32::new(self.limit_calls),
        }
    }

    /// Who is believed about the client's address.
    pub fn proxies(&self) -> TrustedProxies {
        TrustedProxies { networks: self.trusted_proxies.clone(), header: self.trusted_proxy_header }
    }
}

fn parse_delay(text: &str) -> Result<Duration, String> {
    if text == "0s" { Ok(Duration::zero()) } else { parse_duration(text) }
}

/// A network, or a single address.
fn parse_network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let network: Result<IpNet, _> = text.parse();
    network
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| format!("{text:?} is no network such as 10.0.0.0/8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_addresses_with_or_without_a_length() {
        for (text, expected) in
            [("10.0.0.0/8", "10.0.0.0/8"), (" ::1 ", "::1/128"), ("127.0.0.1", "127.0.0.1/32")]
        {
            assert_eq!(parse_network(text).map(|network| network.to_string()), Ok(expected.into()));
        }
        for wrong in ["", "proxy", "10.0.0.0/33", "10.0.0/8"] {
            assert!(parse_network(wrong).is_err(), "{wrong}");
        }
    }
}
