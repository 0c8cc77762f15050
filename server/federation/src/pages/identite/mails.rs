//! The mails of ProConnect Identité, as text and as HTML.

use askama::Template;

/// The mail with a code.
#[derive(Template)]
#[template(path = "mail/identite/code.txt")]
pub(crate) struct CodeByMail<'a> {
    pub(crate) code: &'a str,
}

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/identite/code.html")]
pub(crate) struct CodeByMailHtml<'a> {
    pub(crate) code: &'a str,
}

/// The mail with a link that signs in.
#[derive(Template)]
#[template(path = "mail/identite/magic_link.txt")]
pub(crate) struct MagicLinkMail<'a> {
    pub(crate) link: &'a str,
}

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/identite/magic_link.html")]
pub(crate) struct MagicLinkMailHtml<'a> {
    pub(crate) link: &'a str,
}

/// The mail with a link to choose another password.
#[derive(Template)]
#[template(path = "mail/identite/reset.txt")]
pub(crate) struct ResetMail<'a> {
    pub(crate) link: &'a str,
}

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/identite/reset.html")]
pub(crate) struct ResetMailHtml<'a> {
    pub(crate) link: &'a str,
}
