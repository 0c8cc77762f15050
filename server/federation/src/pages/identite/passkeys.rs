//! The pages about passkeys, and what others show of them.

use askama::Template;

use super::Notice;

/// The page that adds a passkey on the way to a service.
#[derive(Template)]
#[template(path = "identite/passkey.html")]
pub(crate) struct PasskeyPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
}

/// The same in the settings.
#[derive(Template)]
#[template(path = "identite/settings_passkey.html")]
pub(crate) struct PasskeySettingsPage<'a> {
    /// Who is signed in.
    pub(crate) name: String,
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
}

/// How the sign-in page offers the passkeys of an account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PasskeyOffer {
    /// Whether there is one that is good without a password.
    pub(crate) is_offered: bool,
    /// Whether the browser asks for it without being told to.
    pub(crate) is_automatic: bool,
}
