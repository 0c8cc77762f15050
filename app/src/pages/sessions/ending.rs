//! The button that ends sessions, and the question in its place once it was pressed.

use leptos::html;
use leptos::prelude::*;

use super::board::{Board, Target};
use crate::i18n::use_messages;
use crate::live::live;
use crate::slot::Slot;

/// A button, and what it asks.
#[component]
pub(super) fn Ending(
    /// What it ends.
    target: Target,
    /// Its words.
    label: &'static str,
    /// What tells it from its likes, for who does not see where it is.
    about: String,
    /// What is asked first.
    question: String,
) -> impl IntoView {
    let board = Board::current();
    let opener = NodeRef::<html::Button>::new();
    let confirm = NodeRef::<html::Button>::new();
    let watched = target.clone();
    let asked = Memo::new(move |_| board.is_asked(&watched));
    Effect::new(move |was_asked: Option<bool>| {
        let asked = asked.get();
        if was_asked.is_some_and(|was_asked| was_asked != asked) {
            // The buttons change places by the next frame.
            request_animation_frame(move || {
                let button = if asked { confirm } else { opener };
                // The whole list may have been replaced meanwhile.
                if let Some(button) = button.try_get_untracked().flatten() {
                    // Fails only for an element outside the document.
                    let _ = button.focus();
                }
            });
        }
        asked
    });
    live(move || {
        let target = target.clone();
        if asked.get() {
            Slot::late(question_view(target, question.clone(), confirm))
        } else {
            Slot::late(view! {
                <button
                    node_ref=opener
                    type="button"
                    class="fr-btn fr-btn--secondary"
                    disabled=live(move || board.is_busy())
                    on:click=move |_| board.confirm_first(Some(target.clone()))
                >
                    {label}
                    <span class="fr-sr-only">" " {about.clone()}</span>
                </button>
            })
        }
    })
}

fn question_view(
    target: Target,
    question: String,
    confirm: NodeRef<html::Button>,
) -> impl IntoView {
    let texts = &use_messages().sessions;
    let board = Board::current();
    let label = move || if board.is_busy() { texts.ending } else { texts.confirm };
    let name = question.clone();
    view! {
        <div role="group" aria-label=name>
            <p>{question}</p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <button
                        node_ref=confirm
                        type="button"
                        class="fr-btn"
                        disabled=live(move || board.is_busy())
                        on:click=move |_| board.end(target.clone())
                    >
                        {live(label)}
                    </button>
                </li>
                <li>
                    <button
                        type="button"
                        class="fr-btn fr-btn--secondary"
                        disabled=live(move || board.is_busy())
                        on:click=move |_| board.confirm_first(None)
                    >
                        {texts.cancel}
                    </button>
                </li>
            </ul>
        </div>
    }
}
