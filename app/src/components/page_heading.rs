//! The one `h1` of a page, which takes focus when the person arrives there.

use leptos::prelude::*;

/// The page's heading.
#[component]
pub(crate) fn PageHeading(#[prop(into)] text: Oco<'static, str>) -> impl IntoView {
    view! { <h1 tabindex="-1">{text}</h1> }
}
