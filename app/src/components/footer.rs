//! DSFR footer: brand, the State's four fixed links, the entries that the law asks for.
//!
//! Invariant: every link to another site opens a window, and says so.

use leptos::prelude::*;

use super::{DisplaySettingsItem, Menu};
use crate::i18n::{Locale, use_locale, use_messages};
use crate::routes::Page;

const STATE_SITES: [(&str, &str); 4] = [
    ("info.gouv.fr", "https://info.gouv.fr"),
    ("service-public.gouv.fr", "https://service-public.gouv.fr"),
    ("legifrance.gouv.fr", "https://legifrance.gouv.fr"),
    ("data.gouv.fr", "https://data.gouv.fr"),
];
const LICENCE: &str = "https://github.com/etalab/licence-ouverte/blob/master/LO.md";

/// The footer of every page.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let menu = Menu::current();
    view! {
        <footer
            id="pied-de-page"
            role="contentinfo"
            class="fr-footer"
            tabindex="-1"
            inert=move || menu.is_open()
        >
            <div class="fr-container">
                <FooterBody/>
                <FooterBottom/>
            </div>
        </footer>
    }
}

#[component]
fn FooterBody() -> impl IntoView {
    let messages = use_messages();
    let new_window = messages.footer.new_window;
    let sites = STATE_SITES.map(|(name, href)| {
        view! {
            <li class="fr-footer__content-item">
                <a
                    class="fr-footer__content-link"
                    href=href
                    target="_blank"
                    rel="noopener external"
                    title=[name, " - ", new_window].concat()
                >
                    {name}
                </a>
            </li>
        }
    });
    view! {
        <div class="fr-footer__body">
            <div class="fr-footer__brand fr-enlarge-link">
                <a href=Page::Home.href(use_locale()) title=messages.header.home_link>
                    <p class="fr-logo" lang="fr">"République"<br/>"Française"</p>
                </a>
            </div>
            <div class="fr-footer__content">
                <p class="fr-footer__content-desc">{messages.footer.description}</p>
                <ul class="fr-footer__content-list">{sites.collect_view()}</ul>
            </div>
        </div>
    }
}

#[component]
fn FooterBottom() -> impl IntoView {
    let texts = &use_messages().footer;
    let entries = [
        (Page::Accessibility, texts.accessibility),
        (Page::Legal, texts.legal),
        (Page::PersonalData, texts.personal_data),
        (Page::Cookies, texts.cookies),
    ]
    .map(|(page, text)| {
        view! {
            <li class="fr-footer__bottom-item">
                <a class="fr-footer__bottom-link" href=page.href(use_locale())>
                    {text}
                </a>
            </li>
        }
    });
    view! {
        <div class="fr-footer__bottom">
            <ul class="fr-footer__bottom-list">
                {entries.collect_view()}
                <DisplaySettingsItem
                    item_class="fr-footer__bottom-item app-interactive"
                    class="fr-footer__bottom-link"
                />
                <li class="fr-footer__bottom-item">
                    <OtherLanguage/>
                </li>
            </ul>
            <div class="fr-footer__bottom-copy">
                <p>
                    {texts.licence}
                    <a
                        href=LICENCE
                        target="_blank"
                        rel="noopener external"
                        title=[texts.licence_name, " - ", texts.new_window].concat()
                    >
                        {texts.licence_name}
                    </a>
                </p>
            </div>
        </div>
    }
}

/// The home page in the other language: another document, hence no affair of the router.
#[component]
fn OtherLanguage() -> impl IntoView {
    let other = match use_locale() {
        Locale::Fr => Locale::En,
        Locale::En => Locale::Fr,
    };
    view! {
        <a
            class="fr-footer__bottom-link"
            href=Page::Home.href(other)
            rel="external"
            lang=other.tag()
            hreflang=other.tag()
        >
            {use_messages().footer.other_language}
        </a>
    }
}
