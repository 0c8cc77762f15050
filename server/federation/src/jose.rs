//! Owns signatures: making and verifying JWS with an algorithm that was fixed beforehand by
//! configuration. The algorithm named in a token's header never decides anything. Times are
//! not judged here: that takes a clock, and the caller's rules.

mod keys;

use std::sync::Arc;

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Map, Value};

use crate::protocol::SigningAlg;
use crate::secret::ClientSecret;

pub(crate) use keys::{GeneratedKey, KeyError, KeyPair};

/// Why a token is not accepted, or not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JoseError {
    #[error("the token cannot be read")]
    Malformed(#[source] jsonwebtoken::errors::Error),
    #[error("the token is signed with another algorithm than agreed")]
    WrongAlgorithm,
    #[error("the token's key is not among the provider's keys")]
    UnknownKey,
    #[error("the signature does not verify")]
    BadSignature(#[source] jsonwebtoken::errors::Error),
    #[error("the token cannot be signed")]
    Signing(#[source] jsonwebtoken::errors::Error),
}

/// What a token is signed with.
#[derive(Debug)]
pub(crate) enum Signer<'a> {
    /// A key of the provider.
    Key(Arc<KeyPair>),
    /// The client's secret (HS256).
    Secret(&'a ClientSecret),
}

/// Makes a signed token; `typ` is the header's.
pub(crate) fn sign(
    claims: &Map<String, Value>,
    signer: &Signer<'_>,
    typ: &str,
) -> Result<String, JoseError> {
    let (algorithm, kid, key) = match signer {
        Signer::Key(pair) => {
            (pair.algorithm(), Some(pair.kid().to_owned()), pair.encoding().clone())
        }
        Signer::Secret(secret) => {
            (Algorithm::HS256, None, EncodingKey::from_secret(secret.expose().as_bytes()))
        }
    };
    let header = Header { typ: Some(typ.to_owned()), kid, ..Header::new(algorithm) };
    jsonwebtoken::encode(&header, claims, &key).map_err(JoseError::Signing)
}

/// What a token is verified with.
#[derive(Debug)]
pub(crate) enum Verifier<'a> {
    /// The signer's published keys, of which the header's `kid` picks one.
    Published(&'a JwkSet),
    /// A shared secret (HS256).
    Secret(&'a ClientSecret),
}

/// Verifies the signature and returns the claims, none of which has been judged yet.
pub(crate) fn verify(
    token: &str,
    alg: SigningAlg,
    verifier: &Verifier<'_>,
) -> Result<Map<String, Value>, JoseError> {
    let header = jsonwebtoken::decode_header(token).map_err(JoseError::Malformed)?;
    let algorithm = algorithm(alg);
    if header.alg != algorithm {
        return Err(JoseError::WrongAlgorithm);
    }
    let key = match (alg, verifier) {
        (SigningAlg::HS256, Verifier::Secret(secret)) => {
            DecodingKey::from_secret(secret.expose().as_bytes())
        }
        (SigningAlg::RS256 | SigningAlg::ES256, Verifier::Published(keys)) => {
            let jwk = pick(keys, alg, header.kid.as_deref()).ok_or(JoseError::UnknownKey)?;
            DecodingKey::from_jwk(jwk).map_err(JoseError::BadSignature)?
        }
        _ => return Err(JoseError::WrongAlgorithm),
    };
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    jsonwebtoken::decode::<Map<String, Value>>(token, &key, &validation)
        .map(|data| data.claims)
        .map_err(JoseError::BadSignature)
}

/// The key that `kid` names, or the only one of the right type if there is no `kid`.
fn pick<'k>(keys: &'k JwkSet, alg: SigningAlg, kid: Option<&str>) -> Option<&'k Jwk> {
    if let Some(kid) = kid {
        return keys.find(kid);
    }
    let mut suitable = keys.keys.iter().filter(|jwk| suits(jwk, alg));
    suitable.next().filter(|_| suitable.next().is_none())
}

fn suits(jwk: &Jwk, alg: SigningAlg) -> bool {
    use jsonwebtoken::jwk::AlgorithmParameters as P;
    matches!(
        (&jwk.algorithm, alg),
        (P::RSA(_), SigningAlg::RS256) | (P::EllipticCurve(_), SigningAlg::ES256)
    )
}

pub(crate) fn algorithm(alg: SigningAlg) -> Algorithm {
    match alg {
        SigningAlg::RS256 => Algorithm::RS256,
        SigningAlg::ES256 => Algorithm::ES256,
        SigningAlg::HS256 => Algorithm::HS256,
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;
    use serde_json::json;

    use super::*;

    fn claims() -> Map<String, Value> {
        json!({ "sub": "1", "exp": 1 }).as_object().expect("an object").clone()
    }

    fn pair(alg: SigningAlg) -> Arc<KeyPair> {
        let key = GeneratedKey::generate(alg).expect("a key");
        Arc::new(KeyPair::read(&key, "test").expect("a valid key"))
    }

    #[test]
    fn each_algorithm_signs_and_verifies_and_no_other_is_accepted() {
        let keys = [pair(SigningAlg::RS256), pair(SigningAlg::ES256)];
        let secret = ClientSecret::try_from(SecretString::from("0123456789abcdef0123456789abcdef"))
            .expect("long enough");
        let published = JwkSet { keys: keys.iter().map(|key| key.public().clone()).collect() };
        let signers = [
            (SigningAlg::RS256, Signer::Key(Arc::clone(&keys[0]))),
            (SigningAlg::ES256, Signer::Key(Arc::clone(&keys[1]))),
            (SigningAlg::HS256, Signer::Secret(&secret)),
        ];
        let algs = [SigningAlg::RS256, SigningAlg::ES256, SigningAlg::HS256];

        for (alg, signer) in signers {
            let token = sign(&claims(), &signer, "JWT").expect("signs");
            for expected in algs {
                let verifier = match expected {
                    SigningAlg::HS256 => Verifier::Secret(&secret),
                    _ => Verifier::Published(&published),
                };
                let result = verify(&token, expected, &verifier);
                assert_eq!(result.is_ok(), alg == expected, "{alg:?} as {expected:?}");
            }
        }
    }

    #[test]
    fn a_changed_or_unsigned_token_is_refused() {
        let key = pair(SigningAlg::ES256);
        let token = sign(&claims(), &Signer::Key(Arc::clone(&key)), "JWT").expect("signs");
        let parts: Vec<&str> = token.split('.').collect();
        let published = JwkSet { keys: vec![key.public().clone()] };

        for forged in [
            format!("{}.eyJzdWIiOiIyIn0.{}", parts[0], parts[2]),
            format!("eyJhbGciOiJub25lIn0.{}.", parts[1]),
            format!("{}.{}.", parts[0], parts[1]),
            "not a token".to_owned(),
        ] {
            let result = verify(&forged, SigningAlg::ES256, &Verifier::Published(&published));
            assert!(result.is_err(), "{forged}");
        }
    }
}
