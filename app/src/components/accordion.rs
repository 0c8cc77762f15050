//! DSFR accordion: a heading that unfolds what stands below it.

use leptos::prelude::*;

use super::Disclosure;
use crate::live::live;
use crate::slot::Slot;

/// An accordion. Several of them open and close independently.
#[component]
pub(crate) fn Accordion(
    /// The id of what unfolds.
    id: &'static str,
    /// The heading, which is an `h3`.
    title: &'static str,
    /// What unfolds.
    content: Slot,
) -> impl IntoView {
    let fold = Disclosure::new(id);
    view! {
        <section class="fr-accordion">
            <h3 class="fr-accordion__title">
                <button
                    type="button"
                    class="fr-accordion__btn"
                    aria-expanded=live(move || fold.expanded())
                    aria-controls=id
                    on:click=move |_| fold.toggle()
                >
                    {title}
                </button>
            </h3>
            <div
                id=id
                class="fr-collapse"
                class:fr-collapse--expanded=live(move || fold.is_open())
            >
                {content}
            </div>
        </section>
    }
}
