//! The page between this service and ProConnect when one signs out without the program: the browser
//! goes on by itself (the server's `Refresh` header), or by the link.

use leptos::prelude::*;

use super::{Document, Documents, Notice};
use crate::components::PageHeading;
use crate::i18n::Locale;

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

impl Documents {
    /// The document, with a link to the next step: a local path of the server.
    pub fn leaving(&self, locale: Locale, next: &'static str) -> Document {
        let text = match locale {
            Locale::Fr => &FR,
            Locale::En => &EN,
        };
        let notice = Notice { locale, status: 200, title: text.title, lead: text.lead };
        self.plain(&notice, move || {
            view! {
                <div class="fr-container app-section app-narrow">
                    <PageHeading text=text.title/>
                    <p class="fr-text--lead">{text.lead}</p>
                    <p>
                        <a class="fr-btn" href=next>
                            {text.link}
                        </a>
                    </p>
                </div>
            }
        })
    }
}
