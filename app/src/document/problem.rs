//! The documents of problems.

use leptos::prelude::*;

use super::{Document, Documents, Notice};
use crate::i18n::Locale;
use crate::pages::problem::{Details, Problem, ProblemPage};

/// Where the server writes the request's id, escaped.
pub const REQUEST_ID: &str = "<!--request-id-->";

impl Documents {
    /// The document of a problem.
    pub fn problem(&self, kind: ProblemPage, locale: Locale, details: &Details) -> Document {
        let (title, lead) = kind.heading(locale);
        let details = details.clone();
        let notice = Notice { locale, status: kind.status(), title, lead };
        self.plain(&notice, move || {
            view! { <Problem kind=kind details=details request_id=REQUEST_ID/> }
        })
    }
}
