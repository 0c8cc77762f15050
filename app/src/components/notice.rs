//! DSFR notice: what concerns the whole site, below the header.

use leptos::prelude::*;

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoticeKind {
    /// Worth knowing.
    Info,
    /// Something will not work as usual.
    Warning,
    /// Something does not work.
    Alert,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "fr-notice fr-notice--info",
            Self::Warning => "fr-notice fr-notice--warning",
            Self::Alert => "fr-notice fr-notice--alert",
        }
    }
}

/// A notice. Its title says in words what its colour repeats.
#[component]
pub(crate) fn Notice(kind: NoticeKind, title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <div class=kind.class()>
            <div class="fr-container">
                <div class="fr-notice__body">
                    <p>
                        <span class="fr-notice__title">{title}</span>
                        " "
                        <span class="fr-notice__desc">{text}</span>
                    </p>
                </div>
            </div>
        </div>
    }
}
