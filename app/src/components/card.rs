//! DSFR card: a link with what it leads to, without a picture.

use leptos::prelude::*;

/// A card, all of which is the link.
#[component]
pub(crate) fn Card(
    /// Where it leads.
    href: String,
    /// What the link says; it is an `h3`.
    title: &'static str,
    /// What one finds there.
    text: &'static str,
) -> impl IntoView {
    view! {
        <div class="fr-card fr-enlarge-link">
            <div class="fr-card__body">
                <div class="fr-card__content">
                    <h3 class="fr-card__title">
                        <a href=href>{title}</a>
                    </h3>
                    <p class="fr-card__desc">{text}</p>
                </div>
            </div>
        </div>
    }
}
