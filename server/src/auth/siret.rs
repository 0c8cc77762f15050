//! SIRET: the number of an establishment in the French business register.

use serde::{Deserialize, Serialize};

/// SIREN of La Poste, whose establishments do not follow the Luhn rule.
const LA_POSTE: &str = "356000000";

/// A well-formed SIRET: 14 digits that satisfy the Luhn rule, or La Poste's rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siret(String);

/// The text is not a SIRET.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SIRET: 14 digits with a valid check digit are expected")]
pub struct NotASiret;

impl Siret {
    /// Parses 14 digits; spaces between them are accepted, as people type them.
    pub fn parse(text: &str) -> Result<Self, NotASiret> {
        let digits: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotASiret);
        }
        let valid =
            luhn(&digits) || (digits.starts_with(LA_POSTE) && digit_sum(&digits).is_multiple_of(5));
        if valid { Ok(Self(digits)) } else { Err(NotASiret) }
    }

    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Siret {
    type Error = NotASiret;

    fn try_from(text: String) -> Result<Self, NotASiret> {
        Self::parse(&text)
    }
}

impl From<Siret> for String {
    fn from(siret: Siret) -> Self {
        siret.0
    }
}

fn digit_sum(digits: &str) -> u32 {
    digits.bytes().map(|byte| u32::from(byte - b'0')).sum()
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .map(|byte| u32::from(byte - b'0'))
        .enumerate()
        .map(|(position, digit)| match (position % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_the_register_decide() {
        let rows = [
            ("21920023500014", true, "a commune"),
            ("130 025 265 00013", true, "with spaces"),
            ("35600000000048", true, "La Poste, headquarters"),
            ("35600000012345", false, "La Poste, neither Luhn nor a multiple of five"),
            ("21920023500015", false, "wrong check digit"),
            ("2192002350001", false, "13 digits"),
            ("219200235000144", false, "15 digits"),
            ("2192002350001a", false, "a letter"),
            ("２１９２００２３５０００１４", false, "full-width digits"),
            ("", false, "nothing"),
        ];
        for (text, expected, why) in rows {
            assert_eq!(Siret::parse(text).is_ok(), expected, "{why}");
        }
    }
}
