//! Owns what the federation tells its developer about itself: the events of sign-ins under the
//! names that the real federation logs, and a report of every request of a service with the
//! checks it went through.
//!
//! Invariants: memory is bounded; nothing recorded is a secret, a token or personal data, so the
//! trail may be shown, logged and kept.

mod event;
mod file;
mod report;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use crate::clock::Clock;

pub(crate) use event::{Event, Occurrence, Recorded};
pub(crate) use report::{Endpoint, Outcome, Report};

/// How many events are remembered.
const EVENTS: usize = 2000;
/// How many reports are remembered.
const REPORTS: usize = 100;

/// A handle on the trail; clones write to the same one.
#[derive(Clone, Debug)]
pub(crate) struct Trail(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clock: Arc<dyn Clock>,
    file: Option<file::EventFile>,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    events: VecDeque<Recorded>,
    reports: VecDeque<Report>,
}

impl Trail {
    /// An empty trail that appends its events to a file as well, if one is named.
    pub(crate) fn new(clock: Arc<dyn Clock>, file: Option<&Path>) -> std::io::Result<Self> {
        let file = file.map(file::EventFile::open).transpose()?;
        Ok(Self(Arc::new(Inner { clock, file, memory: Mutex::default() })))
    }

    /// Records an event.
    pub(crate) fn record(&self, occurrence: Occurrence) {
        let recorded = Recorded::new(occurrence, self.0.clock.now());
        tracing::info!(
            event = recorded.name(),
            session_id = recorded.session_id(),
            "{}",
            recorded.name()
        );
        if let Some(file) = &self.0.file {
            file.append(&recorded);
        }
        keep(&mut self.memory().events, recorded, EVENTS);
    }

    /// Records what became of a request.
    pub(crate) fn report(&self, report: Report) {
        keep(&mut self.memory().reports, report, REPORTS);
    }

    /// The events at or after an instant, oldest first.
    pub(crate) fn events_since(&self, since: DateTime<Utc>) -> Vec<Recorded> {
        let memory = self.memory();
        memory.events.iter().filter(|event| event.time() >= since).cloned().collect()
    }

    /// The reports, latest first.
    pub(crate) fn reports(&self) -> Vec<Report> {
        self.memory().reports.iter().rev().cloned().collect()
    }

    /// Forgets everything but the file.
    pub(crate) fn clear(&self) {
        *self.memory() = Memory::default();
    }

    /// The current instant, for reports that are begun here.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // Every write is a single push: a panic elsewhere leaves nothing half done.
        self.0.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn keep<T>(queue: &mut VecDeque<T>, entry: T, limit: usize) {
    if queue.len() == limit {
        queue.pop_front();
    }
    queue.push_back(entry);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    fn trail(clock: &Arc<ManualClock>) -> Trail {
        Trail::new(Arc::clone(clock) as _, None).expect("no file is needed")
    }

    fn clock() -> Arc<ManualClock> {
        Arc::new(ManualClock::new("2026-03-02T09:00:00Z".parse().expect("an instant")))
    }

    #[test]
    fn events_are_found_by_their_time() {
        let clock = clock();
        let trail = trail(&clock);
        trail.record(Occurrence::of(Event::AuthorizeInitiated));
        clock.advance(chrono::Duration::seconds(10));
        let since = clock.now();
        trail.record(Occurrence::of(Event::Verified));

        let names: Vec<_> = trail.events_since(since).iter().map(Recorded::name).collect();

        assert_eq!(names, ["FC_VERIFIED"]);
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_goes_first() {
        let clock = clock();
        let trail = trail(&clock);
        let start = clock.now();
        trail.record(Occurrence::of(Event::AuthorizeInitiated));
        for _ in 0..EVENTS {
            trail.record(Occurrence::of(Event::Verified));
        }

        let events = trail.events_since(start);

        assert_eq!(events.len(), EVENTS);
        assert!(events.iter().all(|event| event.name() == "FC_VERIFIED"));
    }
}
