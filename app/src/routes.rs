//! Every address the interface knows, as values: pages, and the server's routes it links to.
//!
//! Invariant: no component writes a path by hand.

use crate::format::query_value;
use crate::i18n::Locale;
use crate::level::TWO_STEPS;

/// Where the sign-out form posts to.
pub const SIGN_OUT: &str = "/auth/logout";

/// A page with an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The front page.
    Home,
    /// Where the ProConnect button is.
    SignIn,
    /// The account of the signed-in person.
    Account,
    /// Where the person is signed in, and how to end that.
    Sessions,
    /// What only who signed in in two steps sees.
    Protected,
    /// Where the person arrives after signing out.
    SignedOut,
    /// The accessibility statement.
    Accessibility,
    /// Who publishes the service.
    Legal,
    /// What becomes of personal data.
    PersonalData,
    /// What is kept in the browser.
    Cookies,
}

impl Page {
    /// Every page, in the order of the site map.
    pub const ALL: [Self; 10] = [
        Self::Home,
        Self::SignIn,
        Self::Account,
        Self::Sessions,
        Self::Protected,
        Self::SignedOut,
        Self::Accessibility,
        Self::Legal,
        Self::PersonalData,
        Self::Cookies,
    ];

    /// The page's path below the language's base.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::SignIn => "/connexion",
            Self::Account => "/compte",
            Self::Sessions => "/compte/sessions",
            Self::Protected => "/espace-protege",
            Self::SignedOut => "/deconnexion",
            Self::Accessibility => "/accessibilite",
            Self::Legal => "/mentions-legales",
            Self::PersonalData => "/donnees-personnelles",
            Self::Cookies => "/cookies",
        }
    }

    /// The page's path in a language.
    pub fn href(self, locale: Locale) -> String {
        match (self, locale) {
            (Self::Home, Locale::En) => locale.base().to_owned(),
            _ => [locale.base(), self.slug()].concat(),
        }
    }

    /// Where somebody who signs in after looking at a page wants to arrive.
    pub fn after_sign_in(before: Option<Self>) -> Self {
        match before {
            None | Some(Self::Home | Self::SignIn | Self::SignedOut) => Self::Account,
            Some(page) => page,
        }
    }

    /// The page at a path, if there is one.
    pub fn at(path: &str) -> Option<Self> {
        let locale = Locale::of_path(path);
        Self::ALL.into_iter().find(|page| page.href(locale) == path)
    }
}

/// The link that starts a sign-in and comes back to `page`.
pub fn sign_in(locale: Locale, page: Page) -> String {
    let return_to = query_value(&page.href(locale));
    match locale {
        Locale::Fr => format!("/auth/login?return_to={return_to}"),
        Locale::En => format!("/auth/login?return_to={return_to}&lang=en"),
    }
}

/// The link that asks for a sign-in in two steps and comes back to `page`. Who is signed in already
/// raises the level of their session.
pub fn step_up(locale: Locale, page: Page) -> String {
    [sign_in(locale, page), "&acr=".to_owned(), TWO_STEPS.join("+")].concat()
}
