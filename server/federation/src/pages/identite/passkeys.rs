//! The pages about passkeys, and what others show of them.

use askama::Template;

use super::Notice;

/// The page that adds a passkey.
#[derive(Template)]
#[template(path = "identite/passkey.html")]
pub(crate) struct PasskeyPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    /// Where to go without adding one.
    pub(crate) way_out: &'static str,
}

/// How the sign-in page offers the passkeys of an account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PasskeyOffer {
    /// Whether there is one that is good without a password.
    pub(crate) is_offered: bool,
    /// Whether the browser asks for it without being told to.
    pub(crate) is_automatic: bool,
}
