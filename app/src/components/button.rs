//! DSFR buttons: a button does something, a link goes somewhere, whatever it looks like.

use leptos::prelude::*;

/// How much a button stands out. A page has one primary button at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    /// What most people come for.
    Primary,
    /// What some prefer.
    Secondary,
    /// What few need.
    Tertiary,
}

impl ButtonKind {
    /// The button's whole class attribute.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "fr-btn",
            Self::Secondary => "fr-btn fr-btn--secondary",
            Self::Tertiary => "fr-btn fr-btn--tertiary",
        }
    }
}

/// A button.
#[component]
pub(crate) fn Button(
    kind: ButtonKind,
    /// What it says.
    label: &'static str,
    /// That it cannot be used now; the text beside it says why.
    #[prop(default = false)]
    disabled: bool,
    /// What a press does.
    press: Box<dyn Fn()>,
) -> impl IntoView {
    view! {
        <button type="button" class=kind.class() disabled=disabled on:click=move |_| press()>
            {label}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub(crate) fn ButtonLink(
    kind: ButtonKind,
    /// Where it leads.
    href: String,
    /// What it says.
    label: &'static str,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {label}
        </a>
    }
}
