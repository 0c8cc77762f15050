//! The account: who the person is, for which organisation, and how they signed in.
//!
//! Invariant: every state of the session has a way on.

mod cards;
mod refresh;

use leptos::prelude::*;

use crate::components::{Alert, AlertKind, ConnectButton, Failure, PageHeading};
use crate::i18n::{use_locale, use_messages};
use crate::navigation::Navigation;
use crate::routes::{self, Page};
use crate::session::{Session, SessionState};
use crate::slot::Slot;

use cards::cards;
use refresh::Refresh;

/// The account page.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let texts = &use_messages().account;
    let sessions_link = use_messages().sessions.link;
    let session = Session::current();
    announce_arrival(session);
    let content = move || match session.state() {
        SessionState::Loading => Slot::of(view! {
            {cards(None)}
            <p class="app-without-script">{texts.needs_script}</p>
        }),
        SessionState::SignedIn(view) => Slot::of(view! {
            {cards(Some(&view))}
            <Refresh read_at=view.read_at/>
        }),
        SessionState::Anonymous => Slot::of(view! { <Anonymous/> }),
        SessionState::Failed(problem) => Slot::of(view! {
            <Failure title=texts.failed_title problem=problem retry=move || session.retry()/>
        }),
    };
    view! {
        <div class="fr-container app-section app-account">
            <PageHeading text=texts.heading/>
            {content}
            <p>
                <a class="fr-link" href=Page::Sessions.href(use_locale())>
                    {sessions_link}
                </a>
            </p>
        </div>
    }
}

/// Says that the answer has come, since the person was left waiting for it. A failure says so itself.
fn announce_arrival(session: Session) {
    let texts = &use_messages().account;
    let navigation = Navigation::current();
    Effect::new(move |was_waiting: Option<bool>| {
        let state = session.state();
        if was_waiting == Some(true) {
            match state {
                SessionState::SignedIn(_) => navigation.announce(texts.loaded),
                SessionState::Anonymous => navigation.announce(texts.anonymous_title),
                SessionState::Loading | SessionState::Failed(_) => {}
            }
        }
        state == SessionState::Loading
    });
}

#[component]
fn Anonymous() -> impl IntoView {
    let (texts, locale) = (&use_messages().account, use_locale());
    view! {
        <Alert kind=AlertKind::Info title=texts.anonymous_title text=texts.anonymous/>
        <div class="app-action">
            <ConnectButton href=Box::new(move || routes::sign_in(locale, Page::Account))/>
        </div>
    }
}
