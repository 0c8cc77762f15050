//! The user interface of the service.
//!
//! The same components run in two places: natively, where [`mod@document`] renders every page once, as
//! anybody may see it; and in the browser, where `start` takes that very document over.
//!
//! Invariants: no personal data is ever in a document, it arrives through [`api`]; this crate knows
//! no HTTP server, no session store and no OpenID Connect, it asks the server through [`wire`] and
//! [`port`].

// Views are types as deep as their markup.
#![recursion_limit = "256"]
#![expect(unreachable_pub, reason = "the component macro makes public items whatever it is given")]

pub mod api;
pub mod articles;
mod components;
#[cfg(feature = "ssr")]
pub mod document;
pub mod format;
#[cfg(not(feature = "hydrate"))]
mod gallery;
pub mod i18n;
mod kept;
pub mod level;
mod live;
mod moment;
mod navigation;
pub mod operator;
mod pages;
#[cfg(feature = "ssr")]
pub mod port;
mod presence;
mod preset;
pub mod routes;
pub mod service;
mod session;
mod shell;
mod slot;
mod theme;
pub mod wire;

use leptos::prelude::*;

use i18n::Locale;
use pages::CurrentPage;
use shell::Shell;

/// The whole interface: the page at a path, inside the frame that all pages share.
#[component]
pub fn App(
    /// The path of the document.
    path: String,
) -> impl IntoView {
    view! {
        <Shell locale=Locale::of_path(&path) path=path interactive=true>
            <CurrentPage/>
        </Shell>
    }
}

/// Starts the interface in the browser.
#[cfg(feature = "browser")]
pub fn start() {
    run(window().location().pathname().unwrap_or_default());
    navigation::mark_ready();
}

/// Takes the server's document over.
#[cfg(feature = "hydrate")]
fn run(path: String) {
    hydrate_body(move || {
        provide_context(service::Service::of_document());
        view! { <App path=path/> }
    });
}

/// Makes everything itself, the gallery as well.
#[cfg(all(feature = "browser", not(feature = "hydrate")))]
fn run(path: String) {
    use slot::Slot;

    console_error_panic_hook::set_once();
    mount_to_body(move || {
        provide_context(service::Service::of_document());
        provide_context(std::sync::Arc::new(operator::Operator::default()));
        match gallery::Place::at(&path) {
            Some(place) => Slot::of(gallery::mount(place)),
            None => Slot::of(view! { <App path=path/> }),
        }
    });
}
