//! DSFR form fields: a label, a hint, what is typed, and what is wrong with it.
//!
//! Invariant: hint and error are tied to the field; the region of the error is there before the error.

use leptos::prelude::*;

use crate::live::live;

/// What kind of text a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// Any text.
    Text,
    /// An address, which the browser may know.
    Email,
    /// Digits that are no number: a SIRET, a code.
    Digits,
}

impl FieldKind {
    /// `type`, `inputmode` and `autocomplete`.
    const fn attributes(self) -> (&'static str, Option<&'static str>, &'static str) {
        match self {
            Self::Text => ("text", None, "off"),
            Self::Email => ("email", Some("email"), "email"),
            Self::Digits => ("text", Some("numeric"), "off"),
        }
    }
}

/// A field of one line.
#[component]
pub(crate) fn Field(
    kind: FieldKind,
    /// Its id; the error's is `ID-erreur`.
    id: &'static str,
    /// Its name in the form.
    name: &'static str,
    label: &'static str,
    /// What to type, or an example of it.
    hint: &'static str,
    /// The most characters that can be typed.
    maxlength: u16,
    /// What is typed.
    typed: RwSignal<String>,
    /// What is wrong with it; nothing while it is empty.
    error: RwSignal<&'static str>,
    /// That nothing can be typed now; the text around says why.
    #[prop(default = false)]
    disabled: bool,
) -> impl IntoView {
    let (input_type, inputmode, autocomplete) = kind.attributes();
    let error_id = [id, "-erreur"].concat();
    let wrong = move || !error.get().is_empty();
    view! {
        <div
            class="fr-input-group"
            class:fr-input-group--error=live(wrong)
            class:fr-input-group--disabled=disabled
        >
            <label class="fr-label" for=id>
                {label}
                <span class="fr-hint-text">{hint}</span>
            </label>
            <input
                id=id
                name=name
                class="fr-input"
                class:fr-input--error=live(wrong)
                type=input_type
                inputmode=inputmode
                autocomplete=autocomplete
                spellcheck="false"
                maxlength=maxlength.to_string()
                disabled=disabled
                aria-describedby=error_id.clone()
                aria-invalid=live(move || wrong().then_some("true"))
                value=typed.get_untracked()
                prop:value=live(move || typed.get())
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <p id=error_id class="app-error" class:fr-error-text=live(wrong) role="alert">
                {live(move || error.get())}
            </p>
        </div>
    }
}
