//! The pages about second factors: asking for one, choosing one, setting up an authenticator.

use askama::Template;

use super::Notice;
use crate::idp::{AppSetup, Factors};

/// The page that asks for a second factor.
#[derive(Template)]
#[template(path = "identite/second_factor.html")]
pub(crate) struct SecondFactorPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    /// Whether the code typed before was wrong.
    pub(crate) wrong: bool,
    pub(crate) email: &'a str,
    pub(crate) factors: Factors,
}

/// The page that asks which second factor to set up for a service.
#[derive(Template)]
#[template(path = "identite/factor_choice.html")]
pub(crate) struct FactorChoicePage<'a> {
    pub(crate) csrf: &'a str,
    /// Where the form leads.
    pub(crate) action: &'static str,
    pub(crate) notice: Option<Notice>,
    /// The name of the service that asks for it, if it is known.
    pub(crate) service: Option<String>,
}

/// The same in the settings.
#[derive(Template)]
#[template(path = "identite/settings_factor_choice.html")]
pub(crate) struct FactorChoiceSettingsPage<'a> {
    /// Who is signed in.
    pub(crate) name: String,
    pub(crate) csrf: &'a str,
    /// Where the form leads.
    pub(crate) action: &'static str,
    pub(crate) notice: Option<Notice>,
}

/// The page that asks what will show codes.
#[derive(Template)]
#[template(path = "identite/app_choice.html")]
pub(crate) struct AppChoicePage<'a> {
    pub(crate) csrf: &'a str,
}

/// The page on which an app learns its secret.
#[derive(Template)]
#[template(path = "identite/authenticator.html")]
pub(crate) struct AuthenticatorPage<'a> {
    pub(crate) csrf: &'a str,
    /// Whether the code typed before was wrong.
    pub(crate) wrong: bool,
    pub(crate) setup: AppSetup,
}

/// The same in the settings.
#[derive(Template)]
#[template(path = "identite/settings_authenticator.html")]
pub(crate) struct AuthenticatorSettingsPage<'a> {
    /// Who is signed in.
    pub(crate) name: String,
    pub(crate) csrf: &'a str,
    /// Whether the code typed before was wrong.
    pub(crate) wrong: bool,
    pub(crate) setup: AppSetup,
    /// Whether another authenticator will no longer be good.
    pub(crate) replaces: bool,
}

/// The page that says that a second factor was set up.
#[derive(Template)]
#[template(path = "identite/factor_ready.html")]
pub(crate) struct FactorReadyPage<'a> {
    pub(crate) csrf: &'a str,
    /// Whether a service is waiting.
    pub(crate) waiting: bool,
    /// Its name, if it is known.
    pub(crate) service: Option<String>,
}
