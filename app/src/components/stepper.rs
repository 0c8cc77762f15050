//! DSFR stepper: which step of how many one is at, and what comes next.

use leptos::prelude::*;

use crate::i18n::use_kit;

/// The step that one is at.
#[component]
pub(crate) fn Stepper(
    /// Its title, an `h2`.
    title: &'static str,
    /// Its number, from 1.
    step: u8,
    /// How many there are: 8 at most, or DSFR draws none.
    of: u8,
    /// The title of the next one.
    next: Option<&'static str>,
) -> impl IntoView {
    let texts = &use_kit().stepper;
    let state = texts.state.replace("{step}", &step.to_string()).replace("{of}", &of.to_string());
    let next = next.map(|next| {
        view! {
            <p class="fr-stepper__details">
                <span class="fr-text--bold">{texts.next}</span>
                " "
                {next}
            </p>
        }
    });
    view! {
        <div class="fr-stepper">
            <h2 class="fr-stepper__title">
                {title}
                " "
                <span class="fr-stepper__state">{state}</span>
            </h2>
            <div
                class="fr-stepper__steps"
                data-fr-current-step=step.to_string()
                data-fr-steps=of.to_string()
            ></div>
            {next}
        </div>
    }
}
