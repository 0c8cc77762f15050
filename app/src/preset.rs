//! What a page of the gallery already knows, in place of what it would ask.
//!
//! Invariant: a page with a preset asks the server nothing and follows no link by itself. The browser's
//! production program has no gallery, so there nothing of this remains.

use std::sync::Arc;

use crate::session::{Ending, SessionState};
use crate::wire::{ApiProblem, SessionsView, SpaceView};

/// See the module.
#[derive(Clone, Debug)]
pub(crate) struct Preset {
    /// Who is signed in.
    pub session: SessionState,
    /// Why nobody is any more.
    pub why: Option<ApiProblem>,
    /// That the session ends soon.
    pub ending: Option<Ending>,
    /// That it ran out under the page.
    pub over: bool,
    /// That there is no network.
    pub offline: bool,
    /// The id of the menu or dialog that is open.
    pub open: &'static str,
    /// The answer about the person's sessions.
    pub sessions: Option<Result<SessionsView, ApiProblem>>,
    /// Whether the person is asked to confirm the end of all others.
    pub asked: bool,
    /// What the protected space answered.
    pub space: Option<Result<SpaceView, ApiProblem>>,
}

impl Default for Preset {
    fn default() -> Self {
        Self {
            session: SessionState::Loading,
            why: None,
            ending: None,
            over: false,
            offline: false,
            open: "",
            sessions: None,
            asked: false,
            space: None,
        }
    }
}

/// The preset of the page being rendered.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn preset() -> Option<Arc<Preset>> {
    leptos::prelude::use_context()
}

/// As above; in production there is none.
#[cfg(feature = "hydrate")]
pub(crate) const fn preset() -> Option<Arc<Preset>> {
    None
}

/// Whether what has this id is open from the start.
pub(crate) fn is_open(id: &str) -> bool {
    preset().is_some_and(|preset| preset.open == id)
}
