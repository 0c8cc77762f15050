//! The document between this service and the next step of signing out.

use leptos::prelude::*;

use super::{Document, Documents, Notice};
use crate::i18n::Locale;
use crate::pages::leaving::{LeavingPage, heading};

impl Documents {
    /// The document, with a link to the next step: a local path of the server.
    pub fn leaving(&self, locale: Locale, next: &'static str) -> Document {
        let (title, lead) = heading(locale);
        let notice = Notice { locale, status: 200, title, lead };
        self.plain(&notice, move || view! { <LeavingPage next=next/> })
    }
}
