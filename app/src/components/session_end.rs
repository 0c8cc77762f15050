//! The end of a session: told before it comes, and bearable once it has come.
//!
//! Invariants: the dialog takes focus and is read out, since the person has something else in mind;
//! behind it the page stays as it was left, unseen once the session is over.

use leptos::ev::Event;
use leptos::html;
use leptos::prelude::*;

use super::{Button, ButtonKind, Modal};
use crate::i18n::{use_locale, use_messages};
use crate::live::live;
use crate::navigation::Navigation;
use crate::routes::{self, Page};
use crate::session::{Ending, Session};
use crate::slot::Slot;

/// What the dialog is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Soon(Ending),
    Over,
}

/// The dialog, once a document.
#[component]
pub(crate) fn SessionEnd() -> impl IntoView {
    let texts = &use_messages().session_end;
    let session = Session::current();
    let dialog = NodeRef::<html::Dialog>::new();
    let notice = Memo::new(move |_| match (session.is_over(), session.ending()) {
        (true, _) => Some(Subject::Over),
        (false, ending) => ending.map(Subject::Soon),
    });
    Effect::new(move |_| {
        let wanted = notice.get().is_some();
        if let Some(dialog) = dialog.get() {
            if wanted && !dialog.open() {
                // Fails only for a dialog that is open already.
                let _ = dialog.show_modal();
            } else if !wanted && dialog.open() {
                dialog.close();
            }
        }
    });
    // Escape is an answer like the button: it keeps the session, and does not drop what was typed.
    let escape = move |event: Event| {
        event.prevent_default();
        match notice.get_untracked() {
            Some(Subject::Soon(Ending::Idle)) => session.stay(),
            Some(Subject::Soon(Ending::Final)) => session.accept_ending(),
            Some(Subject::Over) | None => {}
        }
    };
    let title = move || match notice.get() {
        Some(Subject::Over) => texts.over_title,
        _ => texts.soon_title,
    };
    let text = move || match notice.get() {
        Some(Subject::Over) => texts.over,
        Some(Subject::Soon(Ending::Final)) => texts.soon_final,
        _ => texts.soon,
    };
    let content = view! {
        <p id="fin-de-session-texte">{live(text)}</p>
        <Answers notice=notice/>
    };
    view! {
        <Modal
            id="fin-de-session"
            role="alertdialog"
            description="fin-de-session-texte"
            columns="fr-col-12 fr-col-md-8 fr-col-lg-6"
            dialog=dialog
            title=live(title)
            content=Slot::of(content)
            cancel=Box::new(escape)
        />
    }
}

/// The buttons: what fits the notice.
#[component]
fn Answers(notice: Memo<Option<Subject>>) -> impl IntoView {
    let texts = &use_messages().session_end;
    let session = Session::current();
    let idle = move || notice.get() == Some(Subject::Soon(Ending::Idle));
    let second = move || match notice.get() {
        Some(Subject::Over) => texts.leave,
        _ => texts.close,
    };
    let answer = move |_| match notice.get_untracked() {
        Some(Subject::Over) => session.leave(),
        _ => session.accept_ending(),
    };
    view! {
        <ul class="fr-btns-group fr-btns-group--inline-md">
            <li hidden=live(move || !idle())>
                <Button
                    kind=ButtonKind::Primary
                    label=texts.stay
                    press=Box::new(move || session.stay())
                />
            </li>
            <li hidden=live(idle)>
                <SignInAgain/>
            </li>
            <li hidden=live(idle)>
                <button type="button" class="fr-btn fr-btn--secondary" on:click=answer>
                    {live(second)}
                </button>
            </li>
        </ul>
    }
}

/// In another tab, so that this page keeps what was typed.
#[component]
fn SignInAgain() -> impl IntoView {
    let messages = use_messages();
    let locale = use_locale();
    let navigation = Navigation::current();
    let href = move || match navigation.page() {
        // At the level that the page needs, or what was typed there could not be saved.
        Some(Page::Protected) => routes::step_up(locale, Page::Protected),
        page => routes::sign_in(locale, page.unwrap_or(Page::Home)),
    };
    view! {
        <a
            class="fr-btn"
            href=live(href)
            target="_blank"
            rel="noopener external"
            title=messages.session_end.again_title
        >
            {messages.session_end.again}
        </a>
    }
}

/// Says that there is no network, for as long as there is none.
#[component]
pub(crate) fn Offline() -> impl IntoView {
    let texts = &use_messages().session_end;
    let session = Session::current();
    let text = move || if session.is_offline() { texts.offline } else { "" };
    view! {
        <p class="app-offline" role="status" hidden=live(move || !session.is_offline())>
            {live(text)}
        </p>
    }
}
