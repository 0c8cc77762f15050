//! Who asks: the address at the other end, or the one that a trusted proxy vouches for.
//!
//! Invariant: a header is believed only as far as trusted proxies wrote it. Of a list, the right-most
//! address that is no trusted proxy counts: everything left of it is anybody's text. Only the
//! configured header is read, since a proxy that writes one passes the other through.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// Most addresses that are looked at; longer lists are made up.
const MAX_HOPS: usize = 32;

/// Which header the trusted proxies write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ForwardedHeader {
    /// What nearly all proxies write.
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

/// Which proxies are trusted, and how they tell.
#[derive(Debug, Clone)]
pub struct TrustedProxies {
    /// Their networks; empty: no header is believed.
    pub networks: Vec<IpNet>,
    /// Their header.
    pub header: ForwardedHeader,
}

impl TrustedProxies {
    /// The address of the client of a request that came from `peer`.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let mut hops = self.hops(headers);
        while self.trusts(client) {
            // Something unreadable was written by a proxy about a client that it would not name.
            let Some(Some(hop)) = hops.pop() else { break };
            client = hop;
        }
        client
    }

    /// Whether this is a trusted proxy.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }

    fn hops(&self, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
        let (name, read): (_, fn(&str) -> Option<IpAddr>) = match self.header {
            ForwardedHeader::XForwardedFor => ("x-forwarded-for", address),
            ForwardedHeader::Forwarded => ("forwarded", forwarded_for),
        };
        let lines = headers.get_all(name).iter();
        let texts = lines.map(|line| line.to_str().unwrap_or_default());
        let hops: Vec<_> = texts.flat_map(|text| text.split(',')).map(read).collect();
        hops[hops.len().saturating_sub(MAX_HOPS)..].to_vec()
    }
}

/// An address, with or without port and brackets.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare
        .parse::<IpAddr>()
        .or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()))
        .ok()?;
    Some(address.to_canonical())
}

/// The `for` parameter of an element of `Forwarded`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_for = name.trim().eq_ignore_ascii_case("for");
        is_for.then(|| address(value.trim().trim_matches('"')))
    })?
}

/// The network that an address is counted and noted by: a /64 is one home or one site.
pub fn site_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn client(header: ForwardedHeader, peer: &str, sent: &[(&'static str, &str)]) -> String {
        let networks = ["10.0.0.0/8", "fd00::/8"].map(|text| text.parse().unwrap()).to_vec();
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            let value = HeaderValue::from_str(value).unwrap();
            headers.append(HeaderName::from_static(name), value);
        }
        let proxies = TrustedProxies { networks, header };
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn the_right_most_address_that_is_no_trusted_proxy_counts() {
        let rows: [(&str, &[&str], &str); 12] = [
            ("192.0.2.1", &["203.0.113.9"], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["198.51.100.7, 203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["203.0.113.9, 10.2.3.4"], "203.0.113.9"),
            ("10.0.0.1", &["198.51.100.7", "203.0.113.9,10.2.3.4"], "203.0.113.9"),
            ("10.0.0.1", &["10.9.9.9, 10.2.3.4"], "10.9.9.9"),
            ("10.0.0.1", &["203.0.113.9, nonsense"], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9:4711"], "203.0.113.9"),
            ("fd00::1", &["[2001:db8::7]:443"], "2001:db8::7"),
            ("::ffff:10.0.0.1", &["::ffff:203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &[""], "10.0.0.1"),
        ];
        for (peer, lines, expected) in rows {
            let sent: Vec<_> = lines.iter().map(|line| ("x-forwarded-for", *line)).collect();
            let found = client(ForwardedHeader::XForwardedFor, peer, &sent);
            assert_eq!(found, expected, "{peer} {lines:?}");
        }
    }

    #[test]
    fn forwarded_is_read_only_where_it_is_what_proxies_write() {
        let rows = [
            ("for=203.0.113.9;proto=https;by=10.0.0.1", "203.0.113.9"),
            (r#"for=198.51.100.7, For="[2001:db8::7]:4711""#, "2001:db8::7"),
            ("for=203.0.113.9, for=10.2.3.4", "203.0.113.9"),
            ("for=unknown", "10.0.0.1"),
            ("for=_hidden, for=10.2.3.4", "10.2.3.4"),
            ("proto=https", "10.0.0.1"),
        ];
        for (line, expected) in rows {
            let sent = [("forwarded", line), ("x-forwarded-for", "192.0.2.66")];
            assert_eq!(client(ForwardedHeader::Forwarded, "10.0.0.1", &sent), expected, "{line}");
            let other = client(ForwardedHeader::XForwardedFor, "10.0.0.1", &sent);
            assert_eq!(other, "192.0.2.66", "{line}");
        }
    }

    #[test]
    fn a_site_is_an_address_or_a_network_of_64_bits() {
        let site = |text: &str| site_of(text.parse().unwrap()).to_string();
        assert_eq!(site("203.0.113.9"), "203.0.113.9");
        assert_eq!(site("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    }
}
