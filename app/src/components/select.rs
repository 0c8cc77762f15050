//! DSFR select: one of a few values.

use leptos::prelude::*;

/// One of the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SelectOption {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub text: String,
    /// Whether it is chosen at first.
    pub chosen: bool,
}

impl SelectOption {
    /// The value of which people read that text.
    pub(crate) fn new(value: impl Into<String>, text: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), text: text.into(), chosen }
    }
}

/// A list to choose from.
#[component]
pub(crate) fn Select(
    /// Its id, and its name in the form.
    name: &'static str,
    label: &'static str,
    choices: Vec<SelectOption>,
) -> impl IntoView {
    let options = choices.into_iter().map(|SelectOption { value, text, chosen }| {
        view! {
            <option value=value selected=chosen>
                {text}
            </option>
        }
    });
    view! {
        <div class="fr-select-group">
            <label class="fr-label" for=name>
                {label}
            </label>
            <select class="fr-select" id=name name=name>
                {options.collect_view()}
            </select>
        </div>
    }
}
