//! DSFR tile: a way to another page, with what one finds there.

use leptos::prelude::*;

use super::{Value, value_view};

/// A horizontal tile, all of which is the link.
#[component]
pub(crate) fn Tile(
    /// Where it leads.
    href: String,
    /// What the link says.
    title: &'static str,
    /// The most telling thing that one finds there.
    summary: Value,
    /// The next one.
    #[prop(optional_no_strip)]
    detail: Option<Value>,
    /// Names the summary for tests.
    id: &'static str,
) -> impl IntoView {
    view! {
        <div class="fr-tile fr-tile--horizontal fr-enlarge-link">
            <div class="fr-tile__body">
                <div class="fr-tile__content">
                    <h2 class="fr-tile__title">
                        <a href=href>{title}</a>
                    </h2>
                    <p class="fr-tile__desc" data-testid=id>
                        {value_view(summary)}
                    </p>
                    {detail.map(|detail| view! { <p class="fr-tile__detail">{value_view(detail)}</p> })}
                </div>
            </div>
        </div>
    }
}
