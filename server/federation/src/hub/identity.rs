//! Owns the check of what an identity provider says about a person. An [`Identity`] has every
//! mandatory claim in a valid form; anything less is refused with what is wrong.

use serde_json::{Map, Value};

use super::error::HubError;
use crate::config::IdentityProvider;
use crate::email::EmailAddress;
use crate::siret::Siret;

/// Claims that have a meaning of their own; all others go to `custom`.
const CANONICAL: &[&str] = &[
    "sub",
    "uid",
    "given_name",
    "usual_name",
    "email",
    "siret",
    "siren",
    "phone_number",
    "organizational_unit",
    "belonging_population",
    "chorusdt:matricule",
    "chorusdt:societe",
    "aud",
    "exp",
    "iat",
    "iss",
];

/// Optional texts that are passed on as they are.
const OPTIONAL: &[&str] = &[
    "siren",
    "organizational_unit",
    "belonging_population",
    "chorusdt:matricule",
    "chorusdt:societe",
];

/// What a provider said, checked.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) sub: String,
    pub(crate) uid: String,
    pub(crate) given_name: String,
    pub(crate) usual_name: String,
    pub(crate) email: EmailAddress,
    pub(crate) siret: Siret,
    pub(crate) phone_number: Option<String>,
    /// Optional texts by claim name.
    pub(crate) optional: Map<String, Value>,
    /// Everything that ProConnect has no claim for.
    pub(crate) custom: Map<String, Value>,
}

impl Identity {
    /// Checks a userinfo answer whose origin and `sub` were verified before.
    pub(crate) fn check(
        mut claims: Map<String, Value>,
        provider: &IdentityProvider,
    ) -> Result<Self, HubError> {
        let refuse = |problem: String| HubError::InvalidIdentity {
            message: problem,
            ours: false,
            support: provider.support_email.clone(),
        };
        let optional = OPTIONAL
            .iter()
            .filter_map(|name| optional_text(&claims, name).transpose())
            .collect::<Result<Map<_, _>, _>>()
            .map_err(refuse)?;
        let identity = Self {
            sub: technical_id(&claims, "sub").map_err(refuse)?,
            uid: technical_id(&claims, "uid").map_err(refuse)?,
            given_name: text(&claims, "given_name").map_err(refuse)?,
            usual_name: text(&claims, "usual_name").map_err(refuse)?,
            email: email(&claims).map_err(refuse)?,
            siret: siret(&claims, provider)?,
            phone_number: phone_number(&claims),
            optional,
            custom: Map::new(),
        };
        claims.retain(|name, _| !CANONICAL.contains(&name.as_str()));
        Ok(Self { custom: claims, ..identity })
    }
}

fn text(claims: &Map<String, Value>, name: &str) -> Result<String, String> {
    match claims.get(name).and_then(Value::as_str) {
        Some(text) if (1..=256).contains(&text.chars().count()) => Ok(text.to_owned()),
        Some(_) => Err(format!("{name} must be between 1 and 256 characters long")),
        None => Err(format!("{name} must be a string")),
    }
}

fn technical_id(claims: &Map<String, Value>, name: &str) -> Result<String, String> {
    let id = text(claims, name)?;
    if id.is_ascii() { Ok(id) } else { Err(format!("{name} must contain only ASCII characters")) }
}

fn email(claims: &Map<String, Value>) -> Result<EmailAddress, String> {
    let text = text(claims, "email").map_err(|_| "email must be an email".to_owned())?;
    EmailAddress::parse(&text).map_err(|_| "email must be an email".to_owned())
}

fn optional_text(
    claims: &Map<String, Value>,
    name: &str,
) -> Result<Option<(String, Value)>, String> {
    if claims.get(name).is_none_or(Value::is_null) {
        return Ok(None);
    }
    text(claims, name).map(|text| Some((name.to_owned(), text.into())))
}

/// The SIRET, or the provider's default if it is missing or invalid.
fn siret(claims: &Map<String, Value>, provider: &IdentityProvider) -> Result<Siret, HubError> {
    let given = claims.get("siret").and_then(Value::as_str).map(Siret::parse);
    match (given, &provider.default_siret) {
        (Some(Ok(siret)), _) => Ok(siret),
        (_, Some(default)) => Ok(default.clone()),
        (_, None) => Err(HubError::InvalidIdentity {
            message: "siret is invalid and the identity provider has no default".to_owned(),
            ours: true,
            support: provider.support_email.clone(),
        }),
    }
}

/// The telephone number, dropped without an error if it is none:
/// `^\+?(?:[0-9][ -]?){6,14}[0-9]$`.
fn phone_number(claims: &Map<String, Value>) -> Option<String> {
    let number = claims.get("phone_number")?.as_str()?;
    let body = number.strip_prefix('+').unwrap_or(number);
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    let edges = body.starts_with(|c: char| c.is_ascii_digit())
        && body.ends_with(|c: char| c.is_ascii_digit());
    let spaced =
        body.as_bytes().windows(2).all(|pair| pair[0].is_ascii_digit() || pair[1].is_ascii_digit());
    let known = body.bytes().all(|b| b.is_ascii_digit() || b == b' ' || b == b'-');
    ((7..=15).contains(&digits) && edges && spaced && known).then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Config;

    fn provider(default_siret: &str) -> IdentityProvider {
        let text = format!(
            "[hub]\nlisten = \"127.0.0.1:0\"\n[identite]\nlisten = \"127.0.0.1:0\"\n[demo]\n\
             listen = \"127.0.0.1:0\"\n[[identity_provider]]\nuid = \"f\"\ntitle = \"F\"\n\
             built_in = \"demo\"\nclient_id = \"c\"\n\
             client_secret = \"0123456789abcdef0123456789abcdef\"\n{default_siret}\n"
        );
        Config::parse(&text).expect("valid").identity_providers.remove(0)
    }

    fn claims(changes: &Value) -> Map<String, Value> {
        let mut claims = json!({
            "sub": "1", "uid": "1", "given_name": "Ève", "usual_name": "Martin",
            "email": "eve@fia1.fr", "siret": "21920023500014",
        });
        for (name, value) in changes.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        claims.as_object().expect("an object").clone()
    }

    #[test]
    fn incomplete_or_malformed_identities_are_refused() {
        let rows = [
            ("no sub", json!({ "sub": null }), "sub must be a string"),
            ("sub is a number", json!({ "sub": 1 }), "sub must be a string"),
            ("sub beyond ASCII", json!({ "sub": "é" }), "sub must contain only ASCII characters"),
            ("no uid", json!({ "uid": null }), "uid must be a string"),
            ("no given_name", json!({ "given_name": null }), "given_name must be a string"),
            (
                "empty usual_name",
                json!({ "usual_name": "" }),
                "usual_name must be between 1 and 256 characters long",
            ),
            ("no email", json!({ "email": null }), "email must be an email"),
            ("bad email", json!({ "email": "eve" }), "email must be an email"),
            (
                "empty optional text",
                json!({ "siren": "" }),
                "siren must be between 1 and 256 characters long",
            ),
        ];
        for (row, changes, message) in rows {
            let error = Identity::check(claims(&changes), &provider("")).expect_err(row);
            assert_eq!(error.code(), "Y500006", "{row}");
            assert_eq!(error.status(), 400, "{row}");
            assert_eq!(error.to_string(), message, "{row}");
        }
    }

    #[test]
    fn a_bad_siret_is_replaced_by_the_default_or_refused() {
        let default = "default_siret = \"81801912700021\"";
        let rows = [
            ("valid", json!("21920023500014"), "", Some("21920023500014")),
            ("with spaces", json!("219 200 235 00014"), "", Some("21920023500014")),
            ("invalid, default", json!("123"), default, Some("81801912700021")),
            ("missing, default", Value::Null, default, Some("81801912700021")),
            ("empty, default", json!(""), default, Some("81801912700021")),
            ("invalid, no default", json!("123"), "", None),
            ("missing, no default", Value::Null, "", None),
        ];
        for (row, siret, default, expected) in rows {
            let result = Identity::check(claims(&json!({ "siret": siret })), &provider(default));
            match (result, expected) {
                (Ok(identity), Some(expected)) => {
                    assert_eq!(identity.siret.as_str(), expected, "{row}");
                }
                (Err(error), None) => assert_eq!(error.status(), 500, "{row}"),
                (result, _) => panic!("{row}: {result:?}"),
            }
        }
    }

    #[test]
    fn a_bad_telephone_number_is_dropped() {
        let rows = [
            ("+49 000 000000", true),
            ("0601020304", true),
            ("06-01-02-03-04", true),
            ("123456", false),
            ("06--01020304", false),
            ("0601020304 ", false),
            ("06.01.02.03.04", false),
            ("+", false),
            ("", false),
        ];
        for (number, kept) in rows {
            let identity =
                Identity::check(claims(&json!({ "phone_number": number })), &provider(""))
                    .expect("valid otherwise");
            assert_eq!(identity.phone_number.is_some(), kept, "{number}");
        }
    }

    #[test]
    fn claims_without_a_place_go_to_custom() {
        let identity =
            Identity::check(claims(&json!({ "badge": 7, "iss": "x", "exp": 1 })), &provider(""))
                .expect("valid");

        assert_eq!(Value::Object(identity.custom), json!({ "badge": 7 }));
    }
}
