//! Owns what services learn: the checked identity, completed by what the hub itself knows about
//! the provider and the organisation. Scopes decide later how much of it is released.

use serde_json::{Map, Value, json};

use super::identity::Identity;
use crate::config::Organisation;

/// What the hub adds to an identity.
#[derive(Debug)]
pub(crate) struct Additions<'a> {
    /// The uid of the identity provider.
    pub(crate) idp_id: &'a str,
    /// The level as the provider named it.
    pub(crate) idp_acr: &'a str,
    /// The organisation of the SIRET, if the register has it.
    pub(crate) organisation: Option<&'a Organisation>,
}

/// All claims about the person.
pub(crate) fn service_claims(identity: &Identity, additions: &Additions<'_>) -> Map<String, Value> {
    let mut claims = identity.optional.clone();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("uid", identity.uid.clone().into());
    put("given_name", identity.given_name.clone().into());
    put("usual_name", identity.usual_name.clone().into());
    put("email", identity.email.as_str().into());
    put("siret", identity.siret.as_str().into());
    if let Some(number) = &identity.phone_number {
        put("phone_number", number.clone().into());
    }
    put("custom", Value::Object(identity.custom.clone()));
    put("idp_id", additions.idp_id.into());
    put("idp_acr", additions.idp_acr.into());
    // A failed look-up leaves the label out and the roles empty.
    put("roles", additions.organisation.map_or_else(|| json!([]), |o| json!(o.roles())));
    if let Some(organisation) = additions.organisation {
        put("organization_label", organisation.label().into());
    }
    claims
}
