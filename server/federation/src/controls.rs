//! Owns what a developer can do to the running federation as a whole, by the admin API or from
//! the embedding program.

use std::sync::Arc;

use crate::clock::MovableClock;
use crate::directory::Directory;
use crate::idp::{Fixtures, Moderations};
use crate::quick::QuickSignIns;
use crate::scenario::Scenarios;
use crate::storage::{Store, StoreError};
use crate::trail::Trail;

/// The controls.
#[derive(Clone, Debug)]
pub(crate) struct Controls {
    pub(crate) directory: Directory,
    pub(crate) clock: Arc<MovableClock>,
    pub(crate) store: Store,
    pub(crate) trail: Trail,
    pub(crate) scenarios: Scenarios,
    pub(crate) quick: QuickSignIns,
    pub(crate) fixtures: Fixtures,
}

impl Controls {
    /// The requests to join an organisation.
    pub(crate) fn moderations(&self) -> Moderations {
        Moderations::new(self.store.clone(), self.directory.clone(), Arc::clone(&self.clock) as _)
    }

    /// Goes back to the configured state: nobody is signed in or known, nothing is under way or
    /// remembered, registrations are those of the configuration, and the time is the real one. Signing
    /// keys stay, so that services need not fetch them anew.
    pub(crate) async fn reset(&self) -> Result<(), StoreError> {
        self.directory.reset();
        self.clock.reset();
        self.trail.clear();
        self.scenarios.clear();
        self.store.clear().await?;
        self.fixtures.reset().await
    }
}
