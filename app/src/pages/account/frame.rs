//! What the pages of the account share: where they stand, and every state of the session.
//!
//! Invariants: the parts of a page are the same before and after the answer, only their values change;
//! every state of the session has a way on.

use leptos::prelude::*;

use crate::components::{Alert, AlertKind, Breadcrumb, ConnectButton, Failure, PageHeading};
use crate::i18n::{use_locale, use_messages};
use crate::live::live;
use crate::navigation::Navigation;
use crate::routes::{self, Page};
use crate::session::{Session, SessionState};
use crate::slot::Slot;
use crate::wire::{ApiProblem, SignedInView};

/// What a page shows: of the person, or while it waits.
pub(super) type Content = fn(Option<&SignedInView>) -> Slot;

/// A page of the account.
#[component]
pub(super) fn Frame(
    /// Which one.
    page: Page,
    /// What it is about.
    lead: &'static str,
    /// What it shows.
    content: Content,
) -> impl IntoView {
    let texts = &use_messages().account;
    let title = use_messages().title(page);
    let session = Session::current();
    announce_arrival(session);
    let state = move || match session.state() {
        SessionState::Loading => Slot::of(view! {
            <div aria-busy="true">{content(None)}</div>
            <p class="app-without-script">{texts.needs_script}</p>
        }),
        SessionState::SignedIn(view) => content(Some(&view)),
        SessionState::Anonymous => Slot::late(view! { <Anonymous page=page why=session.why()/> }),
        SessionState::Failed(problem) => Slot::late(view! {
            <Failure title=texts.failed_title problem=problem retry=Box::new(move || session.retry())/>
        }),
    };
    view! {
        <div class="fr-container app-page app-account">
            <Breadcrumb page=page/>
            <PageHeading text=title/>
            <p class="fr-text--lead">{lead}</p>
            {live(state)}
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
fn Anonymous(page: Page, why: Option<ApiProblem>) -> impl IntoView {
    let (messages, locale) = (use_messages(), use_locale());
    let texts = &messages.account;
    let text = why.map_or(texts.anonymous, |problem| messages.api.text(problem));
    view! {
        <Alert kind=AlertKind::Info title=texts.anonymous_title text=text/>
        <div class="app-action">
            <ConnectButton href=live(move || routes::sign_in(locale, page))/>
        </div>
    }
}
