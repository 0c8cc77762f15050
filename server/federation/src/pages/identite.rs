//! The pages of ProConnect Identité.

mod advice;
mod contact;
mod factors;
mod leaders;
mod mails;
mod notice;
mod organisations;
mod passkeys;
mod settings;

use askama::Template;

use crate::idp::{Misfits, TypedInformation};
use crate::storage::StoredIdentity;

pub(crate) use advice::{Advice, AdvicePage, AdviceSettingsPage};
pub(crate) use contact::{ChooseContactPage, ContactCodePage};
pub(crate) use factors::{
    AppChoicePage, AuthenticatorPage, AuthenticatorSettingsPage, FactorChoicePage,
    FactorChoiceSettingsPage, FactorReadyPage, SecondFactorPage,
};
pub(crate) use leaders::{FranceConnectPage, UncertifiedPage, WelcomeLeaderPage};
pub(crate) use mails::{
    CodeByMail, CodeByMailHtml, MagicLinkMail, MagicLinkMailHtml, ResetMail, ResetMailHtml,
};
pub(crate) use notice::Notice;
pub(crate) use organisations::{
    ConfirmPage, JoinPage, ManageOrganisationsPage, PendingPage, RejectedPage, RestrictedPage,
    Restriction, SelectOrganisationPage, SuggestionsPage, WelcomePage,
};
pub(crate) use passkeys::{PasskeyOffer, PasskeyPage, PasskeySettingsPage};
pub(crate) use settings::SettingsPage;

/// The page that asks for the address.
#[derive(Template)]
#[template(path = "identite/start_sign_in.html")]
pub(crate) struct StartPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) typed: String,
    /// An address that may be meant, and where it leads.
    pub(crate) suggestion: Option<(String, String)>,
}

/// The page that asks for the password.
#[derive(Template)]
#[template(path = "identite/sign_in.html")]
pub(crate) struct SignInPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    /// What is wrong with the password.
    pub(crate) password_error: Option<Notice>,
    pub(crate) email: &'a str,
    pub(crate) passkey: PasskeyOffer,
}

impl SignInPage<'_> {
    fn has_error(&self) -> bool {
        self.password_error.or(self.notice).is_some_and(Notice::is_error)
    }
}

/// The page that opens an account.
#[derive(Template)]
#[template(path = "identite/sign_up.html")]
pub(crate) struct SignUpPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) email: &'a str,
}

/// The page that asks for the code sent by email.
#[derive(Template)]
#[template(path = "identite/verify_email.html")]
pub(crate) struct VerifyEmailPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) email: &'a str,
    /// Whether a code has just left.
    pub(crate) sent: bool,
    /// How many seconds it is good manners to wait for another one.
    pub(crate) wait: i64,
    /// Where mails arrive.
    pub(crate) mail_sink: &'a str,
}

/// The page after a link was sent.
#[derive(Template)]
#[template(path = "identite/magic_link_sent.html")]
pub(crate) struct MagicLinkSentPage<'a> {
    pub(crate) email: &'a str,
    /// Where mails arrive.
    pub(crate) mail_sink: &'a str,
}

/// The page that a link leads to.
#[derive(Template)]
#[template(path = "identite/magic_link.html")]
pub(crate) struct MagicLinkPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) token: &'a str,
    /// Whether the link was asked for in this browser.
    pub(crate) same_browser: bool,
}

/// The page that asks whose password is forgotten.
#[derive(Template)]
#[template(path = "identite/reset_password.html")]
pub(crate) struct ResetPasswordPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) typed: &'a str,
}

/// The page that asks for another password.
#[derive(Template)]
#[template(path = "identite/change_password.html")]
pub(crate) struct ChangePasswordPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) token: &'a str,
}

/// The page that asks for the names.
#[derive(Template)]
#[template(path = "identite/personal_information.html")]
pub(crate) struct PersonalInformationPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) typed: TypedInformation,
    pub(crate) misfits: Misfits,
    /// Whether FranceConnect gave the names, so that they cannot be changed.
    pub(crate) confirmed: bool,
}

/// The page on which people change what they said about themselves.
#[derive(Template)]
#[template(path = "identite/account_information.html")]
pub(crate) struct AccountInformationPage<'a> {
    /// Who is signed in.
    pub(crate) name: String,
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) typed: TypedInformation,
    pub(crate) misfits: Misfits,
    /// What FranceConnect said: then there are only its names to choose from.
    pub(crate) identity: Option<StoredIdentity>,
}

/// The page of a person who is signed in without a service waiting.
#[derive(Template)]
#[template(path = "identite/home.html")]
pub(crate) struct IdpHomePage<'a> {
    pub(crate) name: String,
    pub(crate) email: &'a str,
    pub(crate) organisations: Vec<String>,
}
