//! Owns the people whom FranceConnect and the register of leaders know: invented ones, each
//! described the way those two describe people.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// INSEE's code of France as a country of birth.
pub(crate) const FRANCE: &str = "99100";

/// Someone whom the local FranceConnect knows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Citizen {
    /// What names this entry.
    pub id: String,
    /// All given names, separated by spaces.
    pub given_name: String,
    /// The family name of birth.
    pub family_name: String,
    /// The family name in use, if it is another one.
    pub preferred_username: Option<String>,
    /// As the civil register has it.
    pub gender: Gender,
    /// The day of birth.
    pub birthdate: BirthDate,
    /// INSEE's code of the commune of birth; absent for people born abroad.
    pub birthplace: Option<String>,
    /// INSEE's code of the country of birth.
    #[serde(default = "france")]
    pub birthcountry: String,
    /// What a tester finds here, for the list of citizens.
    #[serde(default)]
    pub description: String,
}

/// A leader of an organisation, as the register of companies has it. What is absent there
/// contradicts nobody.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Leader {
    /// The family name of birth.
    pub family_name: String,
    /// The given names, the first one first.
    pub given_names: String,
    /// Often absent.
    pub gender: Option<Gender>,
    /// The day of birth.
    pub birthdate: BirthDate,
    /// INSEE's code of the commune of birth, as it was when the company was registered.
    pub birthplace: Option<String>,
    /// INSEE's code of the country of birth.
    pub birthcountry: Option<String>,
}

/// What FranceConnect said about the owner of a configured account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedIdentity {
    /// The `id` of a `[[citizen]]`.
    pub citizen: String,
    /// How many days ago that was when the account was written.
    #[serde(default)]
    pub days_ago: u16,
}

/// A gender under its name at FranceConnect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// `female`
    Female,
    /// `male`
    Male,
}

impl Gender {
    /// The name.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// A day of birth, written `1984-03-12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct BirthDate(NaiveDate);

/// Why a day of birth is refused.
#[derive(Debug, thiserror::Error)]
#[error("a birthdate is written as 1984-03-12")]
pub struct InvalidBirthDate;

impl TryFrom<String> for BirthDate {
    type Error = InvalidBirthDate;

    fn try_from(text: String) -> Result<Self, InvalidBirthDate> {
        NaiveDate::parse_from_str(&text, "%Y-%m-%d").map(Self).map_err(|_| InvalidBirthDate)
    }
}

impl From<BirthDate> for String {
    fn from(date: BirthDate) -> Self {
        date.to_string()
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl BirthDate {
    /// As people write it in France.
    pub(crate) fn in_french(self) -> String {
        self.0.format("%d/%m/%Y").to_string()
    }
}

fn france() -> String {
    FRANCE.to_owned()
}
