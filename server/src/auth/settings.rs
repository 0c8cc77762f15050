//! What the operator decided about the relying party, already validated.

use std::fmt;
use std::str::FromStr;

use openidconnect::core::CoreJwsSigningAlgorithm;
use openidconnect::{ClientId, ClientSecret, IssuerUrl};
use url::Url;

/// The settings of this service at its provider.
#[derive(Clone)]
pub struct RelyingParty {
    /// The issuer, compared byte for byte with what discovery, tokens and callback say.
    pub issuer: IssuerUrl,
    /// The client identifier given at registration.
    pub client_id: ClientId,
    /// The client secret given at registration.
    pub client_secret: ClientSecret,
    /// The one algorithm that an ID token may be signed with.
    pub id_token_alg: SigningAlg,
    /// How userinfo is answered.
    pub userinfo: UserinfoFormat,
    /// Scopes to request, without `openid`, which is always sent.
    pub scopes: Vec<String>,
    /// Levels (`acr`) accepted at sign-in; empty: any.
    pub accepted_acr: Vec<String>,
    /// Redirect URI, as registered.
    pub redirect_uri: Url,
    /// Post-logout redirect URI, as registered.
    pub post_logout_redirect_uri: Url,
}

impl RelyingParty {
    /// Which of these levels may be asked for: a link can only narrow what the operator accepts.
    pub fn narrow(&self, acr: Vec<String>) -> Vec<String> {
        if self.accepted_acr.is_empty() {
            return acr;
        }
        acr.into_iter().filter(|level| self.accepted_acr.contains(level)).collect()
    }
}

impl fmt::Debug for RelyingParty {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RelyingParty")
            .field("issuer", &self.issuer.as_str())
            .field("client_id", &self.client_id.as_str())
            .finish_non_exhaustive()
    }
}

/// A signing algorithm that ProConnect offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningAlg {
    /// RSA PKCS#1 v1.5 with SHA-256.
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// HMAC with SHA-256, keyed with the client secret.
    Hs256,
}

impl SigningAlg {
    /// The name in JOSE headers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
            Self::Hs256 => "HS256",
        }
    }
}

impl FromStr for SigningAlg {
    type Err = UnknownAlg;

    fn from_str(text: &str) -> Result<Self, UnknownAlg> {
        [Self::Rs256, Self::Es256, Self::Hs256]
            .into_iter()
            .find(|alg| alg.name() == text)
            .ok_or(UnknownAlg)
    }
}

impl From<SigningAlg> for CoreJwsSigningAlgorithm {
    fn from(alg: SigningAlg) -> Self {
        match alg {
            SigningAlg::Rs256 => Self::RsaSsaPkcs1V15Sha256,
            SigningAlg::Es256 => Self::EcdsaP256Sha256,
            SigningAlg::Hs256 => Self::HmacSha256,
        }
    }
}

/// How the userinfo endpoint answers this client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserinfoFormat {
    /// `application/json`, unsigned.
    Json,
    /// `application/jwt`, signed with this algorithm.
    Signed(SigningAlg),
}

impl FromStr for UserinfoFormat {
    type Err = UnknownAlg;

    fn from_str(text: &str) -> Result<Self, UnknownAlg> {
        if text == "none" { Ok(Self::Json) } else { text.parse().map(Self::Signed) }
    }
}

/// The algorithm is none of those that ProConnect offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected RS256, ES256 or HS256 (userinfo also: none)")]
pub struct UnknownAlg;
