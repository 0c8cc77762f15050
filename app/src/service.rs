//! The service that this is the interface of: its name, and whose marks it may show.
//!
//! Invariant: both come with the document, from the server's configuration; the program has neither
//! compiled in.

use std::sync::Arc;

use leptos::prelude::*;

/// Whose marks the interface shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Brand {
    /// The State's: its block, its fonts, the links to its sites.
    #[default]
    Etat,
    /// Nobody's: for operators who may not use the State's.
    Neutral,
}

impl Brand {
    /// The brand of that name, as the stylesheet's build writes it.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "etat" => Some(Self::Etat),
            "neutral" => Some(Self::Neutral),
            _ => None,
        }
    }
}

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    name: Arc<str>,
}

impl Service {
    /// The service of that name.
    pub fn new(name: &str) -> Self {
        Self { name: Arc::from(name) }
    }

    /// The service whose document the browser shows.
    #[cfg(feature = "browser")]
    pub(crate) fn of_document() -> Self {
        let element = document().query_selector("meta[name=application-name]").ok().flatten();
        let name = element.and_then(|element| element.get_attribute("content"));
        Self::new(&name.unwrap_or_default())
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, with the name where it says `{service}`.
    pub fn named_in(&self, text: &str) -> String {
        text.replace("{service}", &self.name)
    }

    /// The title of a document: the page first, then the service.
    pub(crate) fn title(&self, page: &str) -> String {
        [page, " - ", &*self.name].concat()
    }
}

/// The service of the component being rendered.
pub(crate) fn use_service() -> Service {
    expect_context()
}
