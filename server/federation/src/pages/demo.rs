//! The pages of the demo administrations.

use std::collections::BTreeMap;

use askama::Template;

/// The list of the demo administrations.
#[derive(Template)]
#[template(path = "demo/index.html")]
pub(crate) struct DemoIndexPage {
    /// Uid and title of each.
    pub(crate) providers: Vec<(String, String)>,
}

/// The sign-in form.
#[derive(Template)]
#[template(path = "demo/form.html")]
pub(crate) struct DemoFormPage<'a> {
    pub(crate) title: &'a str,
    pub(crate) csrf: &'a str,
    pub(crate) email: String,
    pub(crate) fields: Vec<FormField>,
    pub(crate) refused_level: bool,
    /// The levels that are demanded.
    pub(crate) demanded: String,
    /// The levels that are preferred.
    pub(crate) preferred: String,
    /// Further parameters of the request.
    pub(crate) hints: &'a BTreeMap<String, String>,
}

/// A field of the form.
pub(crate) struct FormField {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) value: String,
}

impl FormField {
    /// An identifier that may stand in HTML attributes and selectors.
    fn id(&self) -> String {
        self.name.replace(':', "-")
    }
}

/// The page after a sign-out that leads nowhere else.
#[derive(Template)]
#[template(path = "demo/signed_out.html")]
pub(crate) struct SignedOutOfPage<'a> {
    pub(crate) brand: &'a str,
}
