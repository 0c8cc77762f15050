//! The ProConnect button: markup and wording are ProConnect's and may not be changed.
//!
//! Invariant: it is a plain link that works before, and without, the program; the router leaves it
//! alone and nothing prefetches it, since every visit of its target starts a sign-in.

use leptos::prelude::*;

use crate::i18n::use_messages;
use crate::live::Live;

/// The button, and the link that explains ProConnect.
#[component]
pub(crate) fn ConnectButton(
    /// The link that starts the sign-in.
    href: Live<String>,
) -> impl IntoView {
    let texts = &use_messages().connect;
    view! {
        <div class="fr-connect-group">
            <a
                class="fr-connect fr-connect--pro"
                href=href
                rel="external"
            >
                <span class="fr-connect__login">{texts.login}</span>
                " "
                <span class="fr-connect__brand">"ProConnect"</span>
            </a>
            <p>
                <a
                    href="https://www.proconnect.gouv.fr/"
                    target="_blank"
                    rel="noopener noreferrer"
                    title=texts.help_title
                >
                    {texts.help}
                </a>
            </p>
        </div>
    }
}
