//! The page of the settings of an account.

use askama::Template;

use super::Notice;
use crate::idp::{Factors, KnownBrowser, Passkey, SignIn};

/// The page of the settings of an account.
#[derive(Template)]
#[template(path = "identite/settings.html")]
pub(crate) struct SettingsPage<'a> {
    /// Who is signed in.
    pub(crate) name: String,
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) email: &'a str,
    pub(crate) has_password: bool,
    pub(crate) factors: Factors,
    pub(crate) passkeys: Vec<Passkey>,
    /// The day on which the authenticator was set up.
    pub(crate) authenticator_since: Option<String>,
    pub(crate) browsers: Vec<KnownBrowser>,
    pub(crate) sign_ins: Vec<SignIn>,
}
