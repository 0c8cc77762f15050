//! Who is signed in, as far as the browser knows.
//!
//! Invariants: every document starts as [`SessionState::Loading`], whoever asks for it; the answer
//! comes from the server. What the person does keeps the session alive, at most once a minute; what
//! the page does by itself does not. A session that ran out leaves the page as it is, under a dialog,
//! so that nothing typed is lost; one that somebody ended empties the page.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::presence::{Presence, sign_in_silently};
use crate::preset::preset;
use crate::wire::{AnonymousView, ApiProblem, SessionView, SignedInView};

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

/// A session that ends soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Unless the person says that they are there.
    Idle,
    /// Whatever they do.
    Final,
}

/// The end is told so long before it comes, in milliseconds, or a third of a shorter session.
const WARN_BEFORE: f64 = 120_000.0;

/// When the session ends, by the browser's own clock, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Limits {
    end: f64,
    /// Whether activity does not move the end.
    is_final: bool,
    warn_before: f64,
}

impl Limits {
    /// The server's times, moved to the browser's clock, which may be wrong.
    fn of(view: &SignedInView, before: Option<Self>) -> Self {
        let left = seconds(view.expires_at - view.now);
        let warn_before = (left / 3.0).min(WARN_BEFORE);
        Self {
            end: js_sys::Date::now() + left,
            is_final: view.expires_at >= view.ends_at,
            warn_before: before.map_or(warn_before, |before| before.warn_before.max(warn_before)),
        }
    }
}

/// The session, shared by the frame and the pages.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    state: RwSignal<SessionState>,
    limits: StoredValue<Option<Limits>>,
    ending: RwSignal<Option<Ending>>,
    over: RwSignal<bool>,
    why: RwSignal<Option<ApiProblem>>,
    presence: Presence,
}

impl Session {
    /// Puts the session in context and, in a browser, asks the server for it.
    pub(crate) fn provide() -> Self {
        let preset = preset();
        let known = preset.as_deref().cloned().unwrap_or_default();
        let session = Self {
            state: RwSignal::new(known.session),
            limits: StoredValue::new(None),
            ending: RwSignal::new(known.ending),
            over: RwSignal::new(known.over),
            why: RwSignal::new(known.why),
            presence: Presence::new(known.offline),
        };
        provide_context(session);
        if preset.is_none() {
            Effect::new(move |_| {
                session.presence.watch(session);
                session.ask();
            });
        }
        session
    }

    /// The session of the component being rendered.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// What is known now. Times that pass do not count as a change.
    pub(crate) fn state(self) -> SessionState {
        self.state.get()
    }

    /// Why nobody is signed in any more, if it was not the person's own decision in this tab.
    pub(crate) fn why(self) -> Option<ApiProblem> {
        self.why.get()
    }

    /// Whether the session ends soon.
    pub(crate) fn ending(self) -> Option<Ending> {
        self.ending.get()
    }

    /// Whether the session ran out while its page is still there.
    pub(crate) fn is_over(self) -> bool {
        self.over.get()
    }

    /// The person has read that the session ends whatever they do.
    pub(crate) fn accept_ending(self) {
        self.ending.set(None);
        self.limits.update_value(|limits| {
            if let Some(limits) = limits {
                limits.warn_before = 0.0;
            }
        });
    }

    /// Whether the browser has no network.
    pub(crate) fn is_offline(self) -> bool {
        self.presence.is_offline()
    }

    /// Whether somebody is signed in, as far as is known without waiting.
    pub(crate) fn person(self) -> Option<String> {
        self.state.with_untracked(|state| match state {
            SessionState::SignedIn(view) => Some(view.person.clone()),
            _ => None,
        })
    }

    /// Asks the server again, with the page waiting for the answer.
    pub(crate) fn retry(self) {
        self.state.set(SessionState::Loading);
        self.ask();
    }

    /// Asks the server, with the page as it is.
    pub(crate) fn ask(self) {
        spawn_local(async move { self.receive(api::session().await) });
    }

    /// Tells the server that the person is there.
    pub(crate) fn stay(self) {
        spawn_local(async move { self.receive(api::stay().await) });
    }

    /// Empties the page, since whoever it was about is gone, and tells the other tabs.
    pub(crate) fn leave(self) {
        self.over.set(false);
        self.ending.set(None);
        self.limits.set_value(None);
        self.state.set(SessionState::Anonymous);
        self.presence.tell("");
    }

    /// Hides what is personal until the server has answered.
    pub(crate) fn blank(self) {
        self.state.set(SessionState::Loading);
    }

    /// The same result, once this session has learnt from it that it is over.
    pub(crate) fn heed<T>(self, result: Result<T, ApiProblem>) -> Result<T, ApiProblem> {
        if let Err(
            ApiProblem::SignedOut
            | ApiProblem::SessionExpired
            | ApiProblem::SessionRevoked
            | ApiProblem::EndedByProvider
            | ApiProblem::AccessRefused
            | ApiProblem::OtherPerson,
        ) = &result
        {
            self.over.set(false);
            self.ask();
        }
        result
    }

    /// Takes the server's word. A question that failed changes nothing that is known.
    pub(crate) fn receive(self, answer: Result<SessionView, ApiProblem>) {
        match answer {
            Ok(SessionView::SignedIn(view)) => {
                self.why.set(None);
                let before = self.limits.get_value();
                self.limits.set_value(Some(Limits::of(&view, before)));
                self.over.set(false);
                self.look_at_clock(false);
                self.presence.tell(&view.person);
                let known = self.state.with_untracked(|state| match state {
                    SessionState::SignedIn(known) => timeless(known) == timeless(&view),
                    _ => false,
                });
                if !known {
                    self.state.set(SessionState::SignedIn(view));
                }
            }
            Ok(SessionView::Anonymous(view)) => self.nobody(view, false),
            Err(problem) if problem.is_signed_out() => {
                self.why.set(Some(problem));
                let expired = problem == ApiProblem::SessionExpired;
                self.nobody(AnonymousView::default(), expired);
            }
            Err(problem) => {
                if self.state.with_untracked(|state| *state == SessionState::Loading) {
                    self.state.set(SessionState::Failed(problem));
                }
            }
        }
    }

    /// What another tab tells: if it is news, the server is asked.
    pub(crate) fn hear(self, person: &str) {
        if self.over.get_untracked() || self.person().unwrap_or_default() != person {
            self.ask();
        }
    }

    /// Warns when the end is near. Another tab may have kept the session alive, so the server is
    /// asked first where `ask` allows.
    pub(crate) fn look_at_clock(self, ask: bool) {
        let Some(limits) = self.limits.get_value() else { return };
        let left = limits.end - js_sys::Date::now();
        let ending = if limits.is_final { Ending::Final } else { Ending::Idle };
        let near = left <= limits.warn_before;
        let ending = (near && !self.over.get_untracked()).then_some(ending);
        if ask && (left <= 0.0 || ending.is_some() && self.ending.get_untracked().is_none()) {
            self.ask();
        } else if self.ending.get_untracked() != ending {
            self.ending.set(ending);
        }
    }

    fn nobody(self, view: AnonymousView, expired: bool) {
        if expired && self.person().is_some() {
            self.ending.set(None);
            self.over.set(true);
            return;
        }
        let first = self.state.with_untracked(|state| *state == SessionState::Loading);
        if first && view.may_try_silently && sign_in_silently() {
            return;
        }
        if self.state.with_untracked(|state| *state != SessionState::Anonymous) {
            self.leave();
        }
    }
}

/// What a view says of the person, without the times that pass.
fn timeless(view: &SignedInView) -> SignedInView {
    SignedInView { expires_at: 0, ends_at: 0, now: 0, ..view.clone() }
}

#[expect(clippy::cast_precision_loss, reason = "seconds of this millennium fit a double")]
fn seconds(count: i64) -> f64 {
    count as f64 * 1000.0
}
