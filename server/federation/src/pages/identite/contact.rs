//! The pages of the code that goes to an organisation's official address.

use askama::Template;

use super::Notice;
use crate::config::Organisation;
use crate::email::EmailAddress;

/// The page that asks which of the official addresses is to receive a code.
#[derive(Template)]
#[template(path = "identite/official_contact_choice.html")]
pub(crate) struct ChooseContactPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) organisation: Organisation,
    pub(crate) contacts: Vec<EmailAddress>,
}

/// The page that asks for the code.
#[derive(Template)]
#[template(path = "identite/official_contact_code.html")]
pub(crate) struct ContactCodePage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) organisation: Organisation,
    /// Where the code went.
    pub(crate) contact: &'a str,
    /// Whether another address could be chosen.
    pub(crate) has_others: bool,
    /// Whether a code has just left.
    pub(crate) sent: bool,
    /// Where mails arrive.
    pub(crate) mail_sink: &'a str,
}
