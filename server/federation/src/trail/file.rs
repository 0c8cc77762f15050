//! Owns the file that events are appended to, one JSON object a line. A file that can no longer
//! be written to is reported in the log; it never stops a sign-in.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::event::Recorded;

/// An open file.
#[derive(Debug)]
pub(super) struct EventFile(Mutex<File>);

impl EventFile {
    /// Opens the file for appending, and creates it if it is not there.
    pub(super) fn open(path: &Path) -> std::io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self(Mutex::new(file)))
    }

    /// Appends an event as one line, in a single write.
    pub(super) fn append(&self, event: &Recorded) {
        let written =
            serde_json::to_vec(event).map_err(std::io::Error::from).and_then(|mut line| {
                line.push(b'\n');
                self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line)
            });
        if let Err(error) = written {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "an event cannot be appended to the events file");
        }
    }
}
