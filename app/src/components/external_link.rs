//! A link to another site: it opens a window, and says so.

use leptos::prelude::*;

use crate::i18n::use_messages;

/// The link.
#[component]
pub(crate) fn ExternalLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What people read.
    #[prop(into)]
    text: String,
    /// The link's whole class attribute.
    #[prop(optional)]
    class: Option<&'static str>,
) -> impl IntoView {
    let title = [&*text, " - ", use_messages().new_window].concat();
    view! {
        <a class=class href=href target="_blank" rel="noopener external" title=title>
            {text}
        </a>
    }
}
