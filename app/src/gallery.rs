//! The gallery: every state of every page at an address of its own, without signing in.
//!
//! `/galerie` shows a state in a frame, as its query says: `etat`, `largeur` (320, 768 or 1280), `theme`
//! (`light`, `dark`, or both side by side) and `langue`. `/galerie/ETAT` is the state alone. It is made
//! of the very components of the pages, given what they would have asked for. States also are the
//! sheets that show one component each. The browser's production program does not have the gallery: the
//! server renders it, or the program of `make dev`.

mod fixtures;
mod index;
mod query;
mod sheets;
mod states;

use std::sync::Arc;

use leptos::prelude::*;

use crate::App;
use crate::i18n::Locale;
use crate::pages::leaving::LeavingPage;
use crate::pages::problem::Problem;
use crate::pages::unavailable::{Standalone, standalone};
use crate::preset::Preset;
use crate::routes::SIGN_OUT_THERE;
use crate::service::Service;
#[cfg(feature = "browser")]
use crate::service::use_service;
use crate::shell::Shell;
use crate::slot::Slot;

use fixtures::anonymous;
use index::Index;
pub(crate) use query::Query;
use states::{Shows, State, state_at};

/// Where the gallery is.
pub(crate) const PATH: &str = "/galerie";

/// What an address of the gallery shows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// The gallery itself.
    Index,
    /// A state alone.
    State(&'static State),
}

impl Place {
    /// What the path shows, if it is the gallery's.
    pub(crate) fn at(path: &str) -> Option<Self> {
        match path.strip_prefix(PATH)? {
            "" | "/" => Some(Self::Index),
            rest => {
                let id = rest.strip_prefix('/')?;
                state_at(id).map(Self::State)
            }
        }
    }
}

impl Place {
    /// Whether the program runs where people meet what is shown, so that its controls are there.
    #[cfg(feature = "ssr")]
    pub(crate) const fn runs_the_program(self) -> bool {
        !matches!(self, Self::State(State { shows: Shows::Problem(..) | Shows::Leaving, .. }))
    }
}

/// What a place shows, as its query wants it.
pub(crate) fn view_of(place: Place, query: Query) -> Slot {
    match place {
        Place::Index => Slot::of(view! {
            {designers_styles()}
            <Index query=query/>
        }),
        Place::State(state) => state_view(state, query.locale),
    }
}

/// The rules of what no page uses. The watcher of `make dev` leaves nothing out.
fn designers_styles() -> Option<impl IntoView> {
    cfg!(feature = "ssr").then(|| view! { <link rel="stylesheet" href="/pkg/gallery.css"/> })
}

/// The request that failed in states that show one.
const REQUEST_ID: &str = "0f6c1d2e3b4a5968";

fn state_view(state: &State, locale: Locale) -> Slot {
    match state.shows {
        Shows::Page(page, preset) => interactive(page.href(locale), preset()),
        Shows::NotFound => interactive([locale.base(), "/404"].concat(), anonymous()),
        Shows::Problem(kind, details) => plain(locale, move || {
            view! { <Problem kind=kind details=details() request_id=REQUEST_ID/> }
        }),
        Shows::Leaving => plain(locale, || view! { <LeavingPage next=SIGN_OUT_THERE/> }),
        Shows::Sheet(sheet) => {
            provide_context(locale);
            provide_context(Arc::new(Preset { open: sheet.open, ..anonymous() }));
            Slot::of(view! {
                {designers_styles()}
                {sheets::view_of(state.title, sheet)}
            })
        }
        // Whole in itself: whoever shows the state takes the place of the document.
        Shows::Unavailable => Slot::of(()),
    }
}

/// A page that the program runs.
fn interactive(path: String, preset: Preset) -> Slot {
    provide_context(Arc::new(preset));
    Slot::of(view! { <App path=path/> })
}

/// A page of the server's own routes, where it does not run.
fn plain<V>(locale: Locale, page: impl FnOnce() -> V + Send + 'static) -> Slot
where
    V: IntoView + 'static,
    V::State: 'static,
{
    provide_context(Arc::new(anonymous()));
    let path = [locale.base(), "/auth"].concat();
    Slot::of(view! { <Shell locale=locale path=path interactive=false>{page()}</Shell> })
}

/// The whole document that a place shows in its own stead, if it does.
pub(crate) fn standalone_at(place: Place, service: &Service) -> Option<Standalone> {
    matches!(place, Place::State(State { shows: Shows::Unavailable, .. }))
        .then(|| standalone(service.name()))
}

/// As above, by the browser's address.
#[cfg(feature = "browser")]
pub(crate) fn mount(place: Place) -> Slot {
    let query = Query::parse(&window().location().search().unwrap_or_default());
    if let (Place::State(_), Some(root)) = (place, document().document_element()) {
        if let Some(theme) = query.theme {
            // Fails only for an invalid attribute name.
            let _ = root.set_attribute("data-fr-theme", theme.name());
        }
        if let Some(page) = standalone_at(place, &use_service()) {
            root.set_inner_html(&page.html);
        }
    }
    view_of(place, query)
}
