//! The page for every address that has none.

use leptos::prelude::*;

use crate::components::{ButtonKind, ButtonLink, PageHeading};
use crate::i18n::{use_locale, use_printed};
use crate::routes::Page;

/// The content of the not-found page.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let texts = &use_printed().not_found;
    view! {
        <PageHeading text=texts.meta.title/>
        <p class="fr-text--sm app-mention">{texts.code}</p>
        <p class="fr-text--lead">{texts.lead}</p>
        <p>{texts.text}</p>
        <ul class="fr-btns-group fr-btns-group--inline-md">
            <li>
                <ButtonLink kind=ButtonKind::Primary href=Page::Home.href(use_locale()) label=texts.home/>
            </li>
        </ul>
    }
}
