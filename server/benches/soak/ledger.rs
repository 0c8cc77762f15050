//! What happened, counted; and whether all of it may.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Counts by name.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    done: Mutex<BTreeMap<String, u64>>,
    excused: Mutex<BTreeMap<String, u64>>,
    faults: Mutex<Vec<String>>,
}

/// What a run comes down to.
#[derive(Debug)]
pub(crate) struct Report {
    minutes: u64,
    done: BTreeMap<String, u64>,
    excused: BTreeMap<String, u64>,
    faults: Vec<String>,
    memory: [u64; 2],
    files: [u64; 2],
}

impl Ledger {
    /// Something went as it should.
    pub(crate) fn done(&self, what: &str) {
        count(&self.done, what);
    }

    /// Something failed that an outage explains.
    pub(crate) fn excused(&self, what: &str) {
        count(&self.excused, what);
    }

    /// Something happened that may not.
    pub(crate) fn fault(&self, what: String) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }

    /// Sums up, with the sizes that were seen: memory (kB) and open files.
    pub(crate) fn report(&self, minutes: u64, seen: &[(u64, u64)]) -> Report {
        let copy = |counts: &Mutex<BTreeMap<String, u64>>| {
            counts.lock().unwrap_or_else(PoisonError::into_inner).clone()
        };
        // The first tenth is the start: pools and caches fill.
        let settled = &seen[seen.len() / 10..];
        let third = (settled.len() / 3).max(1);
        let (first, last) = (&settled[..third], &settled[settled.len() - third..]);
        Report {
            minutes,
            done: copy(&self.done),
            excused: copy(&self.excused),
            faults: self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            memory: [first, last].map(|part| mean(part.iter().map(|(memory, _)| *memory))),
            files: [first, last].map(|part| mean(part.iter().map(|(_, files)| *files))),
        }
    }
}

impl Report {
    /// Whether nothing happened that may not: no fault, a tenth more memory and files at most.
    pub(crate) fn passed(&self) -> bool {
        let steady = |[first, last]: [u64; 2], slack: u64| last <= first + first / 10 + slack;
        self.faults.is_empty() && steady(self.memory, 2048) && steady(self.files, 8)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "soak of {} minutes", self.minutes)?;
        for (what, count) in &self.done {
            writeln!(f, "  {what}: {count}")?;
        }
        for (what, count) in &self.excused {
            writeln!(f, "  during an outage, {what}: {count}")?;
        }
        let [memory, files] = [self.memory, self.files];
        writeln!(f, "  memory, first and last third: {} kB, {} kB", memory[0], memory[1])?;
        writeln!(f, "  open files, first and last third: {}, {}", files[0], files[1])?;
        for fault in self.faults.iter().take(20) {
            writeln!(f, "  FAULT: {fault}")?;
        }
        writeln!(f, "  faults: {}", self.faults.len())
    }
}

fn count(counts: &Mutex<BTreeMap<String, u64>>, what: &str) {
    let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
    *counts.entry(what.to_owned()).or_default() += 1;
}

fn mean(values: impl ExactSizeIterator<Item = u64>) -> u64 {
    let count = values.len() as u64;
    values.sum::<u64>() / count.max(1)
}
