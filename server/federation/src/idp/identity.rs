//! Owns what an identity that FranceConnect confirmed is worth, and what it calls people.

use serde::Deserialize;

use super::TypedInformation;
use super::policy::Assurance;
use crate::config::Citizen;
use crate::franceconnect::sub_of;
use crate::storage::StoredIdentity;

/// How long FranceConnect's word is good for, in seconds.
const CONFIRMED_FOR: i64 = 90 * 24 * 3600;

/// The claims of FranceConnect about a person. All but the name in use are always there; people
/// born abroad have no place of birth.
#[derive(Debug, Deserialize)]
pub(super) struct IdentityClaims {
    sub: String,
    given_name: String,
    family_name: String,
    #[serde(default)]
    preferred_username: Option<String>,
    gender: String,
    birthdate: String,
    #[serde(default)]
    birthplace: String,
    birthcountry: String,
}

impl IdentityClaims {
    /// The identity, unless it lacks a name.
    pub(super) fn confirmed(self, now: i64) -> Option<StoredIdentity> {
        let named = |name: &String| !name.trim().is_empty();
        (named(&self.given_name) && named(&self.family_name)).then(|| StoredIdentity {
            sub: self.sub,
            given_name: self.given_name,
            family_name: self.family_name,
            preferred_username: self.preferred_username.filter(named),
            gender: self.gender,
            birthdate: self.birthdate,
            birthplace: self.birthplace,
            birthcountry: self.birthcountry,
            confirmed_at: now,
        })
    }
}

impl StoredIdentity {
    /// What FranceConnect would say about somebody.
    pub(super) fn of_citizen(citizen: &Citizen, confirmed_at: i64) -> Self {
        Self {
            sub: sub_of(citizen),
            given_name: citizen.given_name.clone(),
            family_name: citizen.family_name.clone(),
            preferred_username: citizen.preferred_username.clone(),
            gender: citizen.gender.as_str().to_owned(),
            birthdate: citizen.birthdate.to_string(),
            birthplace: citizen.birthplace.clone().unwrap_or_default(),
            birthcountry: citizen.birthcountry.clone(),
            confirmed_at,
        }
    }

    /// What it is worth by now.
    pub(super) fn assurance(&self, now: i64) -> Assurance {
        if now - self.confirmed_at > CONFIRMED_FOR {
            Assurance::Stale
        } else {
            Assurance::Certified
        }
    }

    /// The given names by which the account may go: all of them, or one.
    pub(crate) fn given_names(&self) -> Vec<&str> {
        let each = self.given_name.split_whitespace();
        let mut names = vec![self.given_name.trim()];
        names.extend(each.filter(|name| *name != self.given_name.trim()));
        names
    }

    /// The family names by which the account may go: that of birth, and that in use.
    pub(crate) fn family_names(&self) -> Vec<&str> {
        let mut names = vec![self.family_name.as_str()];
        names.extend(self.preferred_username.as_deref());
        names
    }

    /// Whether the names are some of those.
    pub(super) fn offers(&self, typed: &TypedInformation) -> bool {
        self.given_names().contains(&typed.given_name.as_str())
            && self.family_names().contains(&typed.family_name.as_str())
    }

    /// The first given name, by which the account goes.
    pub(crate) fn first_given_name(&self) -> &str {
        self.given_name.split_whitespace().next().unwrap_or_default()
    }

    /// The family name by which the account goes.
    pub(crate) fn name_in_use(&self) -> &str {
        self.preferred_username.as_deref().unwrap_or(&self.family_name)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn confirmed(changes: &Value) -> Option<StoredIdentity> {
        let mut claims = json!({
            "sub": "1", "given_name": "Camille Jeanne", "family_name": "Roche", "gender": "female",
            "birthdate": "1990-06-30", "birthplace": "69383", "birthcountry": "99100",
        });
        for (name, value) in changes.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        let claims = serde_json::from_value::<IdentityClaims>(claims).ok()?;
        claims.confirmed(1000)
    }

    #[test]
    fn people_go_by_their_first_given_name_and_the_name_in_use() {
        let identity = confirmed(&json!({})).expect("an identity");
        assert_eq!((identity.first_given_name(), identity.name_in_use()), ("Camille", "Roche"));

        for (usage, expected) in [("Roche-Petit", "Roche-Petit"), ("", "Roche"), (" ", "Roche")] {
            let identity = confirmed(&json!({ "preferred_username": usage })).expect("one");
            assert_eq!(identity.name_in_use(), expected, "{usage:?}");
        }
        for nameless in [json!({ "given_name": "" }), json!({ "family_name": null })] {
            assert_eq!(confirmed(&nameless), None, "{nameless}");
        }
    }

    #[test]
    fn people_choose_among_their_own_names() {
        let identity = confirmed(&json!({ "preferred_username": "Roche-Petit" })).expect("one");
        assert_eq!(identity.given_names(), ["Camille Jeanne", "Camille", "Jeanne"]);
        assert_eq!(identity.family_names(), ["Roche", "Roche-Petit"]);
        let rows =
            [("Jeanne", "Roche", true), ("Jean", "Roche", false), ("Camille", "Petit", false)];
        for (given, family, offered) in rows {
            let typed = TypedInformation {
                given_name: given.to_owned(),
                family_name: family.to_owned(),
                ..TypedInformation::default()
            };
            assert_eq!(identity.offers(&typed), offered, "{given} {family}");
        }
        let one = confirmed(&json!({ "given_name": "Karim" })).expect("one");
        assert_eq!(one.given_names(), ["Karim"]);
    }

    #[test]
    fn an_identity_is_good_for_ninety_days() {
        let identity = confirmed(&json!({})).expect("an identity");
        let rows = [
            (0, Assurance::Certified),
            (CONFIRMED_FOR, Assurance::Certified),
            (CONFIRMED_FOR + 1, Assurance::Stale),
        ];
        for (age, expected) in rows {
            assert_eq!(identity.assurance(1000 + age), expected, "{age}");
        }
    }
}
