//! The protected space: why it asks for a sign-in in two steps, and what it holds.
//!
//! Invariant: what it holds comes from the server, which checks the level itself; the program knows
//! the levels only to show the way in.

mod space;

use leptos::prelude::*;

use crate::components::{Alert, AlertKind, ConnectButton, Failure, PageHeading};
use crate::i18n::{use_locale, use_messages};
use crate::level;
use crate::live::live;
use crate::routes::{self, Page};
use crate::session::{Session, SessionState};
use crate::slot::Slot;
use crate::wire::ApiProblem;

use space::Space;

/// The page of the protected space.
#[component]
pub(crate) fn ProtectedPage() -> impl IntoView {
    let (texts, locale) = (&use_messages().protected, use_locale());
    let session = Session::current();
    // What is typed inside outlives everything but another person: a new session is no reason to
    // start over.
    let stage = Memo::new(move |_| Stage::of(session.state()));
    let content = move || match stage.get() {
        Stage::Loading => Slot::of(view! {
            <Why/>
            <p class="app-without-script">{texts.needs_script}</p>
        }),
        Stage::Inside(person) => Slot::late(view! { <Space person=person/> }),
        Stage::Below(acr) => Slot::late(view! { <Raise acr=acr/> }),
        Stage::Anonymous => Slot::late(view! {
            <Why/>
            <p>{texts.anonymous}</p>
            <ConnectButton href=live(move || routes::step_up(locale, Page::Protected))/>
        }),
        Stage::Failed(problem) => Slot::late(view! {
            <Failure title=texts.failed_title problem=problem retry=Box::new(move || session.retry())/>
        }),
    };
    view! {
        <div class="fr-container app-section app-narrow app-account">
            <PageHeading text=texts.heading/>
            <p class="fr-text--lead">{texts.lead}</p>
            {live(content)}
        </div>
    }
}

/// How far the visitor has come.
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    Loading,
    Anonymous,
    /// Signed in at this level, which does not suffice.
    Below(String),
    /// This person is in.
    Inside(String),
    Failed(ApiProblem),
}

impl Stage {
    fn of(state: SessionState) -> Self {
        match state {
            SessionState::Loading => Self::Loading,
            SessionState::Anonymous => Self::Anonymous,
            SessionState::Failed(problem) => Self::Failed(problem),
            SessionState::SignedIn(view) if level::is_two_steps(view.level.acr.as_deref()) => {
                Self::Inside(view.person)
            }
            SessionState::SignedIn(view) => Self::Below(view.level.acr.unwrap_or_default()),
        }
    }
}

#[component]
fn Why() -> impl IntoView {
    let texts = &use_messages().protected;
    view! { <Alert kind=AlertKind::Info title=texts.why_title text=texts.why/> }
}

#[component]
fn Raise(acr: String) -> impl IntoView {
    let messages = use_messages();
    let texts = &messages.protected;
    view! {
        <Why/>
        <p class="app-note">
            {texts.level}
            " "
            <strong>{level::acr_in_words(&messages.level, &acr)}</strong>
        </p>
        <p>{texts.raise}</p>
        <a
            class="fr-btn"
            href=routes::step_up(use_locale(), Page::Protected)
            rel="external"
            data-testid="raise"
        >
            {texts.raise_button}
        </a>
    }
}
