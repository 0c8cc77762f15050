//! The protocol half of `end_session`: who asks, and where may the browser go afterwards? The
//! session itself is ended by the provider that has it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::{Failure, Provider};
use crate::jose::{self, Verifier};
use crate::protocol::{
    Check, Checklist, Client, EndSession, OAuthError, Params, Remark, SigningAlg,
    post_logout_target,
};
use crate::trail::{Endpoint, Outcome};

impl Provider {
    /// Validates a logout request.
    pub(crate) async fn end_session(&self, params: &Params) -> Result<EndSession, Failure> {
        let mut checklist = Checklist::default();
        let result = self.checked_end_session(params, &mut checklist).await;
        let outcome = match &result {
            Ok(_) => Outcome::Accepted,
            Err(Failure::Protocol(error)) => Outcome::refused(error),
            Err(_) => Outcome::Failed,
        };
        self.report(Endpoint::EndSession, params.non_empty("client_id"), checklist, outcome);
        result
    }

    async fn checked_end_session(
        &self,
        params: &Params,
        checklist: &mut Checklist,
    ) -> Result<EndSession, Failure> {
        for (name, remark) in [
            ("id_token_hint", Remark::HintMissing),
            ("post_logout_redirect_uri", Remark::PostLogoutUriMissing),
            ("state", Remark::LogoutStateMissing),
        ] {
            if params.non_empty(name).is_none() {
                checklist.remark(remark);
            }
        }
        let named = params.non_empty("client_id");
        let hinted = match params.non_empty("id_token_hint") {
            Some(hint) => self.hinted(hint).await.map(Some),
            None => Ok(None),
        };
        let hinted = checklist.check(Check::HintValid, hinted)?;
        let agree = match (named, &hinted) {
            (Some(named), Some(hinted)) if named != hinted.id => Err(OAuthError::invalid_request(
                "client_id does not match the provided id_token_hint",
            )),
            _ => Ok(()),
        };
        checklist.check(Check::HintOfThisClient, agree)?;
        let client = hinted.or_else(|| named.and_then(|id| self.client(id)));
        Ok(post_logout_target(params, client.as_ref(), checklist)?)
    }

    /// The client that an ID token was issued to. Its expiry does not matter here, its
    /// signature does.
    async fn hinted(&self, hint: &str) -> Result<Client, Failure> {
        let refused = || OAuthError::invalid_request("could not validate id_token_hint");
        let client = unverified_audience(hint)
            .and_then(|audience| self.client(&audience))
            .ok_or_else(refused)?;
        let published = self.jwks().await?;
        let verifier = match client.id_token_alg {
            SigningAlg::HS256 => Verifier::Secret(&client.secret),
            SigningAlg::RS256 | SigningAlg::ES256 => Verifier::Published(&published),
        };
        let claims = jose::verify(hint, client.id_token_alg, &verifier).map_err(|_| refused())?;
        let ours = claims.get("iss").and_then(Value::as_str) == Some(self.issuer())
            && claims.get("aud").and_then(Value::as_str) == Some(client.id.as_str());
        if ours { Ok(client) } else { Err(refused().into()) }
    }
}

/// The audience that a token claims; good for finding the key that must verify it, for
/// nothing else.
fn unverified_audience(token: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Map<String, Value> = serde_json::from_slice(&payload).ok()?;
    claims.get("aud")?.as_str().map(str::to_owned)
}
