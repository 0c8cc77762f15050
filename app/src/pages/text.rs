//! The pages that only the server writes.

use leptos::prelude::*;

use super::levels::LevelsPage;
use super::not_found::NotFoundPage;
use super::signed_out::SignedOutPage;
use super::site_map::SiteMapPage;
use crate::articles::article_view;
use crate::i18n::{use_locale, use_printed};
use crate::kept::kept;
use crate::operator::use_operator;
use crate::routes::TextPage;
use crate::service::use_service;

/// The page, or the one for addresses that have none.
#[component]
pub(crate) fn Text(page: Option<TextPage>) -> impl IntoView {
    let content = kept(|| match page {
        Some(TextPage::SignedOut) => view! { <SignedOutPage/> }.into_any(),
        Some(TextPage::SiteMap) => view! { <SiteMapPage/> }.into_any(),
        Some(TextPage::Levels) => view! { <LevelsPage/> }.into_any(),
        Some(text @ TextPage::Article(article)) => {
            let title = use_printed().meta(text).title;
            article_view(article, title, use_locale(), (&use_operator(), &use_service())).into_any()
        }
        None => view! { <NotFoundPage/> }.into_any(),
    });
    view! { <div class="fr-container app-section app-prose" inner_html=content></div> }
}
