//! The audit trail: one line for each sign-in, refusal, sign-out and ended session.
//!
//! It answers "who entered when, how, and who was turned away" months later, without being a register
//! of people. What each field is for:
//!
//! - `time`: when, by the server's clock;
//! - `event`, `outcome`: what was tried and what came of it, both stable codes;
//! - `request_id`: leads to the log lines and to what the person saw on an error page;
//! - `person`, `session`: keyed hashes, the same for the same person and session, so that lines can be
//!   put together and a known person be found (`--pseudonym`), but nobody be read off;
//! - `level`, `provider`: how strongly and by whom the person was vouched for;
//! - `network`: the /24 or /48 that the request came from. Enough to see that a sign-in came from
//!   elsewhere than usual; a whole address would say which desk or home, and the proxy's own log,
//!   which is kept for days rather than months, has it.
//!
//! Invariant: no name, email address, token or cookie is ever in it, and `RUST_LOG` does not silence it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use chrono::SecondsFormat;

use crate::clock::Clock;
use crate::sealing::KeyRing;

/// The target of its lines.
pub const TARGET: &str = "audit";
/// Outcome of what went well.
pub const OK: &str = "ok";

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Somebody signed in, or did not.
    SignIn,
    /// Somebody who was signed in did so again, such as at a higher level, or did not.
    StepUp,
    /// Somebody signed out.
    SignOut,
    /// Somebody ended a session of theirs on another browser.
    Revocation,
    /// A request was turned away before it was looked at.
    Refusal,
}

impl Event {
    fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::StepUp => "step_up",
            Self::SignOut => "sign_out",
            Self::Revocation => "revocation",
            Self::Refusal => "refusal",
        }
    }
}

/// What is known about it; each may be unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// The person's `sub`.
    pub person: Option<&'a str>,
    /// The store key of the session.
    pub session: Option<&'a str>,
    /// The level (`acr`).
    pub level: Option<&'a str>,
    /// The identity provider.
    pub provider: Option<&'a str>,
}

/// See the module.
pub struct Audit {
    keys: Arc<KeyRing>,
    clock: Arc<dyn Clock>,
}

impl Audit {
    /// A trail with pseudonyms made by these keys.
    pub fn new(keys: Arc<KeyRing>, clock: Arc<dyn Clock>) -> Self {
        Self { keys, clock }
    }

    /// Writes a line about a request (its id, the address of its client).
    pub fn record(
        &self,
        (request_id, client): (&str, IpAddr),
        event: Event,
        outcome: &'static str,
        about: About<'_>,
    ) {
        let person = about.person.map(|sub| pseudonym(&self.keys, sub));
        let session = about.session.map(|key| pseudonym(&self.keys, key));
        tracing::info!(
            target: TARGET,
            time = self.clock.now().to_rfc3339_opts(SecondsFormat::Millis, true),
            event = event.code(),
            outcome,
            request_id,
            person,
            session,
            level = about.level,
            provider = about.provider,
            network = network(client),
        );
    }
}

/// What stands for a person or a session in the trail.
pub fn pseudonym(keys: &KeyRing, value: &str) -> String {
    keys.audit_pseudonym(value)[..8].iter().fold(String::new(), |mut hex, byte| {
        use std::fmt::Write as _;
        let _infallible = write!(hex, "{byte:02x}");
        hex
    })
}

fn network(client: IpAddr) -> String {
    match client {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{}/24", Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_coarsely() {
        let rows = [("203.0.113.9", "203.0.113.0/24"), ("2001:db8:1:2::9", "2001:db8:1::/48")];
        for (address, expected) in rows {
            assert_eq!(network(address.parse().unwrap()), expected);
        }
    }
}
