//! Owns what can be configured about the page that asks for the email address.

use serde::Deserialize;

use crate::email::EmailAddress;

/// The email page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mire {
    /// Domains that are never taken for a misspelling of another one.
    pub accepted_domains: Vec<String>,
    /// A notice above the form.
    pub notification: Option<String>,
    /// A notice about a maintenance to come.
    pub maintenance: Option<String>,
    /// The address that the button "Fédération Renater" stands for; no button without it.
    pub renater_email: Option<EmailAddress>,
}
