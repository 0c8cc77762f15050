//! Owns the content of the ID token (OpenID Connect Core §2, §3.1.3.6).

use serde_json::{Map, Value};

use super::Grant;

/// Claims that the token's own rules decide and the `claims` parameter cannot override.
const RESERVED: &[&str] =
    &["iss", "sub", "aud", "exp", "iat", "nonce", "at_hash", "auth_time", "acr", "amr"];

/// Everything around the grant that an ID token states.
#[derive(Debug)]
pub(crate) struct Envelope<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) now: i64,
    pub(crate) lifetime: u32,
    /// The hash of the access token issued beside it.
    pub(crate) at_hash: String,
}

/// The claims of an ID token. Claims of the scopes are not in it: they are fetched from
/// `/userinfo`, unless asked for one by one.
pub(crate) fn id_token_claims(grant: &Grant, envelope: Envelope<'_>) -> Map<String, Value> {
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("iss", envelope.issuer.into());
    put("sub", grant.sub.clone().into());
    put("aud", grant.client_id.clone().into());
    put("iat", envelope.now.into());
    put("exp", (envelope.now + i64::from(envelope.lifetime)).into());
    put("auth_time", grant.auth_time.into());
    put("at_hash", envelope.at_hash.into());
    if let Some(nonce) = &grant.nonce {
        put("nonce", nonce.clone().into());
    }
    if let Some(acr) = &grant.acr {
        put("acr", acr.clone());
    }
    if let Some(amr) = &grant.amr {
        put("amr", amr.clone());
    }
    for name in grant.id_token_names.iter().filter(|name| !RESERVED.contains(&name.as_str())) {
        if let Some(value) = grant.claims.get(name) {
            put(name, value.clone());
        }
    }
    claims
}
