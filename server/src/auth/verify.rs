//! The one place that trusts a signed answer: ID tokens and signed userinfo alike.
//!
//! The signature, `iss`, `aud`, `exp` and `nonce` are checked by `openidconnect`; this file pins
//! the algorithm and adds what the library leaves to its callers: the JOSE header, `azp`, `iat`,
//! `nbf` and a tolerance for clocks (OpenID Connect Core §3.1.3.7, §5.3.2).

use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use openidconnect::core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet};
use openidconnect::{ClaimsVerificationError, Nonce, SignatureVerificationError};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::provider::{Provider, Ready};
use super::settings::{RelyingParty, SigningAlg};

/// Tolerated difference between the provider's clock and ours.
const SKEW: Duration = Duration::seconds(60);
/// Oldest acceptable `iat`: the token was made for this very request.
const MAX_AGE: Duration = Duration::minutes(10);

/// Why a signed answer is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a JWT.
    #[error("not a signed JWT")]
    Malformed,
    /// The header names another algorithm, another type or critical extensions.
    #[error("the JOSE header is not the expected one")]
    Header,
    /// The key is not known.
    #[error("signed with an unknown key")]
    UnknownKey,
    /// The signature is wrong.
    #[error("the signature is wrong")]
    Signature,
    /// `iss` is another.
    #[error("made by another issuer")]
    Issuer,
    /// `aud` or `azp` is another.
    #[error("made for another client")]
    Audience,
    /// `nonce` is absent or another.
    #[error("made for another attempt")]
    Nonce,
    /// `exp`, `iat` or `nbf` is out of bounds.
    #[error("outside of its time")]
    Time,
    /// `auth_time` is absent though asked for, before the attempt, or in the future.
    #[error("the person was not there for this")]
    Presence,
    /// `at_hash` does not match the access token.
    #[error("does not belong to the access token")]
    AccessToken,
    /// The claims have the wrong types.
    #[error("the claims are malformed")]
    Claims,
}

impl TokenError {
    /// The stable code, for logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "token.malformed",
            Self::Header => "token.header",
            Self::UnknownKey => "token.unknown_key",
            Self::Signature => "token.signature",
            Self::Issuer => "token.issuer",
            Self::Audience => "token.audience",
            Self::Nonce => "token.nonce",
            Self::Time => "token.time",
            Self::Presence => "token.presence",
            Self::AccessToken => "token.access_token",
            Self::Claims => "token.claims",
        }
    }
}

/// What a signed answer must satisfy.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The one accepted algorithm.
    pub alg: SigningAlg,
    /// The nonce of the attempt, for ID tokens; nothing else has one.
    pub nonce: Option<&'a Nonce>,
    /// What `typ` says it is.
    pub typ: Typ,
}

/// What a signed answer says it is, so that none is taken for another (RFC 8725 §3.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typ {
    /// A JWT like all others; `typ` may be absent.
    Jwt,
    /// `logout+jwt` (OpenID Connect Back-Channel Logout 1.0 §2.4).
    LogoutToken,
}

impl Typ {
    fn admits(self, typ: Option<&str>) -> bool {
        match self {
            Self::Jwt => typ.is_none_or(|typ| typ.eq_ignore_ascii_case("jwt")),
            Self::LogoutToken => typ.is_some_and(|typ| typ.eq_ignore_ascii_case("logout+jwt")),
        }
    }
}

/// Verifies `compact` and reads its claims as `T`. When the key is unknown the provider is asked
/// once for newer keys.
pub async fn verified_claims<T: DeserializeOwned>(
    provider: &Provider,
    ready: &Arc<Ready>,
    compact: &str,
    expected: Expected<'_>,
) -> Result<T, TokenError> {
    let now = provider.clock().now();
    match check(provider.settings(), &ready.keys, compact, expected, now) {
        Err(TokenError::UnknownKey) => {
            let renewed = provider.after_unknown_key(ready).await.ok_or(TokenError::UnknownKey)?;
            check(provider.settings(), &renewed.keys, compact, expected, now)?;
        }
        outcome => outcome?,
    }
    claims(compact)
}

/// Whether `at_hash` is that of the access token (OpenID Connect Core §3.1.3.8); all algorithms in
/// use hash with SHA-256. An absent one is allowed in the code flow.
pub fn check_access_token(at_hash: Option<&str>, access_token: &str) -> Result<(), TokenError> {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, access_token.as_bytes());
    let expected = URL_SAFE_NO_PAD.encode(&digest.as_ref()[..16]);
    match at_hash {
        Some(at_hash) if at_hash != expected => Err(TokenError::AccessToken),
        _ => Ok(()),
    }
}

/// Whether the person was at the provider since `earliest` (`auth_time`, OpenID Connect Core §2).
pub fn check_presence(
    auth_time: Option<i64>,
    earliest: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), TokenError> {
    let latest = (now + SKEW).timestamp();
    let in_time = match (auth_time, earliest) {
        (None, None) => true,
        (Some(at), None) => at <= latest,
        (Some(at), Some(earliest)) => at <= latest && at >= (earliest - SKEW).timestamp(),
        (None, Some(_)) => false,
    };
    if in_time { Ok(()) } else { Err(TokenError::Presence) }
}

/// Whether `compact` was made by the provider, for this client, for now and for this purpose.
pub fn check(
    settings: &RelyingParty,
    keys: &CoreJsonWebKeySet,
    compact: &str,
    expected: Expected<'_>,
    now: DateTime<Utc>,
) -> Result<(), TokenError> {
    check_header(compact, expected.alg, expected.typ)?;
    let token = CoreIdToken::from_str(compact).map_err(|_| TokenError::Claims)?;
    let nonce = |found: Option<&Nonce>| match (expected.nonce, found) {
        (None, _) => Ok(()),
        (Some(expected), Some(found)) if expected.secret() == found.secret() => Ok(()),
        _ => Err("nonce".to_owned()),
    };
    token.claims(&verifier(settings, keys, expected.alg, now), nonce).map_err(
        |error| match error {
            ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            ) => TokenError::UnknownKey,
            ClaimsVerificationError::InvalidIssuer(_) => TokenError::Issuer,
            ClaimsVerificationError::InvalidAudience(_) => TokenError::Audience,
            ClaimsVerificationError::InvalidNonce(_) => TokenError::Nonce,
            ClaimsVerificationError::Expired(_) => TokenError::Time,
            _ => TokenError::Signature,
        },
    )?;
    check_registered(&claims(compact)?, settings, now)
}

fn verifier<'a>(
    settings: &RelyingParty,
    keys: &CoreJsonWebKeySet,
    alg: SigningAlg,
    now: DateTime<Utc>,
) -> CoreIdTokenVerifier<'a> {
    CoreIdTokenVerifier::new_confidential_client(
        settings.client_id.clone(),
        settings.client_secret.clone(),
        settings.issuer.clone(),
        keys.clone(),
    )
    .set_allowed_algs([alg.into()])
    // `check_header` has judged `typ`: what the library lets pass would be ID tokens only.
    .allow_all_jose_types()
    .set_other_audience_verifier_fn(|_| false)
    .set_time_fn(move || now - SKEW)
}

#[derive(Deserialize)]
struct JoseHeader {
    alg: String,
    typ: Option<String>,
    crit: Option<serde_json::Value>,
}

/// Refuses, before any library sees it, what only an attacker or a misconfiguration would send. An
/// HMAC of the wrong length would make the library panic.
fn check_header(compact: &str, alg: SigningAlg, typ: Typ) -> Result<(), TokenError> {
    let mut parts = compact.split('.');
    let (Some(header), Some(_), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(TokenError::Malformed);
    };
    let header: JoseHeader = decode_json(header).ok_or(TokenError::Malformed)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenError::Malformed)?;
    let is_expected = header.alg == alg.name() && typ.admits(header.typ.as_deref());
    if !is_expected || header.crit.is_some() {
        return Err(TokenError::Header);
    }
    let length_fits = match alg {
        SigningAlg::Hs256 => signature.len() == 32,
        SigningAlg::Es256 => signature.len() == 64,
        SigningAlg::Rs256 => signature.len() >= 256,
    };
    if length_fits { Ok(()) } else { Err(TokenError::Signature) }
}

#[derive(Deserialize)]
struct Registered {
    aud: Audience,
    azp: Option<String>,
    iat: Option<i64>,
    nbf: Option<i64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    Several(Vec<String>),
    One(serde::de::IgnoredAny),
}

fn check_registered(
    claims: &Registered,
    settings: &RelyingParty,
    now: DateTime<Utc>,
) -> Result<(), TokenError> {
    let several = match &claims.aud {
        Audience::Several(all) => all.len() > 1,
        Audience::One(_) => false,
    };
    let authorized = match &claims.azp {
        Some(azp) => azp == settings.client_id.as_str(),
        None => !several,
    };
    if !authorized {
        return Err(TokenError::Audience);
    }
    let iat = claims.iat.ok_or(TokenError::Time)?;
    let latest = (now + SKEW).timestamp();
    let earliest = (now - SKEW - MAX_AGE).timestamp();
    let in_time = (earliest..=latest).contains(&iat) && claims.nbf.is_none_or(|nbf| nbf <= latest);
    if in_time { Ok(()) } else { Err(TokenError::Time) }
}

fn claims<T: DeserializeOwned>(compact: &str) -> Result<T, TokenError> {
    compact.split('.').nth(1).and_then(decode_json).ok_or(TokenError::Claims)
}

fn decode_json<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
