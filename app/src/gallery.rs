//! The gallery: every state of every page at an address of its own, without signing in.
//!
//! `/galerie` shows a state in a frame, as its query says: `etat`, `largeur` (320, 768 or 1280), `theme`
//! (`light`, `dark`, or both side by side) and `langue`. `/galerie/ETAT` is the state alone. It is made
//! of the very components of the pages, given what they would have asked for. The browser's production
//! program does not have it: the server renders it, or the program of `make dev`.

mod fixtures;
mod index;
mod query;
mod states;

use std::sync::Arc;

use leptos::prelude::*;

use crate::App;
use crate::slot::Slot;

use index::Index;
pub(crate) use query::Query;
use states::{STATES, State};

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
                STATES.iter().find(|state| state.id == id).map(Self::State)
            }
        }
    }
}

/// What a place shows, as its query wants it.
pub(crate) fn view_of(place: Place, query: Query) -> Slot {
    match place {
        Place::Index => Slot::of(view! { <Index query=query/> }),
        Place::State(state) => {
            provide_context(Arc::new((state.preset)()));
            Slot::of(view! { <App path=state.page.href(query.locale)/> })
        }
    }
}

/// As above, by the browser's address.
#[cfg(feature = "browser")]
pub(crate) fn mount(place: Place) -> Slot {
    let query = Query::parse(&window().location().search().unwrap_or_default());
    if let (Place::State(_), Some(theme), Some(root)) =
        (place, query.theme, document().document_element())
    {
        // Fails only for an invalid attribute name.
        let _ = root.set_attribute("data-fr-theme", theme.name());
    }
    view_of(place, query)
}
