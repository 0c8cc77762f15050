//! Where the person arrives after signing out.

use leptos::prelude::*;

use crate::components::PageHeading;
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
                <a class="fr-btn" href=Page::SignIn.href(locale)>
                    {texts.again}
                </a>
            </li>
            <li>
                <a class="fr-btn fr-btn--secondary" href=Page::Home.href(locale)>
                    {texts.home}
                </a>
            </li>
        </ul>
    }
}
