//! DSFR footer: brand, the State's four fixed links, the entries that the law asks for.
//!
//! Invariants: only the server writes it, so that the operator's facts are in it; the one control in it
//! is heard by the frame around it.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::{BrandBlock, DisplaySettingsItem, ExternalLink, Menu, Settings};
use crate::articles::Article;
use crate::i18n::{Locale, use_locale, use_printed};
use crate::kept::kept;
use crate::live::live;
use crate::operator::use_operator;
use crate::routes::{Page, TextPage};
use crate::service::{Brand, use_service};

const STATE_SITES: [(&str, &str); 4] = [
    ("info.gouv.fr", "https://info.gouv.fr"),
    ("service-public.gouv.fr", "https://service-public.gouv.fr"),
    ("legifrance.gouv.fr", "https://legifrance.gouv.fr"),
    ("data.gouv.fr", "https://data.gouv.fr"),
];
const ACCESSIBILITY: TextPage = TextPage::Article(Article::Accessibility);
const LEGAL: TextPage = TextPage::Article(Article::Legal);
const PERSONAL_DATA: TextPage = TextPage::Article(Article::PersonalData);
const COOKIES: TextPage = TextPage::Article(Article::Cookies);
const LICENCE: &str = "https://github.com/etalab/licence-ouverte/blob/master/LO.md";

/// The footer of every page.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let menu = Menu::current();
    let settings = use_context::<Settings>();
    let content = kept(|| view! { <Body/> <Bottom/> });
    let heard = move |event: MouseEvent| {
        if let Some(settings) = settings
            && is_settings_button(&event)
        {
            settings.open();
        }
    };
    view! {
        <footer
            id="pied-de-page"
            role="contentinfo"
            class="fr-footer"
            tabindex="-1"
            inert=live(move || menu.is_open())
            on:click=heard
        >
            <div class="fr-container" inner_html=content></div>
        </footer>
    }
}

fn is_settings_button(event: &MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| matches!(element.closest("button"), Ok(Some(_))))
}

#[component]
fn Body() -> impl IntoView {
    let operator = use_operator();
    let sites = (operator.brand == Brand::Etat).then(|| {
        let sites = STATE_SITES.map(|(text, href)| {
            view! {
                <li class="fr-footer__content-item">
                    <ExternalLink class="fr-footer__content-link" href=href text=text/>
                </li>
            }
        });
        view! { <ul class="fr-footer__content-list">{sites.collect_view()}</ul> }
    });
    view! {
        <div class="fr-footer__body">
            <div class="fr-footer__brand fr-enlarge-link">
                <a
                    href=Page::Home.href(use_locale())
                    title=use_service().named_in(use_printed().home_link)
                >
                    <BrandBlock/>
                </a>
            </div>
            <div class="fr-footer__content">
                <p class="fr-footer__content-desc">
                    {use_service().named_in(use_printed().footer.description)}
                </p>
                {sites}
            </div>
        </div>
    }
}

#[component]
fn Bottom() -> impl IntoView {
    let (operator, printed) = (use_operator(), use_printed());
    let texts = &printed.footer;
    let entries = [
        (TextPage::SiteMap, printed.meta(TextPage::SiteMap).title),
        (ACCESSIBILITY, texts.accessibility(operator.accessibility)),
        (LEGAL, printed.meta(LEGAL).title),
        (PERSONAL_DATA, printed.meta(PERSONAL_DATA).title),
        (COOKIES, printed.meta(COOKIES).title),
    ];
    let entries = entries.map(|(page, text)| entry(Page::Text(page).href(use_locale()), text));
    let support = operator.support.as_ref().map(|support| entry(support.href(), texts.support));
    let links = operator.links.iter().map(|link| {
        view! {
            <li class="fr-footer__bottom-item">
                <ExternalLink
                    class="fr-footer__bottom-link"
                    href=link.href.clone()
                    text=link.text.clone()
                />
            </li>
        }
    });
    let licence = (operator.brand == Brand::Etat).then(|| view! { <Licence/> });
    view! {
        <div class="fr-footer__bottom">
            <ul class="fr-footer__bottom-list">
                {entries.collect_view()} {support} {links.collect_view()} <DisplaySettingsItem/>
                <li class="fr-footer__bottom-item">
                    <OtherLanguage/>
                </li>
            </ul>
            {licence}
        </div>
    }
}

fn entry(href: String, text: &'static str) -> impl IntoView {
    view! {
        <li class="fr-footer__bottom-item">
            <a class="fr-footer__bottom-link" href=href>
                {text}
            </a>
        </li>
    }
}

/// Under which the State's sites publish what they say.
#[component]
fn Licence() -> impl IntoView {
    let texts = &use_printed().footer;
    view! {
        <div class="fr-footer__bottom-copy">
            <p>{texts.licence} <ExternalLink href=LICENCE text=texts.licence_name/></p>
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
            {use_printed().footer.other_language}
        </a>
    }
}
