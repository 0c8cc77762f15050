//! How often one address may ask: sign-ins, answers to them, calls of the interface.
//!
//! Documents and files come from memory and are not counted. Invariant: memory is bounded. When more
//! addresses than `MAX_SITES` are active at once, all are forgotten: who has that many is not
//! stopped by counting them, and nobody else shall be locked out.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock as _, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::client_address::site_of;
use super::problem::Problem;
use super::request_context::RequestId;
use crate::clock::Clock;
use crate::state::AppState;

/// Most addresses that are remembered by one limit.
const MAX_SITES: usize = 50_000;
/// A clock that goes back further than this was set, in nanoseconds.
const SET_BACK: u64 = 2_000_000_000;

/// Requests a minute and address; `None`: as many as one likes.
#[derive(Debug, Clone, Copy)]
pub struct PerMinute {
    /// Sign-ins begun.
    pub sign_ins: Option<NonZeroU32>,
    /// Answers of the provider, right or wrong.
    pub callbacks: Option<NonZeroU32>,
    /// Everything else that asks the server.
    pub calls: Option<NonZeroU32>,
}

/// The limits in force.
pub struct RateLimits {
    sign_ins: Option<Limit>,
    callbacks: Option<Limit>,
    calls: Option<Limit>,
}

impl RateLimits {
    /// Nobody has asked yet.
    pub fn new(limits: PerMinute, clock: &Arc<dyn Clock>) -> Self {
        let limit = |name, rate: Option<_>| rate.map(|rate| Limit::new(name, rate, clock));
        Self {
            sign_ins: limit("sign_ins", limits.sign_ins),
            callbacks: limit("callbacks", limits.callbacks),
            calls: limit("calls", limits.calls),
        }
    }

    /// The limit of what is at this path.
    fn of(&self, path: &str) -> Option<&Limit> {
        match path {
            "/auth/login" => self.sign_ins.as_ref(),
            "/auth/callback" => self.callbacks.as_ref(),
            _ if path.starts_with("/auth/") || path.starts_with("/api/") => self.calls.as_ref(),
            _ => None,
        }
    }
}

/// The answer to a request too many.
pub fn refusal(state: &AppState, request: &Request) -> Option<Response> {
    let limit = state.limits.of(request.uri().path())?;
    let id = request.extensions().get::<RequestId>()?;
    let wait = limit.admit(site_of(id.client())).err()?;
    state.metrics.rate_limited(limit.name);
    let mut response = Problem::too_many(state, request).into_response();
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
    Some(response)
}

type Limiter = RateLimiter<IpAddr, HashMapStateStore<IpAddr>, Time, NoOpMiddleware<Instant>>;

struct Limit {
    name: &'static str,
    quota: Quota,
    time: Time,
    latest: AtomicU64,
    sites: RwLock<Limiter>,
}

impl Limit {
    fn new(name: &'static str, rate: NonZeroU32, clock: &Arc<dyn Clock>) -> Self {
        let (quota, time) = (Quota::per_minute(rate), Time(Arc::clone(clock)));
        let sites = RwLock::new(RateLimiter::hashmap_with_clock(quota, time.clone()));
        Self { name, quota, time, latest: AtomicU64::new(0), sites }
    }

    /// Whether this address may go on; if not, after how many seconds it may.
    fn admit(&self, site: IpAddr) -> Result<(), u64> {
        let now = self.time.now();
        let latest = self.latest.fetch_max(now.0.as_u64(), Ordering::Relaxed);
        // A clock that was set back would lock everybody out until it is there again.
        let set_back = latest.saturating_sub(now.0.as_u64()) > SET_BACK;
        if set_back || self.sites().len() >= MAX_SITES {
            self.latest.store(now.0.as_u64(), Ordering::Relaxed);
            self.make_room(set_back);
        }
        self.sites().check_key(&site).map_err(|refusal| {
            let wait = refusal.wait_time_from(now);
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }

    fn sites(&self) -> RwLockReadGuard<'_, Limiter> {
        self.sites.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets those who have not asked for a while; all of them, if that leaves too little room.
    fn make_room(&self, of_all: bool) {
        let mut sites = self.sites.write().unwrap_or_else(PoisonError::into_inner);
        sites.retain_recent();
        if of_all || sites.len() > MAX_SITES / 2 {
            *sites = RateLimiter::hashmap_with_clock(self.quota, self.time.clone());
        }
    }
}

/// Our clock, as the library wants it.
#[derive(Clone)]
struct Time(Arc<dyn Clock>);

/// Time since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Instant(Nanos);

impl governor::clock::Clock for Time {
    type Instant = Instant;

    fn now(&self) -> Instant {
        let milliseconds = u64::try_from(self.0.now().timestamp_millis()).unwrap_or_default();
        Instant(Duration::from_millis(milliseconds).into())
    }
}

impl std::ops::Add<Nanos> for Instant {
    type Output = Self;

    fn add(self, other: Nanos) -> Self {
        Self(self.0 + other)
    }
}

impl Reference for Instant {
    fn duration_since(&self, earlier: Self) -> Nanos {
        Nanos::new(self.0.as_u64().saturating_sub(earlier.0.as_u64()))
    }

    fn saturating_sub(&self, duration: Nanos) -> Self {
        Self(Nanos::new(self.0.as_u64().checked_sub(duration.as_u64()).unwrap_or(self.0.as_u64())))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::clock::ManualClock;

    fn limit(per_minute: u32) -> (Arc<ManualClock>, Limit) {
        let clock = ManualClock::at(DateTime::from_timestamp(1_782_900_000, 0).unwrap());
        let dynamic: Arc<dyn Clock> = clock.clone();
        (clock, Limit::new("test", NonZeroU32::new(per_minute).unwrap(), &dynamic))
    }

    fn site(number: u32) -> IpAddr {
        std::net::Ipv4Addr::from(number).into()
    }

    #[test]
    fn who_asks_too_often_waits_as_long_as_told() {
        let (clock, limit) = limit(6);
        for _ in 0..6 {
            assert_eq!(limit.admit(site(1)), Ok(()));
        }
        assert_eq!(limit.admit(site(1)), Err(10));
        assert_eq!(limit.admit(site(2)), Ok(()), "another address");

        clock.advance(9);
        assert_eq!(limit.admit(site(1)), Err(1));
        clock.advance(1);
        assert_eq!(limit.admit(site(1)), Ok(()));
    }

    #[test]
    fn e7_a_clock_that_is_set_back_locks_nobody_out() {
        let (clock, limit) = limit(1);
        clock.advance(7200);
        assert_eq!(limit.admit(site(1)), Ok(()));

        clock.advance(-3600);

        assert_eq!(limit.admit(site(1)), Ok(()));
        assert!(limit.admit(site(1)).is_err());
    }

    #[test]
    fn f20_memory_is_bounded_whatever_the_number_of_addresses() {
        let (clock, limit) = limit(1);
        let most = u32::try_from(MAX_SITES).unwrap();
        for number in 0..3 * most {
            assert_eq!(limit.admit(site(number)), Ok(()));
        }
        assert!(limit.sites().len() <= MAX_SITES);

        clock.advance(120);
        for number in 0..most {
            assert_eq!(limit.admit(site(number)), Ok(()));
        }
        assert!(limit.sites().len() <= MAX_SITES);
    }
}
