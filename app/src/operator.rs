//! Who runs the service, as its pages have to say: configured at the server, printed in documents.

use std::sync::Arc;

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::service::{Brand, Service};

/// The lines of the State's block.
const STATE: [&str; 2] = ["République", "Française"];

/// What an operator decides about the way the service presents itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Whose marks are shown.
    pub brand: Brand,
    /// The name of the service.
    pub service: String,
    /// Its name on English pages, if it has another one there.
    pub service_en: Option<String>,
    /// The lines of the brand block: under the Marianne for the State, else the operator's own name.
    pub logo: Vec<String>,
    /// Who publishes the service: name and address.
    pub publisher: Option<String>,
    /// The person who answers for what is published.
    pub director: Option<String>,
    /// Who hosts the service: name, address, telephone.
    pub host: Option<String>,
    /// Where people get help: an address or a page.
    pub support: Option<Contact>,
    /// The data protection officer.
    pub dpo: Option<Contact>,
    /// The result of the last audit of accessibility.
    pub accessibility: Accessibility,
    /// Further links of the footer.
    pub links: Vec<Link>,
}

impl Default for Operator {
    /// The service as it comes.
    fn default() -> Self {
        Self {
            brand: Brand::Etat,
            service: "Espace agent".to_owned(),
            service_en: None,
            logo: Vec::new(),
            publisher: None,
            director: None,
            host: None,
            support: None,
            dpo: None,
            accessibility: Accessibility::None,
            links: Vec::new(),
        }
    }
}

impl Operator {
    /// The service in a language.
    pub fn service(&self, locale: Locale) -> Service {
        match (locale, &self.service_en) {
            (Locale::En, Some(name)) => Service::new(name),
            _ => Service::new(&self.service),
        }
    }

    /// The lines of the brand block; none where there is no block.
    pub fn logo_lines(&self) -> Vec<&str> {
        if self.logo.is_empty() && self.brand == Brand::Etat {
            return STATE.to_vec();
        }
        self.logo.iter().map(String::as_str).collect()
    }
}

/// How people reach somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// By email.
    Email(String),
    /// By a page on the web.
    Page(String),
}

impl Contact {
    /// Reads an email address, or an address that begins with `https://`.
    pub fn parse(text: &str) -> Option<Self> {
        let has_space = text.contains(char::is_whitespace);
        match text.split_once('@') {
            _ if has_space => None,
            _ if text.starts_with("https://") => Some(Self::Page(text.to_owned())),
            Some((name, domain)) if !name.is_empty() && domain.contains('.') => {
                Some(Self::Email(text.to_owned()))
            }
            _ => None,
        }
    }

    /// Where a link to it leads.
    pub fn href(&self) -> String {
        match self {
            Self::Email(address) => ["mailto:", address].concat(),
            Self::Page(address) => address.clone(),
        }
    }

    /// What people read.
    pub fn text(&self) -> &str {
        match self {
            Self::Email(text) | Self::Page(text) => text,
        }
    }
}

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What people read.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// How far the service follows the RGAA, in the words that the law gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accessibility {
    /// Not at all, or nobody has looked.
    #[default]
    None,
    /// At least half of the criteria.
    Partial,
    /// All criteria.
    Full,
}

/// The operator of the document being rendered.
pub(crate) fn use_operator() -> Arc<Operator> {
    expect_context()
}
