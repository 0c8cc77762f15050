//! Owns the grant: what a person, once authenticated, gives to one client. Codes and tokens are
//! only references to it, so revoking it revokes them all.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{AuthorizationRequest, Dialect, ScopeSet};
use crate::scenario::Scenario;

/// The result of an interaction in which a person proved who they are.
#[derive(Clone, Debug)]
pub(crate) struct Authentication {
    pub(crate) sub: String,
    /// A text, except where a demonstration wants it otherwise.
    pub(crate) acr: Option<Value>,
    /// A list of texts, with the same exception.
    pub(crate) amr: Option<Value>,
    /// Unix time.
    pub(crate) auth_time: i64,
    /// Everything known about the person; scopes decide what is released.
    pub(crate) claims: Map<String, Value>,
}

/// A grant as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) sub: String,
    pub(crate) scope: ScopeSet,
    pub(crate) nonce: Option<String>,
    pub(crate) auth_time: i64,
    /// Present if it belongs into the ID token.
    pub(crate) acr: Option<Value>,
    /// Present if it belongs into the ID token.
    pub(crate) amr: Option<Value>,
    /// Everything known about the person.
    pub(crate) claims: Map<String, Value>,
    /// The names that the `claims` parameter wants in the ID token.
    pub(crate) id_token_names: Vec<String>,
    /// What is staged for this sign-in.
    #[serde(default)]
    pub(crate) scenario: Option<Scenario>,
}

impl Grant {
    /// Joins what was asked and who answered.
    pub(crate) fn new(request: &AuthorizationRequest, authentication: Authentication) -> Self {
        let wants_amr = request.claims.wants_in_id_token("amr");
        Self {
            client_id: request.client_id.clone(),
            sub: authentication.sub,
            scope: request.scope.clone(),
            nonce: request.nonce.clone(),
            auth_time: authentication.auth_time,
            acr: authentication.acr.filter(|_| request.wants_acr()),
            amr: authentication.amr.filter(|_| wants_amr),
            claims: authentication.claims,
            id_token_names: request.claims.id_token_names().map(str::to_owned).collect(),
            scenario: request.scenario,
        }
    }
}

/// The claims that the scope releases, `sub` included; no other claim leaves a provider.
pub(crate) fn released_claims(
    dialect: &Dialect,
    grant: &Grant,
    scope: &ScopeSet,
) -> Map<String, Value> {
    let mut released = Map::new();
    released.insert("sub".to_owned(), grant.sub.clone().into());
    for (name, claims) in dialect.scopes {
        if !scope.contains(name) {
            continue;
        }
        for claim in *claims {
            if let Some(value) = grant.claims.get(*claim) {
                released.insert((*claim).to_owned(), value.clone());
            }
        }
    }
    released
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::hub::DIALECT;

    #[test]
    fn only_granted_scopes_release_claims() {
        let Value::Object(claims) =
            json!({ "email": "a@b.fr", "siret": "21920023500014", "phone_number": "1" })
        else {
            unreachable!("an object")
        };
        let grant = Grant {
            client_id: "rp".to_owned(),
            sub: "s".to_owned(),
            scope: ScopeSet::parse("openid email phone"),
            nonce: None,
            auth_time: 0,
            acr: None,
            amr: None,
            claims,
            id_token_names: Vec::new(),
            scenario: None,
        };

        let released = released_claims(&DIALECT, &grant, &ScopeSet::parse("openid email"));

        assert_eq!(Value::Object(released), json!({ "sub": "s", "email": "a@b.fr" }));
    }
}
