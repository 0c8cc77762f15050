//! The documents: every page, rendered natively once, as anybody may see it.
//!
//! Invariants: rendering is a pure function of page, language and operator; no document holds personal
//! data, nor anything of a request, but for the request id that the server writes in place of
//! [`REQUEST_ID`].

mod leaving;
mod problem;
mod template;

use std::sync::Arc;

pub use problem::REQUEST_ID;
pub use template::{Template, TemplateError};

use leptos::prelude::*;

use crate::App;
use crate::gallery::{self, Place, Query};
use crate::i18n::{Locale, Meta};
use crate::operator::Operator;
pub use crate::pages::problem::{AccessRule, Details, ProblemPage};
pub use crate::pages::unavailable::Standalone;
use crate::pages::unavailable::standalone;
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
    /// Further attributes of the `html` element, none of which is anybody's text.
    pub attributes: Vec<(&'static str, &'static str)>,
    /// The name of the service.
    pub service: String,
    /// The text of the `title` element.
    pub title: String,
    /// The text of the description.
    pub description: String,
    /// The content of the `body` element.
    pub html_fragment: String,
    /// Whether the browser's program may take the document over. It finds the page by its path, so
    /// a document that answers a path of the server's is not for it.
    pub interactive: bool,
}

/// Makes the documents of one operator's service.
#[derive(Clone, Debug)]
pub struct Documents {
    operator: Arc<Operator>,
}

impl Documents {
    /// The documents of that operator.
    pub fn new(operator: Operator) -> Self {
        Self { operator: Arc::new(operator) }
    }

    /// Every document that has a path, in every language.
    pub fn all(&self) -> Vec<Document> {
        Locale::ALL
            .into_iter()
            .flat_map(|locale| Page::ALL.into_iter().map(move |page| self.page(page, locale)))
            .collect()
    }

    /// A page's document.
    pub fn page(&self, page: Page, locale: Locale) -> Document {
        let meta = match page {
            Page::Text(text) => locale.printed().meta(text),
            _ => locale.messages().meta(page).unwrap_or(&locale.printed().not_found.meta),
        };
        let path = page.href(locale);
        let document = self.interactive(path.clone(), meta, locale);
        Document { path: Some(path), status: 200, ..document }
    }

    /// The document for every path that has none.
    pub fn not_found(&self, locale: Locale) -> Document {
        let path = [locale.base(), "/404"].concat();
        self.interactive(path, &locale.printed().not_found.meta, locale)
    }

    fn interactive(&self, path: String, meta: &Meta, locale: Locale) -> Document {
        Document {
            status: 404,
            html_fragment: self.to_html(locale, move || view! { <App path=path/> }),
            interactive: true,
            ..self.blank(meta, locale)
        }
    }

    /// A document with nothing in it, for any path.
    fn blank(&self, meta: &Meta, locale: Locale) -> Document {
        let service = self.operator.service(locale);
        Document {
            path: None,
            status: 200,
            lang: locale.tag(),
            attributes: Vec::new(),
            service: service.name().to_owned(),
            title: service.title(meta.title),
            description: service.named_in(meta.description),
            html_fragment: String::new(),
            interactive: false,
        }
    }

    /// A document of the server's own routes: a page in the frame, without the browser's program.
    fn plain<V>(&self, notice: &Notice, page: impl FnOnce() -> V + Send + 'static) -> Document
    where
        V: IntoView + 'static,
    {
        let locale = notice.locale;
        let meta = Meta { title: notice.title, description: notice.lead };
        // No page has this path, so no link of the frame claims to be the current one.
        let path = [locale.base(), "/auth"].concat();
        Document {
            status: notice.status,
            html_fragment: self.to_html(locale, move || {
                view! { <Shell locale=locale path=path interactive=false>{page()}</Shell> }
            }),
            ..self.blank(&meta, locale)
        }
    }

    /// The page for the time when nothing else answers.
    pub fn unavailable(&self) -> Standalone {
        standalone(self.operator.service(Locale::Fr).name())
    }

    /// What the gallery shows at an address, if it is one of the gallery's.
    pub fn gallery(&self, path: &str, query: &str) -> Option<Exhibit> {
        let place = Place::at(path)?;
        let query = Query::parse(query);
        if let Some(page) = gallery::standalone_at(place, &self.operator.service(query.locale)) {
            return Some(Exhibit::Standalone(page));
        }
        let title = match place {
            Place::Index => "Galerie",
            Place::State(state) => state.title,
        };
        let meta = Meta { title, description: "" };
        let locale = query.locale;
        let mut attributes = Vec::new();
        if place.runs_the_program() {
            attributes.push(("data-app", "ready"));
        }
        if let (Place::State(_), Some(theme)) = (place, query.theme) {
            attributes.push(("data-fr-theme", theme.name()));
        }
        let html_fragment = self.to_html(locale, move || gallery::view_of(place, query));
        let document = Document { attributes, html_fragment, ..self.blank(&meta, locale) };
        Some(Exhibit::Document(document))
    }

    /// Renders a view.
    fn to_html<V: IntoView>(&self, locale: Locale, view: impl FnOnce() -> V) -> String {
        let owner = Owner::new_root(None);
        let html = owner.with(|| {
            provide_context(self.operator.service(locale));
            provide_context(Arc::clone(&self.operator));
            view().to_html()
        });
        owner.unset();
        html
    }
}

/// What an address of the gallery shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exhibit {
    /// A document like the others.
    Document(Document),
    /// A page that is whole in itself.
    Standalone(Standalone),
}

/// What a document of the server's own routes has to say of itself.
struct Notice {
    locale: Locale,
    status: u16,
    title: &'static str,
    lead: &'static str,
}
