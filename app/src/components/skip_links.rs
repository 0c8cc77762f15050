//! Skip links: the first thing that takes focus. The browser follows them itself, since only native
//! anchors move focus as well as the view.

use leptos::prelude::*;

use super::Menu;
use crate::i18n::use_messages;
use crate::live::live;

/// Links to the main parts of the page.
#[component]
pub(crate) fn SkipLinks() -> impl IntoView {
    let texts = &use_messages().header;
    let menu = Menu::current();
    view! {
        <div class="fr-skiplinks" inert=live(move || menu.is_open())>
            <nav class="fr-container" role="navigation" aria-label=texts.skip_links>
                <ul class="fr-skiplinks__list">
                    <li>
                        <a class="fr-link" href="#contenu">
                            {texts.skip_to_content}
                        </a>
                    </li>
                    <li>
                        <a class="fr-link" href="#pied-de-page">
                            {texts.skip_to_footer}
                        </a>
                    </li>
                </ul>
            </nav>
        </div>
    }
}
