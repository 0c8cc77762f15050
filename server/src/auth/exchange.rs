//! From a validated callback to a person: code exchange, ID token, userinfo.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use openidconnect::http::{Method, Request, header};
use openidconnect::{
    AuthorizationCode, OAuth2TokenResponse as _, PkceCodeVerifier, RequestTokenError,
};
use serde::{Deserialize, Serialize};

use super::attempt::ValidatedCallback;
use super::error::{ExchangeError, LoginError, UserinfoError};
use super::http_client::HttpError;
use super::identity::{Identity, UserinfoClaims, VerifiedIdToken};
use super::provider::{Provider, Ready};
use super::revocation::revoke_in_background;
use super::settings::UserinfoFormat;
use super::verify::{Expected, Typ, check_access_token, check_presence, verified_claims};

/// Longest credible lifetime of an access token.
const MAX_EXPIRES_IN: Duration = Duration::hours(24);

/// The tokens of a sign-in. They never leave the server, except the ID token as `id_token_hint`.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tokens {
    /// The ID token as received.
    pub id_token: String,
    /// The access token.
    pub access_token: String,
    /// The refresh token, if one was issued.
    pub refresh_token: Option<String>,
    /// When the access token stops working, if said.
    pub access_expires_at: Option<DateTime<Utc>>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Tokens(…)")
    }
}

/// A person whose sign-in passed every check.
#[derive(Debug)]
pub struct VerifiedSignIn {
    /// Who they are.
    pub identity: Identity,
    /// What ProConnect gave us to act for them.
    pub tokens: Tokens,
}

/// Exchanges the code and verifies everything that comes back. Tokens of a sign-in that fails after
/// all are given back.
pub async fn exchange(
    provider: &Arc<Provider>,
    ready: &Arc<Ready>,
    callback: ValidatedCallback,
) -> Result<VerifiedSignIn, LoginError> {
    let code = callback.code.clone();
    let verifier = PkceCodeVerifier::new(callback.code_verifier.secret().clone());
    let tokens = redeem(provider, ready, code, verifier).await?;
    match verify(provider, ready, &tokens, callback).await {
        Ok(identity) => Ok(VerifiedSignIn { identity, tokens }),
        Err(error) => {
            revoke_in_background(provider, tokens);
            Err(error)
        }
    }
}

async fn verify(
    provider: &Provider,
    ready: &Arc<Ready>,
    tokens: &Tokens,
    callback: ValidatedCallback,
) -> Result<Identity, LoginError> {
    let alg = provider.settings().id_token_alg;
    let expected = Expected { alg, nonce: Some(&callback.nonce), typ: Typ::Jwt };
    let id_token: VerifiedIdToken = verified_claims(provider, ready, &tokens.id_token, expected)
        .await
        .map_err(LoginError::IdToken)?;
    check_access_token(id_token.at_hash.as_deref(), &tokens.access_token)
        .map_err(LoginError::IdToken)?;
    check_presence(id_token.auth_time, callback.present_since, provider.clock().now())
        .map_err(LoginError::IdToken)?;
    if callback.expected_sub.is_some_and(|expected| expected != id_token.sub) {
        return Err(LoginError::OtherPerson);
    }
    check_level(id_token.acr.as_deref(), &callback.required_acr)?;
    let userinfo = fetch_userinfo(provider, ready, &tokens.access_token)
        .await
        .map_err(LoginError::Userinfo)?;
    if userinfo.sub != id_token.sub {
        return Err(LoginError::Userinfo(UserinfoError::OtherSubject));
    }
    Ok(Identity::from_verified(id_token, userinfo))
}

/// Levels are matched by set membership, never by order: ProConnect does so.
fn check_level(acr: Option<&str>, required: &[String]) -> Result<(), LoginError> {
    let accepted =
        required.is_empty() || acr.is_some_and(|acr| required.iter().any(|level| level == acr));
    if accepted { Ok(()) } else { Err(LoginError::LevelInsufficient) }
}

async fn redeem(
    provider: &Provider,
    ready: &Ready,
    code: String,
    code_verifier: PkceCodeVerifier,
) -> Result<Tokens, LoginError> {
    let response = ready
        .client
        .exchange_code(AuthorizationCode::new(code))
        .set_pkce_verifier(code_verifier)
        .request_async(provider.http())
        .await
        .map_err(|error| {
            LoginError::Exchange(match error {
                RequestTokenError::Request(error) => ExchangeError::Http(error),
                RequestTokenError::ServerResponse(_) => ExchangeError::Refused,
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                    ExchangeError::Malformed
                }
            })
        })?;
    let id_token = response
        .extra_fields()
        .id_token()
        .ok_or(LoginError::Exchange(ExchangeError::NoIdToken))?
        .to_string();
    Ok(Tokens {
        id_token,
        access_token: response.access_token().secret().clone(),
        refresh_token: response.refresh_token().map(|token| token.secret().clone()),
        access_expires_at: expiry(provider, response.expires_in()),
    })
}

/// When an access token of this lifetime stops working.
pub(super) fn expiry(
    provider: &Provider,
    lifetime: Option<std::time::Duration>,
) -> Option<DateTime<Utc>> {
    let lifetime = Duration::from_std(lifetime?).unwrap_or(MAX_EXPIRES_IN).min(MAX_EXPIRES_IN);
    Some(provider.clock().now() + lifetime)
}

/// Reads userinfo in the configured format. `openidconnect` verifies signed userinfo in RS256 only
/// and ignores its `exp`, so it is fetched here and verified like an ID token.
pub(super) async fn fetch_userinfo(
    provider: &Provider,
    ready: &Arc<Ready>,
    access_token: &str,
) -> Result<UserinfoClaims, UserinfoError> {
    let format = provider.settings().userinfo;
    let accept = match format {
        UserinfoFormat::Json => "application/json",
        UserinfoFormat::Signed(_) => "application/jwt",
    };
    let request = Request::builder()
        .method(Method::GET)
        .uri(ready.userinfo_endpoint.as_str())
        .header(header::ACCEPT, accept)
        .header(header::AUTHORIZATION, format!("Bearer {access_token}"))
        .body(Vec::new())
        .map_err(|_| UserinfoError::Http(HttpError::Broken))?;
    let response = provider.http().send(request).await.map_err(UserinfoError::Http)?;
    if !response.status().is_success() {
        return Err(UserinfoError::Status(response.status().as_u16()));
    }
    let content_type = response.headers().get(header::CONTENT_TYPE);
    let is_expected = content_type.and_then(|value| value.to_str().ok()).is_some_and(|value| {
        value.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case(accept))
    });
    if !is_expected {
        return Err(UserinfoError::Format);
    }
    match format {
        UserinfoFormat::Json => {
            serde_json::from_slice(response.body()).map_err(|_| UserinfoError::Claims)
        }
        UserinfoFormat::Signed(alg) => {
            let compact =
                std::str::from_utf8(response.body()).map_err(|_| UserinfoError::Format)?.trim();
            verified_claims(provider, ready, compact, Expected { alg, nonce: None, typ: Typ::Jwt })
                .await
                .map_err(UserinfoError::Token)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_a_set_not_an_order() {
        let required = ["eidas1".to_owned(), "eidas1-mfa".to_owned()];
        let rows = [
            (Some("eidas1"), true),
            (Some("eidas1-mfa"), true),
            (Some("eidas2"), false),
            (Some("eidas0"), false),
            (None, false),
        ];
        for (acr, accepted) in rows {
            assert_eq!(check_level(acr, &required).is_ok(), accepted, "{acr:?}");
        }
        assert!(check_level(None, &[]).is_ok());
    }
}
