//! Owns the people and organisations of the local ProConnect: invented stand-ins for the
//! register of establishments and the accounts of ProConnect Identité.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::siret::Siret;

/// An establishment of the local register.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its SIRET.
    pub siret: Siret,
    /// The legal unit's full name.
    pub name: String,
    /// The establishment's own name, if it differs.
    pub sign: Option<String>,
    /// The four digits of its legal category (INSEE).
    pub legal_category: String,
    /// Whether the legal unit has ceased to exist.
    #[serde(default)]
    pub closed: bool,
    /// Whether the register may only show part of the entry.
    #[serde(default)]
    pub partial_diffusion: bool,
    /// Whether it is one of the State's operators.
    #[serde(default)]
    pub state_operator: bool,
}

/// A test account of ProConnect Identité.
///
/// The password is written in clear because the account is a public fixture, which the home
/// page shows to everyone.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The address that names the account.
    pub email: EmailAddress,
    /// The password, in clear.
    #[serde(skip_serializing)]
    pub password: SecretString,
    /// Given names.
    pub given_name: String,
    /// Family name in use.
    pub usual_name: String,
    /// Telephone number.
    pub phone_number: Option<String>,
    /// The SIRETs of the organisations that the person belongs to.
    #[serde(default)]
    pub organisations: Vec<Siret>,
    /// The SIRETs of the organisations that have not confirmed the person yet.
    #[serde(default)]
    pub pending_organisations: Vec<Siret>,
    /// What a tester finds here, for the list of test accounts.
    #[serde(default)]
    pub description: String,
}
