//! Who is signed in, as far as the browser knows.
//!
//! Invariant: every document starts as [`SessionState::Loading`], whoever asks for it; the answer
//! comes from the server once, and again only when a person retries.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::wire::{ApiProblem, SessionView, SignedInView};

/// What is known about the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SessionState {
    /// The server has not answered yet.
    Loading,
    /// Nobody is signed in.
    Anonymous,
    /// A person is signed in.
    SignedIn(Box<SignedInView>),
    /// The server could not answer.
    Failed(ApiProblem),
}

impl From<Result<SessionView, ApiProblem>> for SessionState {
    fn from(answer: Result<SessionView, ApiProblem>) -> Self {
        match answer {
            Ok(SessionView::Anonymous) => Self::Anonymous,
            Ok(SessionView::SignedIn(view)) => Self::SignedIn(view),
            Err(problem) if problem.is_signed_out() => Self::Anonymous,
            Err(problem) => Self::Failed(problem),
        }
    }
}

/// The session, shared by the frame and the pages.
#[derive(Clone, Copy)]
pub(crate) struct Session(RwSignal<SessionState>);

impl Session {
    /// Puts the session in context and, in a browser, asks the server for it.
    pub(crate) fn provide() -> Self {
        let session = Self(RwSignal::new(SessionState::Loading));
        provide_context(session);
        Effect::new(move |_| session.ask());
        session
    }

    /// The session of the component being rendered.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// What is known now.
    pub(crate) fn state(self) -> SessionState {
        self.0.get()
    }

    /// Asks the server again.
    pub(crate) fn retry(self) {
        self.0.set(SessionState::Loading);
        self.ask();
    }

    fn ask(self) {
        spawn_local(async move { self.0.set(api::session().await.into()) });
    }
}
