//! What the protected space holds: a notepad.
//!
//! Invariant: what the person types stays where it is whatever the server answers, and is sent in the
//! name of the person who typed it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::{BusyButton, Failure, Problem};
use crate::i18n::use_messages;
use crate::live::live;
use crate::navigation::Navigation;
use crate::preset::preset;
use crate::session::Session;
use crate::slot::Slot;
use crate::wire::{ApiProblem, MAX_NOTE};

/// The space, once the server has opened it for `person`.
#[component]
pub(super) fn Space(person: String) -> impl IntoView {
    let texts = &use_messages().protected;
    let navigation = Navigation::current();
    let session = Session::current();
    let preset = preset();
    let answer = RwSignal::new(preset.as_ref().and_then(|preset| preset.space.clone()));
    let open = move || {
        answer.set(None);
        spawn_local(async move {
            let opened = session.heed(api::space().await);
            if opened.is_ok() {
                navigation.announce(texts.opened);
            }
            answer.set(Some(opened));
        });
    };
    if preset.is_none() {
        Effect::new(move |_| open());
    }
    live(move || match answer.get() {
        None => Slot::late(view! { <p>{texts.loading}</p> }),
        Some(Ok(space)) => Slot::late(view! { <Notepad note=space.note person=person.clone()/> }),
        Some(Err(problem)) => Slot::late(view! {
            <Failure title=texts.failed_title problem=problem retry=Box::new(open)/>
        }),
    })
}

#[component]
fn Notepad(note: String, person: String) -> impl IntoView {
    let texts = &use_messages().protected;
    let session = Session::current();
    let typed = RwSignal::new(note);
    let busy = RwSignal::new(false);
    // What became of the note, once it is known.
    let saving = RwSignal::new(None::<Result<(), ApiProblem>>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        saving.set(None);
        let (note, person) = (typed.get_untracked(), person.clone());
        spawn_local(async move {
            saving.set(Some(session.heed(api::save_note(note, person).await)));
            busy.set(false);
        });
    };
    let done = move || if saving.get() == Some(Ok(())) { texts.saved } else { "" };
    let failed = move || match saving.get() {
        Some(Err(problem)) => {
            Slot::late(view! { <Problem title=texts.not_saved problem=problem/> })
        }
        _ => Slot::of(()),
    };
    view! {
        <form class="app-form" on:submit=save>
            <h2>{texts.note_heading}</h2>
            <div class="fr-input-group">
                <label class="fr-label" for="note">
                    {texts.note}
                    <span class="fr-hint-text">{texts.note_hint}</span>
                </label>
                <textarea
                    id="note"
                    class="fr-input"
                    rows="6"
                    maxlength=MAX_NOTE.to_string()
                    prop:value=live(move || typed.get())
                    on:input=move |event| typed.set(event_target_value(&event))
                ></textarea>
            </div>
            {live(failed)}
            <BusyButton
                class="fr-btn"
                kind="submit"
                busy=busy
                label=texts.save
                busy_label=texts.saving
            />
            <p class="app-note" role="status" data-testid="saved">
                {live(done)}
            </p>
        </form>
    }
}
