//! The page between this service and ProConnect when one signs out without the program: the browser
//! goes on by itself (the server's `Refresh` header), or by the link.
#![cfg_attr(
    not(feature = "ssr"),
    expect(dead_code, reason = "the gallery names its states itself")
)]

use leptos::prelude::*;

use crate::components::{ButtonKind, ButtonLink, PageHeading};
use crate::i18n::{Locale, use_locale};

struct Text {
    title: &'static str,
    lead: &'static str,
    link: &'static str,
}

const FR: Text = Text {
    title: "Déconnexion en cours",
    lead: "Vous êtes déconnecté de ce service. Il reste à vous déconnecter de ProConnect.",
    link: "Continuer la déconnexion",
};

const EN: Text = Text {
    title: "Signing out",
    lead: "You are signed out of this service. The last step is to sign out of ProConnect.",
    link: "Continue signing out",
};

/// Its title and its first sentence.
pub(crate) const fn heading(locale: Locale) -> (&'static str, &'static str) {
    let text = text(locale);
    (text.title, text.lead)
}

const fn text(locale: Locale) -> &'static Text {
    match locale {
        Locale::Fr => &FR,
        Locale::En => &EN,
    }
}

/// The content of the page.
#[component]
pub(crate) fn LeavingPage(
    /// The next step: a local path of the server.
    next: &'static str,
) -> impl IntoView {
    let text = text(use_locale());
    view! {
        <div class="fr-container app-section app-narrow">
            <PageHeading text=text.title/>
            <p class="fr-text--lead">{text.lead}</p>
            <p>
                <ButtonLink kind=ButtonKind::Primary href=next.to_owned() label=text.link/>
            </p>
        </div>
    }
}
