//! The pages of the mail sink. The HTML part of a mail is shown as source text only.

use askama::Template;

use crate::mail::Mail;

/// The list of mails.
#[derive(Template)]
#[template(path = "mail/list.html")]
pub(crate) struct MailsPage<'a> {
    pub(crate) mails: Vec<MailRow<'a>>,
    /// Whether they leave the machine, too.
    pub(crate) delivers: bool,
    /// The developer's home page.
    pub(crate) home: String,
}

/// A mail in the list.
pub(crate) struct MailRow<'a> {
    pub(crate) mail: &'a Mail,
    pub(crate) date: String,
}

/// One mail.
#[derive(Template)]
#[template(path = "mail/one.html")]
pub(crate) struct MailPage<'a> {
    pub(crate) mail: &'a Mail,
    pub(crate) date: String,
}

/// The page for a mail that is not there (any more).
#[derive(Template)]
#[template(path = "mail/none.html")]
pub(crate) struct NoMailPage {}

/// A letter in plain text.
#[derive(Template)]
#[template(path = "mail/letter.txt")]
pub(crate) struct LetterText<'a> {
    pub(crate) lines: &'a [String],
}

/// The same in HTML.
#[derive(Template)]
#[template(path = "mail/letter.html")]
pub(crate) struct LetterHtml<'a> {
    pub(crate) title: &'a str,
    pub(crate) lines: &'a [String],
}
