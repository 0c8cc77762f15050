//! Owns the `claims` parameter (OpenID Connect Core §5.5). It is tolerant where real services
//! are careless: a null in a list of values, or a value that is no text, is skipped.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Individually requested claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClaimsParameter {
    id_token: Map<String, Value>,
    userinfo: Map<String, Value>,
}

impl ClaimsParameter {
    /// Reads the parameter; the error is the public description.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let Ok(Value::Object(mut members)) = serde_json::from_str::<Value>(text) else {
            return Err("claims parameter should be a JSON object");
        };
        if !members.contains_key("id_token") && !members.contains_key("userinfo") {
            return Err("claims parameter should have userinfo or id_token properties");
        }
        Ok(Self {
            id_token: object(members.remove("id_token"), "claims.id_token should be an object")?,
            userinfo: object(members.remove("userinfo"), "claims.userinfo should be an object")?,
        })
    }

    /// Whether the claim is wanted in the ID token.
    pub(crate) fn wants_in_id_token(&self, claim: &str) -> bool {
        self.id_token.contains_key(claim)
    }

    /// The claims wanted in the ID token.
    pub(crate) fn id_token_names(&self) -> impl Iterator<Item = &str> {
        self.id_token.keys().map(String::as_str)
    }

    /// The values of which the ID token's `acr` must be one, if that is demanded at all.
    pub(crate) fn essential_acr(&self) -> Option<Vec<&str>> {
        let request = self.id_token.get("acr")?.as_object()?;
        if request.get("essential") != Some(&Value::Bool(true)) {
            return None;
        }
        let listed = request.get("values").and_then(Value::as_array);
        let values = match (request.get("value"), listed) {
            (Some(value), _) => vec![value],
            (None, Some(values)) => values.iter().collect(),
            (None, None) => return None,
        };
        Some(values.into_iter().filter_map(Value::as_str).collect())
    }

    /// Whether exactly one level is demanded by `value` instead of a list.
    pub(crate) fn single_acr(&self) -> bool {
        self.id_token.get("acr").and_then(|request| request.get("value")).is_some()
    }
}

fn object(
    member: Option<Value>,
    problem: &'static str,
) -> Result<Map<String, Value>, &'static str> {
    match member {
        None => Ok(Map::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn essential_levels_are_read_from_value_and_values() {
        let rows: [(&str, Option<Vec<&str>>); 7] = [
            (r#"{"id_token":{"acr":{"essential":true,"value":"eidas2"}}}"#, Some(vec!["eidas2"])),
            (
                r#"{"id_token":{"acr":{"essential":true,"values":["eidas2",null,"x"]}}}"#,
                Some(vec!["eidas2", "x"]),
            ),
            (r#"{"id_token":{"acr":{"essential":false,"value":"eidas2"}}}"#, None),
            (r#"{"id_token":{"acr":{"value":"eidas2"}}}"#, None),
            (r#"{"id_token":{"acr":{"essential":true}}}"#, None),
            (r#"{"id_token":{"acr":null}}"#, None),
            (r#"{"userinfo":{"acr":{"essential":true,"value":"eidas2"}}}"#, None),
        ];
        for (text, expected) in rows {
            let claims = ClaimsParameter::parse(text).expect("valid");
            assert_eq!(claims.essential_acr(), expected, "{text}");
        }
    }

    #[test]
    fn malformed_parameters_are_refused() {
        for text in ["", "null", "[]", "{", "{}", r#"{"id_token":1}"#, r#"{"userinfo":[]}"#] {
            assert!(ClaimsParameter::parse(text).is_err(), "{text}");
        }
    }
}
