//! Where the person arrives after signing out.

use leptos::prelude::*;

use crate::components::{ButtonKind, ButtonLink, PageHeading};
use crate::i18n::{use_locale, use_printed};
use crate::routes::Page;

/// The content of the signed-out page.
#[component]
pub(crate) fn SignedOutPage() -> impl IntoView {
    let (texts, locale) = (&use_printed().signed_out, use_locale());
    view! {
        <PageHeading text=texts.heading/>
        <p class="fr-text--lead">{texts.text}</p>
        <p>{texts.advice}</p>
        <ul class="fr-btns-group fr-btns-group--inline-md">
            <li>
                <ButtonLink kind=ButtonKind::Primary href=Page::SignIn.href(locale) label=texts.again/>
            </li>
            <li>
                <ButtonLink kind=ButtonKind::Secondary href=Page::Home.href(locale) label=texts.home/>
            </li>
        </ul>
    }
}
