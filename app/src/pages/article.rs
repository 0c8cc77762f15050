//! The pages that are only text.

use leptos::prelude::*;

use crate::components::PageHeading;
use crate::i18n::Article;

/// A page that is only text.
#[component]
pub(crate) fn ArticlePage(article: &'static Article) -> impl IntoView {
    let sections = article.sections.iter().map(|section| {
        view! {
            <h2 class="fr-h4">{section.heading}</h2>
            {section.paragraphs.iter().map(|text| view! { <p>{*text}</p> }).collect_view()}
        }
    });
    view! {
        <div class="fr-container app-section app-narrow">
            <PageHeading text=article.meta.title/>
            {sections.collect_view()}
        </div>
    }
}
