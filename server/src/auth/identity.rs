//! What the service knows of a person who signed in.
//!
//! Only verified claims become an [`Identity`], each bounded in size; a claim that ProConnect may
//! omit is an `Option`, never an empty text.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::siret::Siret;

/// Longest text claim that is kept, in characters (ProConnect's own limit is 256).
const MAX_TEXT: usize = 256;
/// Most entries of a list claim that are kept.
const MAX_LIST: usize = 32;

/// A person, as ProConnect described them at sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// ProConnect's identifier of the person, the same for every service.
    pub sub: String,
    /// First names.
    pub given_name: Option<String>,
    /// Family name in use.
    pub usual_name: Option<String>,
    /// Email address, verified by the identity provider.
    pub email: Option<String>,
    /// Telephone number, not verified.
    pub phone_number: Option<String>,
    /// Identifier of the person at their identity provider.
    pub uid: Option<String>,
    /// SIRET of the organisation.
    pub siret: Option<Siret>,
    /// Display name of the organisation.
    pub organization_label: Option<String>,
    /// Roles that ProConnect computed from the SIRET.
    pub roles: Vec<String>,
    /// Identifier of the identity provider.
    pub idp_id: Option<String>,
    /// Level of this sign-in.
    pub acr: Option<String>,
    /// Methods of this sign-in.
    pub amr: Vec<String>,
    /// Rarer claims, by their names, which are only shown; those inside `custom` as `custom.NAME`.
    #[serde(default)]
    pub details: BTreeMap<String, String>,
}

/// Claims of a verified ID token that the service uses.
#[derive(Debug, Deserialize)]
pub struct VerifiedIdToken {
    /// Subject.
    pub sub: String,
    /// Hash of the access token.
    pub at_hash: Option<String>,
    /// When the person was last at ProConnect, in seconds since 1970-01-01 UTC.
    #[serde(default)]
    pub auth_time: Option<i64>,
    /// Level retained for this sign-in.
    #[serde(default, deserialize_with = "text")]
    pub acr: Option<String>,
    /// Methods used.
    #[serde(default, deserialize_with = "list")]
    pub amr: Vec<String>,
}

/// Claims of userinfo, from JSON or from a verified JWT.
#[derive(Debug, Deserialize)]
pub struct UserinfoClaims {
    /// Subject; must be that of the ID token.
    pub sub: String,
    #[serde(default, deserialize_with = "text")]
    given_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    usual_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    email: Option<String>,
    #[serde(default, deserialize_with = "text")]
    phone_number: Option<String>,
    #[serde(default, deserialize_with = "text")]
    uid: Option<String>,
    #[serde(default, deserialize_with = "text")]
    siret: Option<String>,
    #[serde(default, deserialize_with = "text")]
    organization_label: Option<String>,
    #[serde(default, deserialize_with = "list")]
    roles: Vec<String>,
    #[serde(default, deserialize_with = "text")]
    idp_id: Option<String>,
    #[serde(default)]
    custom: Value,
    /// Everything else; of it, [`DETAILS`] are kept.
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// Claims that few services are granted, and that are only shown.
const DETAILS: [&str; 6] = [
    "siren",
    "organizational_unit",
    "belonging_population",
    "chorusdt:matricule",
    "chorusdt:societe",
    "idp_acr",
];

impl UserinfoClaims {
    fn details(&self) -> BTreeMap<String, String> {
        let named = DETAILS.iter().filter_map(|name| {
            let value = self.others.get(*name)?.as_str()?.to_owned();
            Some(((*name).to_owned(), bounded(value)?))
        });
        let custom = self.custom.as_object().into_iter().flatten();
        let custom = custom.filter_map(|(name, value)| {
            Some((format!("custom.{}", bounded(name.clone())?), shown(value)?))
        });
        named.chain(custom.take(MAX_LIST)).collect()
    }
}

impl Identity {
    /// Puts together what the ID token says of the sign-in and userinfo of the person.
    pub fn from_verified(id_token: VerifiedIdToken, userinfo: UserinfoClaims) -> Self {
        let details = userinfo.details();
        Self {
            sub: id_token.sub,
            given_name: userinfo.given_name,
            usual_name: userinfo.usual_name,
            email: userinfo.email,
            phone_number: userinfo.phone_number,
            uid: userinfo.uid,
            siret: userinfo.siret.and_then(|siret| Siret::parse(&siret).ok()),
            organization_label: userinfo.organization_label,
            roles: userinfo.roles,
            idp_id: userinfo.idp_id,
            acr: id_token.acr,
            amr: id_token.amr,
            details,
        }
    }
}

impl Identity {
    /// The same person as userinfo tells of them now; the level is that of the sign-in.
    #[must_use]
    pub fn renewed(&self, userinfo: UserinfoClaims) -> Self {
        let id_token = VerifiedIdToken {
            sub: self.sub.clone(),
            at_hash: None,
            auth_time: None,
            acr: self.acr.clone(),
            amr: self.amr.clone(),
        };
        Self::from_verified(id_token, userinfo)
    }
}

/// A text claim: anything but a non-empty text of bounded length counts as absent, since one odd
/// claim of an identity provider must not keep the person out.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => bounded(text),
        _ => None,
    })
}

fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(values) => values
            .into_iter()
            .take(MAX_LIST)
            .filter_map(|value| match value {
                Value::String(text) => bounded(text),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    })
}

/// A value of any type as people can read it; nothing where there is nothing, or too much, to read.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => bounded(text.clone()),
        other => bounded(other.to_string()),
    }
}

fn bounded(text: String) -> Option<String> {
    let length = text.chars().count();
    (1..=MAX_TEXT).contains(&length).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn userinfo(json: &str) -> UserinfoClaims {
        serde_json::from_str(json).expect(json)
    }

    #[test]
    fn odd_claims_count_as_absent() {
        let long = format!(r#"{{"sub":"s","given_name":"{}"}}"#, "a".repeat(257));
        for json in [
            r#"{"sub":"s"}"#,
            r#"{"sub":"s","given_name":null}"#,
            r#"{"sub":"s","given_name":""}"#,
            r#"{"sub":"s","given_name":["Angela"]}"#,
            r#"{"sub":"s","given_name":{"fr":"Angela"}}"#,
            &long,
        ] {
            assert_eq!(userinfo(json).given_name, None, "{json}");
        }
    }

    #[test]
    fn lists_keep_only_their_texts() {
        let claims = userinfo(r#"{"sub":"s","roles":["agent_public",1,null,""]}"#);

        assert_eq!(claims.roles, ["agent_public"]);
        assert!(userinfo(r#"{"sub":"s","roles":"agent_public"}"#).roles.is_empty());
    }

    #[test]
    fn rare_claims_are_kept_by_name_and_unknown_ones_are_not() {
        let claims = userinfo(
            r#"{"sub":"s","organizational_unit":"comptabilite","chorusdt:societe":"CHT",
                "belonging_population":7,"lasuite_visio":"x","email_verified":true,
                "custom":{"grade":"A+","years":7,"none":null,"tags":["a","b"]}}"#,
        );

        let details: Vec<_> = claims.details().into_iter().collect();

        let expected = [
            ("chorusdt:societe", "CHT"),
            ("custom.grade", "A+"),
            ("custom.tags", r#"["a","b"]"#),
            ("custom.years", "7"),
            ("organizational_unit", "comptabilite"),
        ];
        assert_eq!(details, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn custom_claims_are_bounded() {
        let long = "x".repeat(257);
        let many: Map<String, Value> = (0..100)
            .map(|number| (format!("c{number}"), Value::from("v")))
            .chain([(long.clone(), Value::from("v")), ("c".to_owned(), Value::from(long))])
            .collect();
        let claims = userinfo(&serde_json::json!({ "sub": "s", "custom": many }).to_string());

        assert_eq!(claims.details().len(), MAX_LIST);
        assert!(userinfo(r#"{"sub":"s","custom":"text"}"#).details().is_empty());
    }

    #[test]
    fn a_malformed_siret_is_dropped() {
        let id_token: VerifiedIdToken =
            serde_json::from_str(r#"{"sub":"s","acr":"eidas1","amr":["pwd"]}"#).expect("valid");

        let identity = Identity::from_verified(id_token, userinfo(r#"{"sub":"s","siret":"123"}"#));

        assert_eq!(identity.siret, None);
        assert_eq!(identity.acr.as_deref(), Some("eidas1"));
    }
}
