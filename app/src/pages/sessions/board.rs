//! What the page knows, and what it has been asked to do.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::use_messages;
use crate::navigation::{Navigation, focus_heading};
use crate::preset::preset;
use crate::session::Session;
use crate::wire::{ApiProblem, ListedSession, SessionsView};

/// What is known of the sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The server has not answered yet.
    Loading,
    /// Here they are.
    Known(Vec<ListedSession>),
    /// Nobody is signed in, or no longer.
    SignedOut(ApiProblem),
    /// The server could not answer.
    Failed(ApiProblem),
}

impl From<Result<SessionsView, ApiProblem>> for State {
    fn from(answer: Result<SessionsView, ApiProblem>) -> Self {
        match answer {
            Ok(view) => Self::Known(view.sessions),
            Err(problem) if problem.is_signed_out() => Self::SignedOut(problem),
            Err(problem) => Self::Failed(problem),
        }
    }
}

/// What is to be ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The session with this id.
    One(String),
    /// All but this one.
    Others,
}

/// The page's state, shared by its parts.
#[derive(Clone, Copy)]
pub(super) struct Board {
    state: RwSignal<State>,
    asked: RwSignal<Option<Target>>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<ApiProblem>>,
    session: Session,
    navigation: Navigation,
    ended: &'static str,
}

impl Board {
    /// Puts the board in context and, in a browser, asks the server for the sessions.
    pub(super) fn provide() -> Self {
        let preset = preset();
        let known = preset.as_ref().and_then(|preset| preset.sessions.clone());
        let asked = preset.as_ref().is_some_and(|preset| preset.asked).then_some(Target::Others);
        let board = Self {
            state: RwSignal::new(known.map_or(State::Loading, State::from)),
            asked: RwSignal::new(asked),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            session: Session::current(),
            navigation: Navigation::current(),
            ended: use_messages().sessions.ended,
        };
        provide_context(board);
        if preset.is_none() {
            Effect::new(move |_| board.ask());
        }
        board
    }

    pub(super) fn current() -> Self {
        expect_context()
    }

    pub(super) fn state(self) -> State {
        self.state.get()
    }

    /// Why the last ending failed.
    pub(super) fn failure(self) -> Option<ApiProblem> {
        self.failure.get()
    }

    /// Whether the server is at work.
    pub(super) fn is_busy(self) -> bool {
        self.busy.get()
    }

    /// Whether the person was asked to confirm this ending.
    pub(super) fn is_asked(self, target: &Target) -> bool {
        self.asked.with(|asked| asked.as_ref() == Some(target))
    }

    /// Asks the person to confirm an ending, or takes the question back.
    pub(super) fn confirm_first(self, target: Option<Target>) {
        self.failure.set(None);
        self.asked.set(target);
    }

    /// Asks the server again.
    pub(super) fn retry(self) {
        self.state.set(State::Loading);
        self.ask();
    }

    /// Ends what was confirmed, then shows what is left.
    pub(super) fn end(self, target: Target) {
        self.busy.set(true);
        spawn_local(async move {
            let outcome = match target {
                Target::One(id) => api::revoke_session(id).await,
                Target::Others => api::revoke_other_sessions().await.map(|_| ()),
            };
            self.busy.set(false);
            self.asked.set(None);
            match outcome {
                // One that is gone already is what the person wanted.
                Ok(()) | Err(ApiProblem::Unknown) => {
                    self.state.set(api::sessions().await.into());
                    self.navigation.announce(self.ended);
                    request_animation_frame(focus_heading);
                }
                Err(problem) if problem.is_signed_out() => self.lose(problem),
                Err(problem) => self.failure.set(Some(problem)),
            }
        });
    }

    fn ask(self) {
        spawn_local(async move {
            match api::sessions().await {
                Err(problem) if problem.is_signed_out() => self.lose(problem),
                answer => self.state.set(answer.into()),
            }
        });
    }

    /// The header has to know, too.
    fn lose(self, problem: ApiProblem) {
        self.state.set(State::SignedOut(problem));
        self.session.retry();
    }
}
