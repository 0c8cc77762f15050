//! Owns the demo form: its fields, their first values, and the reading of what was typed. A
//! blank field leaves the claim out, and a few words stand for values that cannot be typed.

use serde_json::{Map, Value, json};

use super::{DemoLogin, DemoProvider, suggested_level};
use crate::email::EmailAddress;
use crate::protocol::{AuthorizationRequest, OAuthError, Params};
use crate::secret::stable_bytes;

/// A field of the form.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    fallback: &'static str,
    /// Whether the value becomes a claim as it is.
    is_claim: bool,
}

const fn claim(name: &'static str, label: &'static str, fallback: &'static str) -> Field {
    Field { name, label, hint: "", fallback, is_claim: true }
}

/// All fields but the address, in the order of the page.
pub(crate) const FIELDS: &[Field] = &[
    claim("given_name", "Prénom (given_name)", "John"),
    claim("usual_name", "Nom d’usage (usual_name)", "Doe"),
    claim("siret", "SIRET (siret)", "21920023500014"),
    Field {
        name: "acr",
        label: "Niveau (acr)",
        hint: "Par défaut, le premier niveau demandé",
        fallback: "eidas1",
        is_claim: false,
    },
    Field {
        name: "amr",
        label: "Méthodes (amr)",
        hint: "Liste séparée par des virgules",
        fallback: "pwd",
        is_claim: false,
    },
    Field {
        name: "sub",
        label: "Identifiant (sub)",
        hint: "S’il est vide, il est tiré de l’adresse : une personne, un identifiant",
        fallback: "",
        is_claim: false,
    },
    claim("uid", "Identifiant technique (uid)", "1"),
    claim("phone_number", "Téléphone (phone_number)", ""),
    claim("siren", "SIREN (siren)", ""),
    claim("organizational_unit", "Unité (organizational_unit)", ""),
    claim("belonging_population", "Population (belonging_population)", ""),
    claim("chorusdt:matricule", "Matricule Chorus DT (chorusdt:matricule)", ""),
    claim("chorusdt:societe", "Société Chorus DT (chorusdt:societe)", ""),
];

impl Field {
    /// The value that stands in the field at first.
    pub(crate) fn initial(&self, demo: &DemoProvider, request: &AuthorizationRequest) -> String {
        match demo.defaults.get(self.name) {
            Some(configured) => configured.clone(),
            None if self.name == "acr" => suggested_level(request).to_owned(),
            None => self.fallback.to_owned(),
        }
    }
}

/// The form of a person who leaves every field as it is.
pub(super) fn untouched_form(
    demo: &DemoProvider,
    request: &AuthorizationRequest,
    email: &EmailAddress,
) -> Params {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for field in FIELDS {
        form.append_pair(field.name, &field.initial(demo, request));
    }
    form.append_pair("email", email.as_str());
    Params::parse(form.finish().as_bytes()).unwrap_or_default()
}

/// What a person did with the form.
#[derive(Debug)]
pub(crate) enum Submission {
    /// They are someone.
    SignIn(DemoLogin),
    /// The service shall get this error.
    Error(OAuthError),
    /// The level typed is none of those that are demanded.
    LevelRefused,
}

impl Submission {
    /// Reads the form.
    pub(crate) fn read(params: &Params, request: &AuthorizationRequest, now: i64) -> Self {
        if params.get("cancel").is_some() {
            return Self::Error(OAuthError::new("access_denied", "User auth aborted"));
        }
        if let Some(error) = params.non_empty("error") {
            let description = params.get("error_description").unwrap_or_default();
            return Self::Error(OAuthError::new(error.to_owned(), description.to_owned()));
        }
        let acr = params.non_empty("acr").and_then(typed);
        // A single demanded value is not enforced, so that a lower level can be tried out.
        if let Some(levels) = request.claims.essential_acr()
            && !request.claims.single_acr()
            && !acr.as_ref().and_then(Value::as_str).is_some_and(|acr| levels.contains(&acr))
        {
            return Self::LevelRefused;
        }
        Self::SignIn(DemoLogin {
            sub: params.non_empty("sub").map_or_else(|| sub_of(params), str::to_owned),
            acr,
            amr: params.non_empty("amr").and_then(methods),
            auth_time: now,
            claims: claims(params),
        })
    }
}

/// An identifier that always stands for the same address.
fn sub_of(params: &Params) -> String {
    let email = params.get("email").unwrap_or_default().trim().to_lowercase();
    uuid::Builder::from_custom_bytes(stable_bytes(&email)).into_uuid().to_string()
}

fn claims(params: &Params) -> Map<String, Value> {
    let names = FIELDS.iter().filter(|field| field.is_claim).map(|field| field.name);
    names
        .chain(["email"])
        .filter_map(|name| Some((name.to_owned(), typed(params.non_empty(name)?)?)))
        .collect()
}

/// A list of methods, or what the text stands for otherwise.
fn methods(text: &str) -> Option<Value> {
    match typed(text)? {
        Value::String(list) if !list.is_empty() => {
            Some(list.split(',').map(str::trim).collect::<Vec<_>>().into())
        }
        other => Some(other),
    }
}

/// The value that a text stands for, if it stands for one at all.
fn typed(text: &str) -> Option<Value> {
    Some(match text {
        "undefined" => return None,
        "true" => json!(true),
        "false" => json!(false),
        "null" => Value::Null,
        "empty" => json!(""),
        "empty-array" => json!([]),
        text => json!(text),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_a_list_or_what_a_word_stands_for() {
        let rows = [
            ("pwd", Some(json!(["pwd"]))),
            ("pwd, otp", Some(json!(["pwd", "otp"]))),
            ("empty-array", Some(json!([]))),
            ("true", Some(json!(true))),
            ("null", Some(json!(null))),
            ("undefined", None),
        ];
        for (text, expected) in rows {
            assert_eq!(methods(text), expected, "{text}");
        }
    }

    #[test]
    fn words_stand_for_values_that_cannot_be_typed() {
        let params = Params::parse(
            b"email=a@b.fr&given_name=&usual_name=null&siret=empty&uid=undefined\
              &phone_number=empty-array&siren=true",
        )
        .expect("well-formed");

        assert_eq!(
            Value::Object(claims(&params)),
            json!({
                "email": "a@b.fr", "usual_name": null, "siret": "", "phone_number": [],
                "siren": true,
            })
        );
    }
}
