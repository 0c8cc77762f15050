//! Where the person arrives after signing out.

use leptos::prelude::*;

use crate::components::PageHeading;
use crate::i18n::{use_locale, use_messages};
use crate::routes::Page;

/// The signed-out page.
#[component]
pub(crate) fn SignedOutPage() -> impl IntoView {
    let texts = &use_messages().signed_out;
    let locale = use_locale();
    view! {
        <div class="fr-container app-section app-narrow">
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
        </div>
    }
}
