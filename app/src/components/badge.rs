//! DSFR badge: a state in a word. Its colour only repeats what the word says.

use leptos::prelude::*;

/// What kind of state it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadgeKind {
    Info,
    Success,
}

impl BadgeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "fr-badge fr-badge--info",
            Self::Success => "fr-badge fr-badge--success",
        }
    }
}

/// A badge.
#[component]
pub(crate) fn Badge(kind: BadgeKind, text: &'static str) -> impl IntoView {
    view! { <p class=kind.class()>{text}</p> }
}
