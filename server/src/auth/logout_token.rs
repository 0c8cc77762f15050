//! The provider's word that a person is signed out (OpenID Connect Back-Channel Logout 1.0 §2.4, §2.6).
//!
//! ProConnect has this disabled, so that it is an option here, for providers that have it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::provider::{Provider, Ready};
use super::verify::{Expected, TokenError, Typ, verified_claims};

/// The member of `events` that makes a token a logout token.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A verified logout token, not yet used up.
#[derive(Debug)]
pub struct LogoutToken {
    /// Who is signed out.
    pub sub: String,
    /// Names the token, which counts once.
    pub jti: String,
    /// When it stops being acceptable, and its `jti` may be forgotten.
    pub expires_at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    jti: String,
    exp: i64,
    events: Map<String, Value>,
    nonce: Option<Value>,
}

impl LogoutToken {
    /// Verifies a logout token like an ID token, and that it is one. Tokens that name a session
    /// (`sid`) but no person are refused: we ask for no `sid`, so there is nothing to find it by.
    pub async fn verify(
        provider: &Provider,
        ready: &Arc<Ready>,
        compact: &str,
    ) -> Result<Self, TokenError> {
        let alg = provider.settings().id_token_alg;
        let expected = Expected { alg, nonce: None, typ: Typ::LogoutToken };
        let claims: Claims = verified_claims(provider, ready, compact, expected).await?;
        let is_logout = claims.events.get(EVENT).is_some_and(Value::is_object);
        if !is_logout || claims.nonce.is_some() || claims.jti.is_empty() {
            return Err(TokenError::Claims);
        }
        let expires_at = DateTime::from_timestamp(claims.exp, 0).ok_or(TokenError::Time)?;
        Ok(Self { sub: claims.sub, jti: claims.jti, expires_at })
    }
}
