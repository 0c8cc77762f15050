//! Owns the notion of "now". Nothing else in the crate reads the system's clock, so that
//! lifetimes can be tested without waiting.

use std::fmt::Debug;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};

/// Where the federation takes the time from.
pub trait Clock: Debug + Send + Sync {
    /// The current instant.
    fn now(&self) -> DateTime<Utc>;

    /// The current instant in whole seconds, as tokens express it.
    fn unix(&self) -> i64 {
        self.now().timestamp()
    }
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that only moves when told to.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// Stops at `start`.
    pub fn new(start: DateTime<Utc>) -> Self {
        Self(AtomicI64::new(start.timestamp_millis()))
    }

    /// Moves on by `step`, or back when it is negative.
    pub fn advance(&self, step: Duration) {
        self.0.fetch_add(step.num_milliseconds(), Ordering::SeqCst);
    }
}

/// Another clock, moved by an offset: how a developer travels in time.
#[derive(Debug)]
pub(crate) struct MovableClock {
    inner: Arc<dyn Clock>,
    offset: AtomicI64,
}

impl MovableClock {
    /// A hundred years each way: no time computed from it leaves the range of dates.
    const RANGE: RangeInclusive<i64> = -3_155_760_000..=3_155_760_000;

    pub(crate) fn new(inner: Arc<dyn Clock>) -> Self {
        Self { inner, offset: AtomicI64::new(0) }
    }

    /// How many seconds it is ahead; behind when they are negative.
    pub(crate) fn offset(&self) -> i64 {
        self.offset.load(Ordering::SeqCst)
    }

    /// Sets how many seconds it is ahead, or behind when they are negative; `false` if it
    /// cannot go that far.
    pub(crate) fn set_offset(&self, seconds: i64) -> bool {
        let reachable = Self::RANGE.contains(&seconds);
        if reachable {
            self.offset.store(seconds, Ordering::SeqCst);
        }
        reachable
    }

    /// Moves it on, or back when the seconds are negative; `false` if it cannot go that far.
    pub(crate) fn advance(&self, seconds: i64) -> bool {
        let moved = |offset: i64| offset.checked_add(seconds).filter(|o| Self::RANGE.contains(o));
        self.offset.fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved).is_ok()
    }

    /// Back to the time of the clock inside.
    pub(crate) fn reset(&self) {
        self.offset.store(0, Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        self.inner.now() + Duration::seconds(self.offset())
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}
