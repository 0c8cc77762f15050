//! Owns the levels of assurance and the rule that compares them: set membership, never an
//! order. A service that requires `eidas1` does not accept `eidas2`.

use serde::{Deserialize, Serialize};

use super::ClaimsParameter;

/// A level that ProConnect knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Acr {
    #[serde(rename = "eidas0")]
    Eidas0,
    #[serde(rename = "eidas0-mfa")]
    Eidas0Mfa,
    #[serde(rename = "eidas1")]
    Eidas1,
    #[serde(rename = "eidas1-mfa")]
    Eidas1Mfa,
    #[serde(rename = "eidas2")]
    Eidas2,
    #[serde(rename = "eidas3")]
    Eidas3,
    #[serde(rename = "https://proconnect.gouv.fr/assurance/certification-dirigeant")]
    CertificationDirigeant,
}

impl Acr {
    /// All levels in the order in which they are announced.
    pub(crate) const ALL: [Self; 7] = [
        Self::Eidas0,
        Self::Eidas0Mfa,
        Self::Eidas1,
        Self::Eidas1Mfa,
        Self::Eidas2,
        Self::Eidas3,
        Self::CertificationDirigeant,
    ];

    /// The names of [`Self::ALL`].
    pub(crate) const NAMES: [&'static str; 7] = [
        "eidas0",
        "eidas0-mfa",
        "eidas1",
        "eidas1-mfa",
        "eidas2",
        "eidas3",
        "https://proconnect.gouv.fr/assurance/certification-dirigeant",
    ];

    /// Reads a name; unknown ones are none.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|known| *known == name).map(|index| Self::ALL[index])
    }

    /// The name in tokens.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Eidas0 => "eidas0",
            Self::Eidas0Mfa => "eidas0-mfa",
            Self::Eidas1 => "eidas1",
            Self::Eidas1Mfa => "eidas1-mfa",
            Self::Eidas2 => "eidas2",
            Self::Eidas3 => "eidas3",
            Self::CertificationDirigeant => {
                "https://proconnect.gouv.fr/assurance/certification-dirigeant"
            }
        }
    }

    /// What a provider's answer is worth: an unknown or absent level counts as `eidas1`.
    pub(crate) fn of_provider(name: Option<&str>) -> Self {
        name.and_then(Self::parse).unwrap_or(Self::Eidas1)
    }
}

/// What a request demands of the level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Requirement {
    /// Any level will do.
    None,
    /// The level must be one of these. No level can satisfy an empty list, which is what
    /// remains of a demand for unknown levels only.
    OneOf(Vec<Acr>),
}

impl Requirement {
    /// Reads the demand; levels that ProConnect does not know are dropped.
    pub(crate) fn of(claims: &ClaimsParameter) -> Self {
        claims.essential_acr().map_or(Self::None, |values| {
            Self::OneOf(values.into_iter().filter_map(Acr::parse).collect())
        })
    }

    /// Whether the level satisfies the demand.
    pub(crate) fn is_met_by(&self, level: Acr) -> bool {
        match self {
            Self::None => true,
            Self::OneOf(levels) => levels.contains(&level),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_levels_agree() {
        for (level, name) in Acr::ALL.into_iter().zip(Acr::NAMES) {
            assert_eq!(level.as_str(), name);
            assert_eq!(Acr::parse(name), Some(level));
            assert_eq!(serde_json::to_value(level).expect("serialises"), name);
        }
    }

    #[test]
    fn matching_is_set_membership() {
        let require = |json: &str| Requirement::of(&ClaimsParameter::parse(json).expect("valid"));
        let single = r#"{"id_token":{"acr":{"essential":true,"value":"eidas1"}}}"#;
        let list = r#"{"id_token":{"acr":{"essential":true,"values":["eidas2","eidas3"]}}}"#;
        let unknown = r#"{"id_token":{"acr":{"essential":true,"value":"inconnu"}}}"#;
        let rows = [
            ("no demand", r#"{"id_token":{"acr":null}}"#, Acr::Eidas0, true),
            ("equal", single, Acr::Eidas1, true),
            ("a stronger level is another level", single, Acr::Eidas2, false),
            ("one of a list", list, Acr::Eidas3, true),
            ("none of a list", list, Acr::Eidas1Mfa, false),
            ("only unknown levels", unknown, Acr::Eidas1, false),
        ];
        for (row, json, level, met) in rows {
            assert_eq!(require(json).is_met_by(level), met, "{row}");
        }
    }

    #[test]
    fn an_unknown_answer_counts_as_eidas1() {
        assert_eq!(Acr::of_provider(Some("inconnu")), Acr::Eidas1);
        assert_eq!(Acr::of_provider(None), Acr::Eidas1);
        assert_eq!(Acr::of_provider(Some("eidas3")), Acr::Eidas3);
    }
}
