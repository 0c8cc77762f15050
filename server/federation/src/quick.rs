//! Owns the sign-ins that a developer starts with one click: for a moment, and once, an identity
//! provider of this federation lets a test account in without a form.
//!
//! Invariant: only the guarded developer's pages arm one; it is tied to one address, used up by
//! the first sign-in, and forgotten after a minute.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Clock;
use crate::email::EmailAddress;

/// How long one waits to be used, in seconds.
const WAITS: i64 = 60;

/// The sign-ins that wait; clones share them.
#[derive(Clone, Debug)]
pub(crate) struct QuickSignIns {
    /// Until when each address waits, in Unix time.
    until: Arc<Mutex<BTreeMap<String, i64>>>,
    clock: Arc<dyn Clock>,
}

impl QuickSignIns {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { until: Arc::default(), clock }
    }

    /// Lets the next sign-in of this address pass.
    pub(crate) fn arm(&self, email: &EmailAddress) {
        let now = self.clock.unix();
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        until.retain(|_, until| *until > now);
        until.insert(email.canonical(), now + WAITS);
    }

    /// Whether the sign-in that a request hints at may pass; it may only once.
    pub(crate) fn take(&self, login_hint: Option<&str>) -> Option<EmailAddress> {
        let email = EmailAddress::parse(login_hint?).ok()?;
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let until = until.remove(&email.canonical())?;
        (self.clock.unix() < until).then_some(email)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    #[test]
    fn one_sign_in_passes_once_and_soon() {
        let clock = Arc::new(ManualClock::new("2026-03-02T09:00:00Z".parse().expect("an instant")));
        let quick = QuickSignIns::new(Arc::clone(&clock) as _);
        let email = EmailAddress::parse("test@fia1.fr").expect("valid");

        quick.arm(&email);
        assert_eq!(quick.take(Some("autre@fia1.fr")), None);
        assert_eq!(quick.take(None), None);
        assert!(quick.take(Some("Test@fia1.fr")).is_some());
        assert_eq!(quick.take(Some("test@fia1.fr")), None, "used up");

        quick.arm(&email);
        clock.advance(chrono::Duration::seconds(WAITS));
        assert_eq!(quick.take(Some("test@fia1.fr")), None, "too late");
    }
}
