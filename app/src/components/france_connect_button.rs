//! The FranceConnect button, for a service that the public enters too: ProConnect comes first, then
//! "ou", then this. Markup and wording are FranceConnect's and may not be changed.

use leptos::prelude::*;

use crate::i18n::use_kit;

/// The word between the two, and the button with the link that explains FranceConnect.
#[component]
pub(crate) fn FranceConnectButton(
    /// The link that starts the sign-in with FranceConnect.
    href: String,
) -> impl IntoView {
    let texts = &use_kit().france_connect;
    view! {
        <p class="fr-hr-or">{texts.or}</p>
        <p>{texts.what}</p>
        <div class="fr-connect-group">
            <a class="fr-connect" href=href rel="external">
                <span class="fr-connect__login">{texts.login}</span>
                " "
                <span class="fr-connect__brand">"FranceConnect"</span>
            </a>
            <p>
                <a
                    href="https://franceconnect.gouv.fr/"
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
