//! How many pages, and how many answers of the API, one address of the network may ask for. The address
//! is the one that connects: no proxy is known that could be trusted to name another.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::IdpState;
use super::error::IdpError;
use crate::provider::PageError;

/// Pages, and the seconds in which they may be asked for.
const PAGES: (u32, i64) = (60, 60);
/// The same for the API.
const API: (u32, i64) = (60, 1);
/// Of how many addresses is known what they asked for.
const KNOWN: usize = 10_000;

/// What was asked for lately.
#[derive(Clone, Debug, Default)]
pub(crate) struct AddressLimits {
    pages: Arc<Mutex<Windows>>,
    api: Arc<Mutex<Windows>>,
}

/// For each address the beginning of its window, and how much was asked for since then.
#[derive(Debug, Default)]
struct Windows(HashMap<IpAddr, (i64, u32)>);

impl Windows {
    /// Counts a request; `false` if there were too many.
    fn count(&mut self, address: IpAddr, (most, seconds): (u32, i64), now: i64) -> bool {
        let current = |began: i64| (began..began + seconds).contains(&now);
        if self.0.len() >= KNOWN && !self.0.contains_key(&address) {
            self.0.retain(|_, (began, _)| current(*began));
            if self.0.len() >= KNOWN {
                // Better to let somebody in than to grow, or to keep everybody out.
                return true;
            }
        }
        let window = self.0.entry(address).or_insert((now, 0));
        if !current(window.0) {
            *window = (now, 0);
        }
        window.1 = window.1.saturating_add(1);
        window.1 <= most
    }
}

/// The layer around pages and API.
pub(super) async fn limit(State(state): State<IdpState>, request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let address = address.map(|ConnectInfo(address)| network(address.ip()));
    let limited = state.idp.directory.current().identite.rate_limit_by_ip;
    let Some(address) = address.filter(|_| limited) else { return next.run(request).await };
    let is_api = request.uri().path().starts_with("/api/");
    let AddressLimits { pages, api } = &state.by_address;
    let (windows, rate) = if is_api { (api, API) } else { (pages, PAGES) };
    let admitted = {
        let mut windows = windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.count(address, rate, state.idp.clock.unix())
    };
    // Whoever had enough may still leave.
    let leaves = request.uri().path().starts_with("/interaction/");
    if admitted || leaves {
        next.run(request).await
    } else {
        IdpError::Page(PageError::TooManyTries).into_response()
    }
}

/// Whoever has an address of IPv6 has all those with the same first half.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_own_window() {
        let mut windows = Windows::default();
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        for _ in 0..3 {
            assert!(windows.count(one, (3, 60), 1000));
        }
        assert!(!windows.count(one, (3, 60), 1059));
        assert!(windows.count(other, (3, 60), 1059));
        assert!(windows.count(one, (3, 60), 1060), "another window");
        assert!(windows.count(one, (3, 60), 0), "nor does a clock that goes back keep anybody out");
    }

    #[test]
    fn what_is_known_stays_bounded() {
        let mut windows = Windows::default();
        let address = |number: u32| IpAddr::from(number.to_be_bytes());
        for number in 0..20_000 {
            assert!(windows.count(address(number), PAGES, 1000));
        }
        assert_eq!(windows.0.len(), KNOWN);
        assert!(windows.count(address(30_000), PAGES, 1060));
        assert_eq!(windows.0.len(), 1, "windows that ended are forgotten");
    }

    #[test]
    fn addresses_of_one_network_count_as_one() {
        let rows = [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("::1", "::"),
        ];
        for (address, expected) in rows {
            let found = network(address.parse().expect("an address"));
            assert_eq!(found, expected.parse::<IpAddr>().expect("an address"), "{address}");
        }
    }
}
