//! The hub's pages.

use std::borrow::Cow;
use std::fmt::Write as _;

use askama::Template;
use url::form_urlencoded;

use crate::config::Mire;
use crate::hub::{Asked, HubError, Parties};
use crate::protocol::{OAuthError, with_query};

/// The page that asks for the email address.
#[derive(Template)]
#[template(path = "hub/email.html")]
pub(crate) struct EmailPage<'a> {
    pub(crate) service: String,
    pub(crate) csrf: &'a str,
    pub(crate) interaction: &'a str,
    pub(crate) typed: TypedText,
    pub(crate) settings: &'a Mire,
}

/// What stands in the address field.
#[derive(Debug, Default)]
pub(crate) struct TypedText {
    pub(crate) text: String,
    /// Whether the page says that it is wrong.
    pub(crate) invalid: bool,
    /// What was probably meant, with the page that has it in the field.
    pub(crate) suggestion: Option<(String, String)>,
}

/// The page that asks which of several identity providers to use.
#[derive(Template)]
#[template(path = "hub/choice.html")]
pub(crate) struct ChoicePage<'a> {
    pub(crate) csrf: &'a str,
    /// The email page, with the address that was typed.
    pub(crate) back: String,
    pub(crate) offers_identite: bool,
    pub(crate) choices: Vec<Choice<'a>>,
}

/// One of several identity providers.
pub(crate) struct Choice<'a> {
    pub(crate) uid: &'a str,
    pub(crate) label: &'a str,
}

/// The page that asks for the code sent by email.
#[derive(Template)]
#[template(path = "hub/email_code.html")]
pub(crate) struct EmailCodePage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) asked: &'a Asked,
    /// Where the mail can be read.
    pub(crate) mail_sink: &'a str,
}

/// The text of the mail with the code.
#[derive(Template)]
#[template(path = "mail/code.txt")]
pub(crate) struct CodeMail<'a> {
    pub(crate) code: &'a str,
}

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/code.html")]
pub(crate) struct CodeMailHtml<'a> {
    pub(crate) code: &'a str,
}

/// The page about accessibility.
#[derive(Template)]
#[template(path = "hub/accessibility.html")]
pub(crate) struct AccessibilityPage {}

/// The page after a sign-out that leads nowhere else.
#[derive(Template)]
#[template(path = "hub/signed_out.html")]
pub(crate) struct SignedOutPage {}

/// The error page.
#[derive(Template)]
#[template(path = "hub/error.html")]
pub(crate) struct HubErrorPage {
    title: &'static str,
    text: Cow<'static, str>,
    code: String,
    alias: Option<&'static str>,
    id: String,
    message: String,
    /// The address that opens a prefilled mail.
    report: String,
    /// Whether the mail is the better way on.
    report_first: bool,
    back: Option<ReturnLink>,
}

/// The way back to the service.
pub(crate) struct ReturnLink(pub(super) String);

impl ReturnLink {
    /// Leads to the service with this error.
    pub(crate) fn new(prefix: &str, interaction: &str, error: &OAuthError) -> Self {
        Self(with_query(
            &format!("{prefix}/interaction/{interaction}/error"),
            &[
                ("error", error.error.as_ref()),
                ("error_description", error.error_description.as_ref()),
            ],
        ))
    }
}

impl HubErrorPage {
    pub(crate) fn new(
        error: &HubError,
        id: String,
        (support, parties): (&str, &Parties),
        back: Option<ReturnLink>,
    ) -> Self {
        let code = error.code();
        Self {
            title: error.title(),
            text: error.text(),
            report: mail(support, &code, &id, parties),
            report_first: error.is_for_support(),
            code,
            alias: error.alias(),
            id,
            message: error.to_string(),
            back,
        }
    }
}

/// A `mailto:` address; mail programs want spaces as `%20`.
fn mail(to: &str, code: &str, id: &str, parties: &Parties) -> String {
    let mut body = format!("Code de l'erreur : {code}\nIdentifiant de l'erreur : {id}\n");
    for (label, name) in
        [("Service", &parties.service), ("Fournisseur d'identité", &parties.provider)]
    {
        if let Some(name) = name {
            let _infallible = writeln!(body, "{label} : {name}");
        }
    }
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("subject", &format!("Signaler l'erreur {code} sur ProConnect"))
        .append_pair("body", &body)
        .finish();
    format!("mailto:{to}?{}", query.replace('+', "%20"))
}
