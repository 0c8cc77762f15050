//! The pages of ProConnect Identité.

use askama::Template;

use crate::config::Organisation;

/// A notice that one page leaves for the next. Only known keys are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    InvalidEmail,
    InvalidCredentials,
    LogoutSuccess,
}

impl Notice {
    /// Reads `notification`.
    pub(crate) fn parse(key: Option<&str>) -> Option<Self> {
        match key? {
            "invalid_email" => Some(Self::InvalidEmail),
            "invalid_credentials" => Some(Self::InvalidCredentials),
            "logout_success" => Some(Self::LogoutSuccess),
            _ => None,
        }
    }

    fn is_error(self) -> bool {
        self != Self::LogoutSuccess
    }

    fn text(self) -> &'static str {
        match self {
            Self::InvalidEmail => "Erreur : adresse email invalide.",
            Self::InvalidCredentials => "Erreur : mot de passe incorrect.",
            Self::LogoutSuccess => "Vous êtes maintenant déconnecté.",
        }
    }
}

/// The page that asks for the address.
#[derive(Template)]
#[template(path = "identite/start_sign_in.html")]
pub(crate) struct StartPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) typed: String,
}

/// The page that asks for the password.
#[derive(Template)]
#[template(path = "identite/sign_in.html")]
pub(crate) struct SignInPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) email: &'a str,
}

/// The page for an address without an account.
#[derive(Template)]
#[template(path = "identite/sign_up.html")]
pub(crate) struct SignUpPage<'a> {
    pub(crate) email: &'a str,
}

/// The page that asks for the organisation.
#[derive(Template)]
#[template(path = "identite/select_organization.html")]
pub(crate) struct SelectOrganisationPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) organisations: Vec<Organisation>,
}

/// The page for a person whose organisation has not confirmed them.
#[derive(Template)]
#[template(path = "identite/pending.html")]
pub(crate) struct PendingPage {
    pub(crate) organisations: Vec<String>,
}

/// The page of a person who is signed in without a service waiting.
#[derive(Template)]
#[template(path = "identite/home.html")]
pub(crate) struct IdpHomePage<'a> {
    pub(crate) name: String,
    pub(crate) email: &'a str,
    pub(crate) organisations: Vec<String>,
}
