//! DSFR alert. Its kind is also told in words, by the title.

use leptos::prelude::*;

/// What an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AlertKind {
    /// Worth knowing.
    Info,
    /// It worked.
    Success,
    /// It works, with a reserve.
    Warning,
    /// It did not work.
    Error,
}

impl AlertKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "fr-alert fr-alert--info",
            Self::Success => "fr-alert fr-alert--success",
            Self::Warning => "fr-alert fr-alert--warning",
            Self::Error => "fr-alert fr-alert--error",
        }
    }

    /// An alert that appears while the page is being read interrupts only for an error.
    const fn role(self) -> Option<&'static str> {
        match self {
            Self::Info | Self::Success | Self::Warning => None,
            Self::Error => Some("alert"),
        }
    }
}

/// An alert with a title.
#[component]
pub(crate) fn Alert(kind: AlertKind, title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role()>
            <h2 class="fr-alert__title">{title}</h2>
            <p>{text}</p>
        </div>
    }
}
