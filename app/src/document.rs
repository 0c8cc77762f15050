//! The documents: every page, rendered natively once, as anybody may see it.
//!
//! Invariants: rendering is a pure function of page and language; no document holds personal data,
//! nor anything of a request, but for the request id that the server writes in place of
//! [`REQUEST_ID`].

mod leaving;
mod problem;
mod template;

pub use leaving::leaving;
pub use problem::{AccessRule, Details, ProblemPage, REQUEST_ID, problem};
pub use template::{Template, TemplateError};

use leptos::prelude::*;

use crate::App;
use crate::i18n::Locale;
use crate::navigation::page_title;
use crate::routes::Page;
use crate::shell::Shell;

/// A page as HTML, ready to fill a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The path that the document answers; `None` if it may answer any.
    pub path: Option<String>,
    /// The HTTP status to answer with.
    pub status: u16,
    /// The language.
    pub lang: &'static str,
    /// The text of the `title` element.
    pub title: String,
    /// The text of the description.
    pub description: &'static str,
    /// The content of the `body` element.
    pub html_fragment: String,
    /// Whether the browser's program may take the document over. It finds the page by its path, so
    /// a document that answers a path of the server's is not for it.
    pub interactive: bool,
}

/// Every document that has a path, in every language.
pub fn all() -> Vec<Document> {
    Locale::ALL
        .into_iter()
        .flat_map(|locale| Page::ALL.into_iter().map(move |page| render(page, locale)))
        .collect()
}

/// A page's document.
pub fn render(page: Page, locale: Locale) -> Document {
    document_at(Some(page), page.href(locale), locale)
}

/// The document for every path that has none.
pub fn not_found(locale: Locale) -> Document {
    document_at(None, [locale.base(), "/404"].concat(), locale)
}

fn document_at(page: Option<Page>, path: String, locale: Locale) -> Document {
    let meta = locale.messages().meta(page);
    let address = path.clone();
    Document {
        path: page.map(|_| path),
        status: if page.is_some() { 200 } else { 404 },
        lang: locale.tag(),
        title: page_title(locale, meta.title),
        description: meta.description,
        html_fragment: to_html(move || view! { <App path=address/> }),
        interactive: true,
    }
}

/// What a document of the server's own routes has to say of itself.
struct Notice {
    locale: Locale,
    status: u16,
    title: &'static str,
    lead: &'static str,
}

/// A document of the server's own routes: a page in the frame, without the browser's program.
fn plain<V>(notice: &Notice, page: impl FnOnce() -> V + Send + 'static) -> Document
where
    V: IntoView + 'static,
{
    let locale = notice.locale;
    // No page has this path, so no link of the frame claims to be the current one.
    let path = [locale.base(), "/auth"].concat();
    Document {
        path: None,
        status: notice.status,
        lang: locale.tag(),
        title: page_title(locale, notice.title),
        description: notice.lead,
        html_fragment: to_html(move || {
            view! { <Shell locale=locale path=path interactive=false>{page()}</Shell> }
        }),
        interactive: false,
    }
}

/// Renders a view.
fn to_html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| view().to_html());
    owner.unset();
    html
}
