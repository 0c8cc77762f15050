//! Reading the identity of a session again, once for all who ask at the same time.
//!
//! Invariants: within this process one asks the provider and the others wait for the result; among
//! instances the session's lease decides; new tokens are stored, or given back when the session ended
//! meanwhile; a reading goes on when the browser that asked is gone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration as StdDuration;

use chrono::Duration;
use tower_sessions::Session;

use crate::auth::access::AccessRules;
use crate::auth::provider::Provider;
use crate::auth::refresh::{RefreshError, Reread, reread};
use crate::auth::revocation::revoke_in_background;
use crate::clock::Clock;
use crate::session::change::{Begun, Change};
use crate::session::{Reading, SessionError, Sessions};

/// The provider has this long, for all calls of a reading together.
const DEADLINE: StdDuration = StdDuration::from_secs(25);
/// A lease outlives the deadline, so that no second instance asks while a first one waits.
const LEASE: Duration = Duration::seconds(60);
/// How often, and after which pauses, an instance looks whether another one has finished.
const TRIES: u32 = 120;
const PAUSE: StdDuration = StdDuration::from_millis(250);
/// After a failure nobody tries for this long, doubled with each further one.
const BACK_OFF: Duration = Duration::seconds(30);
const MAX_DOUBLINGS: u32 = 4;

/// What came of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The session holds what the provider says now.
    Read,
    /// The provider did not answer: the session is as it was, and it is too early to try again.
    Later,
    /// There is no session, or no longer.
    SignedOut,
    /// The provider has ended the grant, and so the session has ended.
    Over,
    /// The person may no longer enter, and so the session has ended.
    Refused,
}

/// See the module.
pub struct Refresher {
    provider: Arc<Provider>,
    sessions: Sessions,
    access: Arc<AccessRules>,
    clock: Arc<dyn Clock>,
    flights: Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>,
}

impl Refresher {
    /// Reads at `provider` for `sessions`, within `access`.
    pub fn new(
        provider: Arc<Provider>,
        sessions: Sessions,
        access: Arc<AccessRules>,
        clock: Arc<dyn Clock>,
    ) -> Arc<Self> {
        Arc::new(Self { provider, sessions, access, clock, flights: Mutex::default() })
    }

    /// Reads the identity of the browser's session again.
    pub async fn refresh(self: &Arc<Self>, browser: &Session) -> Result<Outcome, SessionError> {
        let Some(key) = Sessions::key(browser) else { return Ok(Outcome::SignedOut) };
        let Some(current) = self.sessions.current(browser).await? else {
            return Ok(Outcome::SignedOut);
        };
        let seen = current.signed_in.reading;
        if self.is_too_early(&seen) {
            return Ok(Outcome::Later);
        }
        let flight = self.flight(&key);
        let _turn = flight.lock().await;
        for _ in 0..TRIES {
            match self.sessions.begin_change(browser, LEASE).await? {
                Begun::Gone => return Ok(Outcome::SignedOut),
                Begun::Busy => tokio::time::sleep(PAUSE).await,
                Begun::Change(change) => return self.read_once(change, &seen).await,
            }
        }
        Ok(Outcome::Later)
    }

    /// Reads, unless somebody has while this caller waited.
    async fn read_once(
        self: &Arc<Self>,
        change: Box<Change>,
        seen: &Reading,
    ) -> Result<Outcome, SessionError> {
        let found = &change.signed_in.reading;
        let outcome = if found.count != seen.count {
            Outcome::Read
        } else if self.is_too_early(found) {
            Outcome::Later
        } else {
            let this = Arc::clone(self);
            // Not cancelled with the request: the old tokens may be void by now.
            let reading = tokio::spawn(async move { this.read(change).await });
            return reading.await.unwrap_or(Ok(Outcome::Later));
        };
        self.sessions.give_up(&change).await?;
        Ok(outcome)
    }

    async fn read(&self, mut change: Box<Change>) -> Result<Outcome, SessionError> {
        let signed_in = &change.signed_in;
        let reading = reread(&self.provider, &signed_in.tokens, &signed_in.identity);
        let reread = match tokio::time::timeout(DEADLINE, reading).await {
            Ok(reread) => reread,
            Err(_) => Reread { tokens: None, identity: Err(RefreshError::late()) },
        };
        let new_tokens = reread.tokens.is_some();
        if let Some(tokens) = reread.tokens {
            change.signed_in.tokens = tokens;
        }
        let outcome = match reread.identity {
            Ok(identity) => match self.access.judge(&identity) {
                Ok(()) => {
                    change.signed_in.identity = identity;
                    self.note_success(&mut change.signed_in.reading);
                    Outcome::Read
                }
                Err(refusal) => {
                    tracing::info!(
                        event = "session_refused",
                        rule = refusal.rule.code(),
                        "a session ended"
                    );
                    Outcome::Refused
                }
            },
            Err(RefreshError::Over) => {
                tracing::info!(event = "session_over", "the provider ended a session");
                Outcome::Over
            }
            Err(error) => {
                tracing::warn!(refresh.code = error.code(), "an identity was not read again");
                self.note_failure(&mut change.signed_in.reading);
                Outcome::Later
            }
        };
        if matches!(outcome, Outcome::Refused | Outcome::Over) {
            self.sessions.end_changed(&change).await?;
            revoke_in_background(&self.provider, change.signed_in.tokens.clone());
            return Ok(outcome);
        }
        if self.sessions.commit(&change).await? {
            return Ok(outcome);
        }
        // Somebody signed out meanwhile.
        if new_tokens {
            revoke_in_background(&self.provider, change.signed_in.tokens.clone());
        }
        Ok(Outcome::SignedOut)
    }

    fn is_too_early(&self, reading: &Reading) -> bool {
        reading.not_before.is_some_and(|earliest| self.clock.now() < earliest)
    }

    fn note_success(&self, reading: &mut Reading) {
        let count = reading.count.wrapping_add(1);
        *reading = Reading { count, at: Some(self.clock.now()), ..Reading::default() };
    }

    fn note_failure(&self, reading: &mut Reading) {
        let doublings = reading.failures.min(MAX_DOUBLINGS);
        reading.failures = reading.failures.saturating_add(1);
        reading.not_before = Some(self.clock.now() + BACK_OFF * (1 << doublings));
    }

    /// What all readings of one session in this process take turns by.
    fn flight(&self, key: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = flights.get(key).and_then(Weak::upgrade) {
            return flight;
        }
        flights.retain(|_, flight| flight.strong_count() > 0);
        let flight = Arc::new(tokio::sync::Mutex::new(()));
        flights.insert(key.to_owned(), Arc::downgrade(&flight));
        flight
    }
}
