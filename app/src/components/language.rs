//! Language selector: the same page in each language. Another language is another document.

use leptos::prelude::*;

use super::Dropdown;
use crate::i18n::{Locale, use_locale, use_messages};
use crate::live::live;
use crate::navigation::Navigation;
use crate::routes::Page;
use crate::slot::Slot;

/// The selector. It is in the document twice, so each has an id of its own.
#[component]
pub(crate) fn LanguageSelector(id: &'static str) -> impl IntoView {
    let (here, texts) = (use_locale(), &use_messages().header);
    let languages = Locale::ALL.map(|locale| view! { <Language locale=locale/> });
    let label = view! {
        {here.code()}
        <span class="fr-hidden-lg">"\u{a0}- " {here.own_name()}</span>
    };
    let content = view! { <ul class="fr-menu__list">{languages.collect_view()}</ul> };
    view! {
        <nav class="fr-translate fr-nav app-interactive" role="navigation" aria-label=texts.languages>
            <Dropdown
                id=id
                class="fr-nav__item"
                button_class="fr-translate__btn fr-btn fr-btn--tertiary"
                title=texts.choose_language
                label=Slot::of(label)
                menu_class="fr-collapse fr-translate__menu fr-menu"
                content=Slot::of(content)
            />
        </nav>
    }
}

#[component]
fn Language(locale: Locale) -> impl IntoView {
    let navigation = Navigation::current();
    let href = live(move || navigation.page().unwrap_or(Page::Home).href(locale));
    view! {
        <li>
            <a
                class="fr-translate__language fr-nav__link"
                href=href
                rel="external"
                lang=locale.tag()
                hreflang=locale.tag()
                aria-current=(locale == use_locale()).then_some("true")
            >
                {locale.code()}
                " - "
                {locale.own_name()}
            </a>
        </li>
    }
}
