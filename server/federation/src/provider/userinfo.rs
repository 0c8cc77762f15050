//! The userinfo endpoint, in plain JSON or signed, as the client registered it.

use serde_json::{Map, Value};

use super::{Failure, Provider, faults};
use crate::jose;
use crate::protocol::{Check, Checklist, OAuthError, Remark, SigningAlg, released_claims};
use crate::scenario::Scenario;
use crate::secret::{ClientSecret, Token};
use crate::storage::TokenKind;

/// An answer that some clients get signed.
#[derive(Debug)]
pub(crate) enum Answer {
    Json(Map<String, Value>),
    Jwt(String),
}

impl Provider {
    /// Answers with the claims that the access token's scope releases.
    pub(crate) async fn userinfo(
        &self,
        bearer: Option<&str>,
        checklist: &mut Checklist,
    ) -> Result<Answer, Failure> {
        let bearer = bearer.ok_or_else(|| OAuthError::invalid_request("no access token provided"));
        let token = Token::presented(checklist.check(Check::BearerPresent, bearer)?);
        let stored = self
            .store
            .token(self.name(), &token.hash(), self.clock.unix())
            .await?
            .filter(|stored| stored.kind == TokenKind::Access)
            .ok_or_else(invalid_token);
        let stored = checklist.check(Check::AccessTokenAlive, stored)?;
        let openid = stored.scope.contains("openid").then_some(()).ok_or_else(|| {
            OAuthError::new("insufficient_scope", "access token missing openid scope")
        });
        checklist.check(Check::AccessTokenOpenid, openid)?;
        let client = self.client(&stored.grant.client_id).ok_or_else(invalid_token);
        let client = checklist.check(Check::ClientKnown, client)?;
        let mut claims = released_claims(self.dialect(), &stored.grant, &stored.scope);
        if let Some(scenario) = stored.grant.scenario {
            checklist.remark(Remark::Staged(scenario));
        }
        faults::userinfo(stored.grant.scenario, &mut claims)?;
        if stored.grant.scenario == Some(Scenario::SessionEnded) {
            self.store.delete_session_of_grant(self.name(), &stored.grant_id).await?;
        }
        let Some(alg) = client.userinfo_alg else { return Ok(Answer::Json(claims)) };
        claims.insert("iss".to_owned(), self.issuer().into());
        claims.insert("aud".to_owned(), client.id.clone().into());
        claims.insert("iat".to_owned(), self.clock.unix().into());
        claims.insert("exp".to_owned(), stored.expires_at.into());
        self.signed(&claims, alg, &client.secret, "JWT").await
    }

    /// Signs an answer for a client.
    pub(super) async fn signed(
        &self,
        claims: &Map<String, Value>,
        alg: SigningAlg,
        secret: &ClientSecret,
        typ: &str,
    ) -> Result<Answer, Failure> {
        let signer = self.keyring.signer(self.name(), alg, secret).await?;
        Ok(Answer::Jwt(jose::sign(claims, &signer, typ)?))
    }
}

fn invalid_token() -> OAuthError {
    OAuthError::new("invalid_token", "invalid token provided")
}
