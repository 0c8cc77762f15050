//! Every address the interface knows, as values: pages, and the server's routes it links to.
//!
//! Invariant: no component writes a path by hand.

use crate::articles::Article;
use crate::format::query_value;
use crate::i18n::Locale;
use crate::level::TWO_STEPS;

/// Where the sign-out form posts to.
pub const SIGN_OUT: &str = "/auth/logout";

/// Where one goes then, so that ProConnect ends its session, too.
pub const SIGN_OUT_THERE: &str = "/auth/logout/continue";

/// The pages of the account, its overview first.
pub const ACCOUNT_PAGES: [Page; 5] =
    [Page::Account, Page::Identity, Page::Organisation, Page::Security, Page::Sessions];

/// A page with an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The front page.
    Home,
    /// Where the ProConnect button is.
    SignIn,
    /// The account of the signed-in person.
    Account,
    /// Who they are, and who says so.
    Identity,
    /// The organisation they act for.
    Organisation,
    /// The level of their sign-in.
    Security,
    /// Where the person is signed in, and how to end that.
    Sessions,
    /// What only who signed in in two steps sees.
    Protected,
    /// A page that only the server writes.
    Text(TextPage),
}

/// A page without anything that changes: it is loaded, never made by the browser's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPage {
    /// Where the person arrives after signing out.
    SignedOut,
    /// Every page that one can go to.
    SiteMap,
    /// What assurance levels are.
    Levels,
    /// What the law wants said.
    Article(Article),
}

impl Page {
    /// Where the person arrives after signing out.
    pub const SIGNED_OUT: Self = Self::Text(TextPage::SignedOut);
    /// Every page that one can go to.
    pub const SITE_MAP: Self = Self::Text(TextPage::SiteMap);
    /// What assurance levels are.
    pub const LEVELS: Self = Self::Text(TextPage::Levels);
    /// The accessibility statement.
    pub const ACCESSIBILITY: Self = Self::Text(TextPage::Article(Article::Accessibility));
    /// Who publishes the service.
    pub const LEGAL: Self = Self::Text(TextPage::Article(Article::Legal));
    /// What becomes of personal data.
    pub const PERSONAL_DATA: Self = Self::Text(TextPage::Article(Article::PersonalData));
    /// What is kept in the browser.
    pub const COOKIES: Self = Self::Text(TextPage::Article(Article::Cookies));

    /// Every page.
    pub const ALL: [Self; 15] = [
        Self::Home,
        Self::SignIn,
        Self::Account,
        Self::Identity,
        Self::Organisation,
        Self::Security,
        Self::Sessions,
        Self::Protected,
        Self::SIGNED_OUT,
        Self::SITE_MAP,
        Self::LEVELS,
        Self::ACCESSIBILITY,
        Self::LEGAL,
        Self::PERSONAL_DATA,
        Self::COOKIES,
    ];

    /// The page's path below the language's base.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::SignIn => "/connexion",
            Self::Account => "/compte",
            Self::Identity => "/compte/identite",
            Self::Organisation => "/compte/organisation",
            Self::Security => "/compte/securite",
            Self::Sessions => "/compte/sessions",
            Self::Protected => "/espace-protege",
            Self::SIGNED_OUT => "/deconnexion",
            Self::SITE_MAP => "/plan-du-site",
            Self::LEVELS => "/niveaux-de-garantie",
            Self::ACCESSIBILITY => "/accessibilite",
            Self::LEGAL => "/mentions-legales",
            Self::PERSONAL_DATA => "/donnees-personnelles",
            Self::COOKIES => "/cookies",
        }
    }

    /// The page's path in a language.
    pub fn href(self, locale: Locale) -> String {
        match (self, locale) {
            (Self::Home, Locale::En) => locale.base().to_owned(),
            _ => [locale.base(), self.slug()].concat(),
        }
    }

    /// Whether the page is a part of another one.
    pub fn is_below(self, other: Self) -> bool {
        other == Self::Account && self != other && ACCOUNT_PAGES.contains(&self)
    }

    /// Where somebody who signs in after looking at a page wants to arrive.
    pub fn after_sign_in(before: Option<Self>) -> Self {
        match before {
            None | Some(Self::Home | Self::SignIn | Self::SIGNED_OUT) => Self::Account,
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
