//! The frame of every page: skip links, header, main region, footer, settings, live region.
//!
//! Invariant: while the mobile menu is open, everything but the menu is inert, so that focus cannot
//! leave it.

use leptos::prelude::*;

use crate::components::{
    DisplaySettings, Footer, Header, Menu, Offline, SessionEnd, Settings, SkipLinks,
};
use crate::i18n::Locale;
use crate::live::live;
use crate::navigation::Navigation;
use crate::session::Session;

/// The frame around the page given as children.
#[component]
pub(crate) fn Shell(
    /// The language of the page.
    locale: Locale,
    /// The path of the document.
    path: String,
    /// Whether the program will run in the document.
    interactive: bool,
    /// The page.
    children: TypedChildren<impl IntoView + 'static>,
) -> impl IntoView {
    provide_context(locale);
    let session = Session::provide();
    if interactive {
        Settings::provide();
    }
    let navigation = Navigation::provide(path);
    let menu = Menu::provide();
    view! {
        <SkipLinks/>
        <Offline/>
        <Header/>
        <main
            id="contenu"
            role="main"
            tabindex="-1"
            class:app-veiled=live(move || session.is_over())
            inert=live(move || menu.is_open())
        >
            {children.into_inner()()}
        </main>
        <Footer/>
        <DisplaySettings/>
        {interactive.then(|| view! { <SessionEnd/> })}
        <p class="fr-sr-only" role="status" aria-live="polite">
            {live(move || navigation.announcement())}
        </p>
    }
}
