//! Owns the SIRET, the 14-digit number of a French establishment. A [`Siret`] always has a
//! valid Luhn key, with the exception that La Poste's establishments enjoy.

use std::fmt;

use serde::{Deserialize, Serialize};

const LA_POSTE: &str = "356000000";

/// A valid SIRET.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siret(String);

/// Why a text is no SIRET.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a SIRET has 14 digits and a valid Luhn key")]
pub struct InvalidSiret;

impl Siret {
    /// Reads a SIRET, ignoring white space between its digits.
    pub fn parse(text: &str) -> Result<Self, InvalidSiret> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let well_formed = digits.len() == 14 && digits.bytes().all(|b| b.is_ascii_digit());
        if well_formed && (digits.starts_with(LA_POSTE) || luhn(&digits)) {
            Ok(Self(digits))
        } else {
            Err(InvalidSiret)
        }
    }

    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first nine digits, which name the legal unit.
    pub fn siren(&self) -> &str {
        &self.0[..9]
    }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let digit = u32::from(byte - b'0');
            let weighted = if index % 2 == 1 { digit * 2 } else { digit };
            if weighted > 9 { weighted - 9 } else { weighted }
        })
        .sum();
    sum.is_multiple_of(10)
}

impl TryFrom<String> for Siret {
    type Error = InvalidSiret;

    fn try_from(text: String) -> Result<Self, InvalidSiret> {
        Self::parse(&text)
    }
}

impl From<Siret> for String {
    fn from(siret: Siret) -> Self {
        siret.0
    }
}

impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siret_rules_hold() {
        let rows = [
            ("a valid one", "21920023500014", true),
            ("white space is ignored", "219 200 235 00014", true),
            ("wrong Luhn key", "21920023500015", false),
            ("too short", "2192002350001", false),
            ("too long", "219200235000144", false),
            ("letters", "2192002350001A", false),
            ("empty", "", false),
            ("digits of another script", "２１９２００２３５０００１４", false),
            ("La Poste is exempt from Luhn", "35600000012345", true),
        ];
        for (row, text, valid) in rows {
            assert_eq!(Siret::parse(text).is_ok(), valid, "{row}");
        }
    }
}
