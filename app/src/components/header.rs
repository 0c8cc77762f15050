//! DSFR header: brand, service, tools, navigation, and the mobile menu.
//!
//! Invariant: the menu's dialog role and name exist only while it is open as a dialog.

use leptos::prelude::*;

use super::{BrandBlock, LanguageSelector, Menu, Settings, UserList, UserTools};
use crate::i18n::{use_locale, use_messages, use_printed};
use crate::kept::kept;
use crate::live::live;
use crate::navigation::Navigation;
use crate::routes::Page;
use crate::service::use_service;

/// The header of every page.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let menu = Menu::current();
    view! {
        <header role="banner" class="fr-header">
            <div class="fr-header__body" inert=live(move || menu.is_open())>
                <div class="fr-container">
                    <div class="fr-header__body-row">
                        <Brand/>
                        <div class="fr-header__tools">
                            <div class="fr-header__tools-links">
                                <UserTools/>
                                {language_selector("langues")}
                            </div>
                        </div>
                    </div>
                </div>
            </div>
            <MenuPanel/>
        </header>
    }
}

#[component]
fn Brand() -> impl IntoView {
    let messages = use_messages();
    let menu = Menu::current();
    view! {
        <div class="fr-header__brand fr-enlarge-link">
            <div class="fr-header__brand-top">
                <div class="fr-header__logo" inner_html=kept(|| view! { <BrandBlock/> })></div>
                <div class="fr-header__navbar">
                    <button
                        type="button"
                        id="ouvrir-menu"
                        class="fr-btn fr-btn--menu app-interactive"
                        title=messages.header.menu
                        aria-haspopup="dialog"
                        aria-controls="menu"
                        node_ref=menu.opener()
                        on:click=move |_| menu.open()
                    >
                        {messages.header.menu}
                    </button>
                </div>
            </div>
            <div class="fr-header__service" inner_html=kept(|| view! { <Name/> })></div>
        </div>
    }
}

#[component]
fn Name() -> impl IntoView {
    let (service, texts) = (use_service(), use_printed());
    view! {
        <a href=Page::Home.href(use_locale()) title=service.named_in(texts.home_link)>
            <p class="fr-header__service-title">{service.name().to_owned()}</p>
        </a>
        <p class="fr-header__service-tagline">{texts.tagline}</p>
    }
}

/// The selector, where a program will run it: elsewhere it would only leave a gap.
fn language_selector(id: &'static str) -> impl IntoView {
    use_context::<Settings>().map(|_| view! { <LanguageSelector id=id/> })
}

#[component]
fn MenuPanel() -> impl IntoView {
    let messages = use_messages();
    let texts = &messages.header;
    let menu = Menu::current();
    let while_open = |value| live(move || menu.is_open().then_some(value));
    view! {
        <div
            id="menu"
            class="fr-header__menu fr-modal"
            class:fr-modal--opened=live(move || menu.is_open())
            role=while_open("dialog")
            aria-modal=while_open("true")
            aria-labelledby=while_open("ouvrir-menu")
        >
            <div class="fr-container">
                <button
                    type="button"
                    class="fr-btn fr-btn--close"
                    aria-controls="menu"
                    title=texts.close
                    node_ref=menu.closer()
                    on:click=move |_| menu.close()
                >
                    {texts.close}
                </button>
                <div class="fr-header__menu-links">
                    <UserList/>
                    {language_selector("langues-menu")}
                </div>
                <nav class="fr-nav" role="navigation" aria-label=texts.navigation>
                    <ul class="fr-nav__list">
                        <NavigationLink to=Page::Home text=messages.home.meta.title/>
                        <NavigationLink to=Page::Account text=messages.account.meta.title/>
                        <NavigationLink to=Page::Protected text=messages.protected.meta.title/>
                    </ul>
                </nav>
            </div>
        </div>
    }
}

#[component]
fn NavigationLink(to: Page, text: &'static str) -> impl IntoView {
    let menu = Menu::current();
    view! {
        <li class="fr-nav__item">
            <a
                class="fr-nav__link"
                href=to.href(use_locale())
                aria-current=Navigation::current().current_within(to)
                on:click=move |_| menu.close()
            >
                {text}
            </a>
        </li>
    }
}
