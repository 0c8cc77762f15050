//! The page of the local FranceConnect.

use askama::Template;

use crate::config::{Citizen, Gender};

/// The page on which one picks the citizen whom one wants to be.
#[derive(Template)]
#[template(path = "franceconnect/citizens.html")]
pub(crate) struct CitizensPage<'a> {
    pub(crate) brand: &'static str,
    pub(crate) csrf: &'a str,
    pub(crate) citizens: Vec<Citizen>,
    /// Whether none was picked.
    pub(crate) nobody: bool,
}

impl Citizen {
    /// How the page calls somebody.
    fn shown_name(&self) -> String {
        match &self.preferred_username {
            Some(name) => format!("{} {name} ({})", self.given_name, self.family_name),
            None => format!("{} {}", self.given_name, self.family_name),
        }
    }

    /// When somebody was born.
    fn born(&self) -> String {
        let ending = if self.gender == Gender::Female { "née" } else { "né" };
        format!("{ending} le {}", self.birthdate.in_french())
    }
}
