//! When what was away: errors are forgiven then, and a little later, never otherwise.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Connections that broke meanwhile are found one by one.
const AFTERMATH: Duration = Duration::from_secs(6);

/// What is restarted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The session store.
    Store,
    /// ProConnect.
    Provider,
}

/// An outage: what, since when, and until when, if it is over.
type Outage = (What, Instant, Option<Instant>);

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Outages(Mutex<Vec<Outage>>);

impl Outages {
    fn all(&self) -> MutexGuard<'_, Vec<Outage>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn begin(&self, what: What) {
        self.all().push((what, Instant::now(), None));
    }

    pub(crate) fn end(&self, what: What) {
        let now = Instant::now();
        for outage in
            self.all().iter_mut().filter(|(which, _, end)| *which == what && end.is_none())
        {
            outage.2 = Some(now);
        }
    }

    /// Whether this was away at any time since then.
    pub(crate) fn since(&self, what: What, then: Instant) -> bool {
        self.all()
            .iter()
            .any(|(which, _, end)| *which == what && end.is_none_or(|end| end + AFTERMATH >= then))
    }
}
