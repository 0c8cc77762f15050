//! The colour theme: light, dark, or the system's.
//!
//! Invariant: `system` is the absence of the attribute `data-fr-theme`, so that the stylesheet alone
//! decides and follows the system without a script. The document's first script applies a stored
//! choice before the first paint; it reads the same key.

use leptos::prelude::*;

const KEY: &str = "scheme";
const ATTRIBUTE: &str = "data-fr-theme";

/// A person's choice of theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
    System,
}

impl Scheme {
    /// Every choice, in the order they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The stored value, also the control's.
    pub(crate) const fn value(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    /// The choice kept in this browser.
    pub(crate) fn stored() -> Self {
        let stored = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        Self::ALL
            .into_iter()
            .find(|scheme| stored.as_deref() == Some(scheme.value()))
            .unwrap_or(Self::System)
    }

    /// Applies the choice at once and keeps it. A browser that refuses storage still gets its theme.
    pub(crate) fn choose(self) {
        if let Some(root) = document().document_element() {
            let _ = match self {
                Self::System => root.remove_attribute(ATTRIBUTE),
                Self::Light | Self::Dark => root.set_attribute(ATTRIBUTE, self.value()),
            };
        }
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEY, self.value());
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
