//! DSFR breadcrumb: where a page of the account stands. On a small screen a button unfolds it.

use leptos::prelude::*;

use super::Disclosure;
use crate::i18n::{use_locale, use_messages};
use crate::live::live;
use crate::routes::Page;

/// The way from the home page to the page being shown.
#[component]
pub(crate) fn Breadcrumb(
    /// The page being shown.
    page: Page,
) -> impl IntoView {
    let (path, messages) = (Disclosure::new("fil-d-ariane"), use_messages());
    let above = [Page::Home, Page::Account].into_iter().filter(|above| *above != page);
    let links = above.map(|above| {
        view! {
            <li>
                <a class="fr-breadcrumb__link" href=above.href(use_locale())>
                    {messages.title(above)}
                </a>
            </li>
        }
    });
    view! {
        <nav class="fr-breadcrumb" role="navigation" aria-label=messages.header.breadcrumb>
            <button
                type="button"
                class="fr-breadcrumb__button app-interactive"
                aria-controls="fil-d-ariane"
                aria-expanded=live(move || path.expanded())
                on:click=move |_| path.toggle()
            >
                {messages.header.show_breadcrumb}
            </button>
            <div
                id="fil-d-ariane"
                class="fr-collapse"
                class:fr-collapse--expanded=live(move || path.is_open())
            >
                <ol class="fr-breadcrumb__list">
                    {links.collect_view()}
                    <li>
                        <span class="fr-breadcrumb__link" aria-current="page">
                            {messages.title(page)}
                        </span>
                    </li>
                </ol>
            </div>
        </nav>
    }
}
