//! Wording that only documents have: the server prints it, the program leaves it as it is.
//!
//! Invariants: as for the other wording, no field is optional; `{service}` stands for the name of
//! the service.

mod en;
mod fr;

use super::Locale;
use super::messages::Meta;
use crate::articles::Article;
use crate::operator::Accessibility;
use crate::routes::TextPage;

/// Such wording of one language.
#[derive(Debug)]
pub(crate) struct Printed {
    pub tagline: &'static str,
    pub home_link: &'static str,
    pub footer: Footer,
    pub signed_out: SignedOut,
    pub site_map: SiteMap,
    pub levels: Levels,
    pub not_found: NotFound,
    accessibility: Meta,
    legal: Meta,
    personal_data: Meta,
    cookies: Meta,
}

impl Locale {
    /// The language's wording for documents.
    pub(crate) const fn printed(self) -> &'static Printed {
        match self {
            Self::Fr => &fr::PRINTED,
            Self::En => &en::PRINTED,
        }
    }
}

impl Printed {
    /// Title and description of a page.
    pub(crate) const fn meta(&self, page: TextPage) -> &Meta {
        match page {
            TextPage::SignedOut => &self.signed_out.meta,
            TextPage::SiteMap => &self.site_map.meta,
            TextPage::Levels => &self.levels.meta,
            TextPage::Article(Article::Accessibility) => &self.accessibility,
            TextPage::Article(Article::Legal) => &self.legal,
            TextPage::Article(Article::PersonalData) => &self.personal_data,
            TextPage::Article(Article::Cookies) => &self.cookies,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Footer {
    pub description: &'static str,
    pub not_compliant: &'static str,
    pub partly_compliant: &'static str,
    pub fully_compliant: &'static str,
    pub support: &'static str,
    pub other_language: &'static str,
    pub licence: &'static str,
    pub licence_name: &'static str,
}

impl Footer {
    /// What the law wants a footer to say about accessibility.
    pub(crate) const fn accessibility(&self, state: Accessibility) -> &'static str {
        match state {
            Accessibility::None => self.not_compliant,
            Accessibility::Partial => self.partly_compliant,
            Accessibility::Full => self.fully_compliant,
        }
    }
}

#[derive(Debug)]
pub(crate) struct SignedOut {
    pub meta: Meta,
    pub heading: &'static str,
    pub text: &'static str,
    pub advice: &'static str,
    pub again: &'static str,
    pub home: &'static str,
}

#[derive(Debug)]
pub(crate) struct SiteMap {
    pub meta: Meta,
    pub service: &'static str,
    pub account: &'static str,
    pub about: &'static str,
}

#[derive(Debug)]
pub(crate) struct NotFound {
    pub meta: Meta,
    pub code: &'static str,
    pub lead: &'static str,
    pub text: &'static str,
    pub home: &'static str,
}

/// What assurance levels are.
#[derive(Debug)]
pub(crate) struct Levels {
    pub meta: Meta,
    pub lead: &'static str,
    pub level: &'static str,
    pub identity: &'static str,
    pub means: &'static str,
    pub rows: [LevelRow; 6],
    pub manager_heading: &'static str,
    pub manager: &'static str,
}

/// What a level says of the person, and what it takes.
#[derive(Debug)]
pub(crate) struct LevelRow {
    pub acr: &'static str,
    pub name: &'static str,
    pub identity: &'static str,
    pub means: &'static str,
}
