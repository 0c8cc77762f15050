//! Owns the role of a strict client of an OpenID provider, which the hub has at identity providers
//! and ProConnect Identité at FranceConnect, over HTTP also where the provider runs in the same
//! process. Metadata and keys are cached; a key that is not known yet is looked for once more,
//! but not more often than the cool-down allows.

mod fetch;
mod verify;

use std::sync::Arc;

use jsonwebtoken::jwk::JwkSet;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::Mutex;
use url::Url;

use crate::clock::Clock;
use crate::protocol::SigningAlg;
use crate::secret::{ClientSecret, Token};

pub(crate) use fetch::{Fetcher, FetcherError};
pub(crate) use verify::VerifiedIdToken;

/// How long metadata and keys are taken from the cache, in seconds.
const CACHE: i64 = 600;
/// How long to wait before unknown keys are looked for again, in seconds.
const COOL_DOWN: i64 = 10;

/// What a provider publishes about itself.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) issuer: String,
    pub(crate) authorization_endpoint: Url,
    token_endpoint: Url,
    userinfo_endpoint: Url,
    jwks_uri: Url,
    pub(crate) end_session_endpoint: Option<Url>,
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

/// Why a provider could not be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpstreamError {
    #[error("the provider did not answer as expected")]
    Fetch(#[from] FetcherError),
    #[error("the provider's metadata name another issuer")]
    Issuer,
    #[error("{0}")]
    IdToken(&'static str),
    #[error("a token's signature is refused")]
    Signature(#[from] crate::jose::JoseError),
    #[error("{0}")]
    Userinfo(&'static str),
    #[error("a scenario makes the provider unreachable")]
    Staged,
}

/// The tokens of a sign-in; the access token is used once, for userinfo.
#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    id_token: String,
}

/// What a provider said in exchange for a code, verified but not yet checked for content.
#[derive(Debug)]
pub(crate) struct Testimony {
    pub(crate) claims: VerifiedIdToken,
    /// The ID token itself, for the sign-out.
    pub(crate) raw_id_token: String,
    access_token: String,
}

/// What the client must remember from the redirect to the answer, besides `state`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Secrets {
    pub(crate) nonce: Token,
    pub(crate) code_verifier: Token,
}

impl Secrets {
    /// Fresh ones.
    pub(crate) fn random() -> Self {
        Self { nonce: Token::random(), code_verifier: Token::random() }
    }
}

/// What client and provider agreed on.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) client_id: String,
    pub(crate) client_secret: ClientSecret,
    /// The algorithm of ID tokens; no other is accepted.
    pub(crate) id_token_alg: SigningAlg,
    /// The algorithm of userinfo answers; plain JSON if absent.
    pub(crate) userinfo_alg: Option<SigningAlg>,
    pub(crate) discovery_url: Url,
    pub(crate) redirect_uri: String,
}

/// A client of one provider.
#[derive(Debug)]
pub(crate) struct OpenIdClient {
    pub(crate) terms: Terms,
    pub(crate) fetcher: Fetcher,
    pub(crate) clock: Arc<dyn Clock>,
    /// What was learnt about the provider.
    pub(crate) cache: Learnt,
}

/// Metadata and keys; clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Learnt(Arc<Mutex<Cache>>);

#[derive(Debug, Default)]
struct Cache {
    metadata: Option<(Metadata, i64)>,
    keys: Option<(JwkSet, i64)>,
}

impl OpenIdClient {
    /// The metadata, from the cache while they are fresh.
    pub(crate) async fn metadata(&self) -> Result<Metadata, UpstreamError> {
        let mut cache = self.cache.0.lock().await;
        let now = self.clock.unix();
        if let Some((metadata, fetched)) = &cache.metadata
            && is_fresh(*fetched, now, CACHE)
        {
            return Ok(metadata.clone());
        }
        let metadata: Metadata = self.fetcher.json(self.terms.discovery_url.clone()).await?;
        // Discovery §4.3: the issuer must be the one whose document was asked for.
        let expected =
            self.terms.discovery_url.as_str().strip_suffix("/.well-known/openid-configuration");
        if expected != Some(metadata.issuer.trim_end_matches('/')) {
            return Err(UpstreamError::Issuer);
        }
        cache.metadata = Some((metadata.clone(), now));
        Ok(metadata)
    }

    /// Exchanges a code and verifies the ID token.
    pub(crate) async fn exchange(
        &self,
        code: &str,
        secrets: &Secrets,
    ) -> Result<Testimony, UpstreamError> {
        let metadata = self.metadata().await?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.terms.redirect_uri),
            ("client_id", &self.terms.client_id),
            ("client_secret", self.terms.client_secret.expose()),
            ("code_verifier", secrets.code_verifier.expose()),
        ];
        let answer: TokenAnswer =
            self.fetcher.post_form(metadata.token_endpoint.clone(), &form).await?;
        let claims = self.verified(&answer.id_token, self.terms.id_token_alg, &metadata).await?;
        let claims = verify::id_token(
            claims,
            &verify::Expectation {
                issuer: &metadata.issuer,
                client_id: &self.terms.client_id,
                nonce: secrets.nonce.expose(),
                access_token: &answer.access_token,
                now: self.clock.unix(),
            },
        )?;
        Ok(Testimony { claims, raw_id_token: answer.id_token, access_token: answer.access_token })
    }

    /// Fetches the claims about the person, in the form that was agreed.
    pub(crate) async fn userinfo(
        &self,
        testimony: &Testimony,
    ) -> Result<Map<String, Value>, UpstreamError> {
        let metadata = self.metadata().await?;
        let answer = self
            .fetcher
            .get_with_bearer(metadata.userinfo_endpoint.clone(), &testimony.access_token)
            .await?;
        let claims = match self.terms.userinfo_alg {
            Some(alg) if answer.is("application/jwt") => {
                let text = answer.text()?;
                let claims = self.verified(&text, alg, &metadata).await?;
                verify::userinfo_envelope(&claims, &metadata.issuer, &self.terms.client_id)?;
                claims
            }
            None if answer.is("application/json") => answer.json()?,
            _ => return Err(UpstreamError::Userinfo("userinfo has an unexpected content type")),
        };
        // OpenID Connect Core §5.3.2: otherwise another person's claims could be substituted.
        if claims.get("sub").and_then(Value::as_str) != Some(&testimony.claims.sub) {
            return Err(UpstreamError::Userinfo("userinfo has another sub than the ID token"));
        }
        Ok(claims)
    }

    /// The redirect to the provider's own sign-out, if it has one.
    pub(crate) async fn end_session_url(
        &self,
        id_token: &str,
        return_to: &str,
    ) -> Result<Option<Url>, UpstreamError> {
        let Some(mut url) = self.metadata().await?.end_session_endpoint else { return Ok(None) };
        url.query_pairs_mut()
            .append_pair("id_token_hint", id_token)
            .append_pair("post_logout_redirect_uri", return_to);
        Ok(Some(url))
    }

    async fn verified(
        &self,
        token: &str,
        alg: SigningAlg,
        metadata: &Metadata,
    ) -> Result<Map<String, Value>, UpstreamError> {
        use crate::jose::{JoseError, Verifier, verify};
        if alg == SigningAlg::HS256 {
            return Ok(verify(token, alg, &Verifier::Secret(&self.terms.client_secret))?);
        }
        let keys = self.keys(metadata, CACHE).await?;
        match verify(token, alg, &Verifier::Published(&keys)) {
            Err(JoseError::UnknownKey) => {
                let keys = self.keys(metadata, COOL_DOWN).await?;
                Ok(verify(token, alg, &Verifier::Published(&keys))?)
            }
            result => Ok(result?),
        }
    }

    /// The keys, fetched anew if the cached ones are at least `max_age` seconds old.
    async fn keys(&self, metadata: &Metadata, max_age: i64) -> Result<JwkSet, UpstreamError> {
        let mut cache = self.cache.0.lock().await;
        let now = self.clock.unix();
        if let Some((keys, fetched)) = &cache.keys
            && is_fresh(*fetched, now, max_age)
        {
            return Ok(keys.clone());
        }
        let keys: JwkSet = self.fetcher.json(metadata.jwks_uri.clone()).await?;
        cache.keys = Some((keys.clone(), now));
        Ok(keys)
    }
}

/// The clock can be moved back: what was fetched in its future is not fresh either.
fn is_fresh(fetched: i64, now: i64, max_age: i64) -> bool {
    (0..max_age).contains(&(now - fetched))
}
