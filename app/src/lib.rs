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
    let path = window().location().pathname().unwrap_or_default();
    let interface = move || {
        provide_context(service::Service::of_document());
        #[cfg(not(feature = "hydrate"))]
        provide_context(std::sync::Arc::new(operator::Operator::default()));
        view! { <App path=path/> }
    };
    #[cfg(feature = "hydrate")]
    hydrate_body(interface);
    #[cfg(not(feature = "hydrate"))]
    mount_to_body(interface);
    navigation::mark_ready();
}
