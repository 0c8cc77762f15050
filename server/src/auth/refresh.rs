//! The identity read again during a session: userinfo, with new tokens where the old are used up.
//!
//! Invariants: the answers pass the same checks as at sign-in; the level stays that of the sign-in;
//! tokens that were given are handed back even if what follows fails, since the old ones may be void.

use std::sync::Arc;

use chrono::Duration;
use openidconnect::{OAuth2TokenResponse as _, RefreshToken, RequestTokenError};

use super::error::{ExchangeError, LoginError, UserinfoError};
use super::exchange::{Tokens, expiry, fetch_userinfo};
use super::http_client::HttpError;
use super::identity::{Identity, UserinfoClaims, VerifiedIdToken};
use super::provider::{Provider, ProviderError, Ready};
use super::verify::{Expected, Typ, check_access_token, verified_claims};

/// An access token is used up when it has less than this left.
const MARGIN: Duration = Duration::seconds(10);

/// Why the identity was not read again.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// ProConnect has ended the grant, or answers for somebody else: the session is over.
    #[error("the grant is over")]
    Over,
    /// Something that may pass.
    #[error("the identity was not read again")]
    Passing(#[source] LoginError),
}

impl RefreshError {
    /// The stable code, for logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Over => "refresh.over",
            Self::Passing(error) => error.code(),
        }
    }
}

impl RefreshError {
    /// No answer within the deadline.
    pub fn late() -> Self {
        LoginError::Exchange(ExchangeError::Http(HttpError::Timeout)).into()
    }
}

impl From<LoginError> for RefreshError {
    fn from(error: LoginError) -> Self {
        Self::Passing(error)
    }
}

impl From<ProviderError> for RefreshError {
    fn from(error: ProviderError) -> Self {
        Self::Passing(error.into())
    }
}

/// What came of reading again.
pub struct Reread {
    /// New tokens, to be kept whatever became of the identity.
    pub tokens: Option<Tokens>,
    /// The identity.
    pub identity: Result<Identity, RefreshError>,
}

/// Reads the identity of who holds these tokens.
pub async fn reread(provider: &Provider, tokens: &Tokens, known: &Identity) -> Reread {
    let mut reread = Reread { tokens: None, identity: Err(RefreshError::Over) };
    reread.identity = read(provider, tokens, known, &mut reread.tokens).await;
    reread
}

async fn read(
    provider: &Provider,
    tokens: &Tokens,
    known: &Identity,
    new: &mut Option<Tokens>,
) -> Result<Identity, RefreshError> {
    let ready = provider.ready().await?;
    let now = provider.clock().now();
    let used_up = tokens.access_expires_at.is_some_and(|end| end - MARGIN <= now);
    if !used_up {
        match fetch_userinfo(provider, &ready, &tokens.access_token).await {
            Err(UserinfoError::Status(401)) => {}
            answer => return same_person(answer, known),
        }
    }
    let refreshed = refresh(provider, &ready, tokens, &known.sub).await?;
    let answer = fetch_userinfo(provider, &ready, &refreshed.access_token).await;
    *new = Some(refreshed);
    same_person(answer, known)
}

fn same_person(
    answer: Result<UserinfoClaims, UserinfoError>,
    known: &Identity,
) -> Result<Identity, RefreshError> {
    let userinfo = answer.map_err(LoginError::Userinfo)?;
    if userinfo.sub == known.sub { Ok(known.renewed(userinfo)) } else { Err(RefreshError::Over) }
}

/// New tokens for old. Whatever comes back is kept: ProConnect gives a new refresh token when the
/// old one is near its end, and takes the use of a replaced one for theft.
async fn refresh(
    provider: &Provider,
    ready: &Arc<Ready>,
    old: &Tokens,
    sub: &str,
) -> Result<Tokens, RefreshError> {
    let refresh_token = old.refresh_token.clone().ok_or(RefreshError::Over)?;
    let response = ready
        .client
        .exchange_refresh_token(&RefreshToken::new(refresh_token))
        .request_async(provider.http())
        .await
        .map_err(|error| match error {
            RequestTokenError::ServerResponse(refusal)
                if refusal.error().as_ref() == "invalid_grant" =>
            {
                RefreshError::Over
            }
            RequestTokenError::ServerResponse(_) => {
                LoginError::Exchange(ExchangeError::Refused).into()
            }
            RequestTokenError::Request(error) => {
                LoginError::Exchange(ExchangeError::Http(error)).into()
            }
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                LoginError::Exchange(ExchangeError::Malformed).into()
            }
        })?;
    let access_token = response.access_token().secret().clone();
    let id_token = response.extra_fields().id_token().map(ToString::to_string);
    if let Some(id_token) = &id_token {
        let expected =
            Expected { alg: provider.settings().id_token_alg, nonce: None, typ: Typ::Jwt };
        let claims: VerifiedIdToken = verified_claims(provider, ready, id_token, expected)
            .await
            .map_err(LoginError::IdToken)?;
        check_access_token(claims.at_hash.as_deref(), &access_token)
            .map_err(LoginError::IdToken)?;
        if claims.sub != sub {
            return Err(RefreshError::Over);
        }
    }
    Ok(Tokens {
        id_token: id_token.unwrap_or_else(|| old.id_token.clone()),
        access_token,
        refresh_token: response
            .refresh_token()
            .map(|token| token.secret().clone())
            .or_else(|| old.refresh_token.clone()),
        access_expires_at: expiry(provider, response.expires_in()),
    })
}
