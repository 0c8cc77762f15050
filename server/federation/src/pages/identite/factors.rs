//! The pages about second factors.

use askama::Template;

use super::Notice;
use crate::idp::Factors;

/// The page that asks for a second factor.
#[derive(Template)]
#[template(path = "identite/second_factor.html")]
pub(crate) struct SecondFactorPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    /// Whether the code typed before was wrong.
    pub(crate) wrong: bool,
    pub(crate) email: &'a str,
    pub(crate) factors: Factors,
}

/// The page that asks which second factor to set up.
#[derive(Template)]
#[template(path = "identite/factor_choice.html")]
pub(crate) struct FactorChoicePage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    /// The name of the service that asks for it, if it is known.
    pub(crate) service: Option<String>,
}
