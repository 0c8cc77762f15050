//! DSFR badge: a state in a word. Its colour only repeats what the word says.

use leptos::prelude::*;

/// What kind of state it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadgeKind {
    /// Worth knowing.
    Info,
    /// As it should be.
    Success,
    /// Since lately.
    New,
    /// As it had better not be.
    Warning,
    /// As it must not be.
    Error,
}

impl BadgeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "fr-badge fr-badge--info",
            Self::Success => "fr-badge fr-badge--success",
            Self::New => "fr-badge fr-badge--new",
            Self::Warning => "fr-badge fr-badge--warning",
            Self::Error => "fr-badge fr-badge--error",
        }
    }
}

/// A badge.
#[component]
pub(crate) fn Badge(kind: BadgeKind, text: &'static str) -> impl IntoView {
    view! { <p class=kind.class()>{text}</p> }
}
