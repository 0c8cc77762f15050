//! Every page that one can go to.

use leptos::prelude::*;

use crate::components::PageHeading;
use crate::i18n::{use_locale, use_messages, use_printed};
use crate::routes::{ACCOUNT_PAGES, Page};

const SERVICE: &[Page] = &[Page::Home, Page::SignIn, Page::Protected, Page::LEVELS];
const ABOUT: &[Page] = &[Page::ACCESSIBILITY, Page::LEGAL, Page::PERSONAL_DATA, Page::COOKIES];

/// The content of the site map.
#[component]
pub(crate) fn SiteMapPage() -> impl IntoView {
    let texts = &use_printed().site_map;
    let parts =
        [(texts.service, SERVICE), (texts.account, &ACCOUNT_PAGES[..]), (texts.about, ABOUT)];
    let parts = parts.map(|(heading, pages)| {
        view! {
            <h2 class="fr-h4">{heading}</h2>
            <ul>{pages.iter().copied().map(entry).collect_view()}</ul>
        }
    });
    view! {
        <PageHeading text=texts.meta.title/>
        {parts.collect_view()}
    }
}

fn entry(page: Page) -> impl IntoView {
    let title = match page {
        Page::Text(text) => use_printed().meta(text).title,
        _ => use_messages().title(page),
    };
    view! {
        <li>
            <a href=page.href(use_locale())>{title}</a>
        </li>
    }
}
