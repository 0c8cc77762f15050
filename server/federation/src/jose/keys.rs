//! Owns a signing key, RSA or on P-256. A private key leaves this file only towards the store
//! and the signing library.

use std::fmt;
use std::fmt::Write as _;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey};

use super::algorithm;
use crate::protocol::SigningAlg;

/// A private key in the form in which the store keeps it.
#[derive(Clone)]
pub(crate) struct GeneratedKey {
    pub(crate) alg: SigningAlg,
    /// PKCS#8 in PEM.
    pub(crate) pem: String,
}

/// Why a key cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    #[error("a signing key cannot be generated")]
    Generation,
    #[error("the stored {0:?} signing key of provider {1} cannot be read")]
    Unreadable(SigningAlg, String, #[source] jsonwebtoken::errors::Error),
    #[error("HS256 signs with the client's secret and has no key of its own")]
    Symmetric,
}

impl GeneratedKey {
    /// Draws a new key. An RSA key has 2048 bits and takes a while.
    pub(crate) fn generate(alg: SigningAlg) -> Result<Self, KeyError> {
        let pem = match alg {
            SigningAlg::RS256 => {
                let der: Pkcs8V1Der<'_> = RsaKeyPair::generate(KeySize::Rsa2048)
                    .and_then(|pair| pair.as_der())
                    .map_err(|_| KeyError::Generation)?;
                pem(der.as_ref())
            }
            SigningAlg::ES256 => {
                let der = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
                    .and_then(|pair| pair.to_pkcs8v1())
                    .map_err(|_| KeyError::Generation)?;
                pem(der.as_ref())
            }
            SigningAlg::HS256 => return Err(KeyError::Symmetric),
        };
        Ok(Self { alg, pem })
    }
}

impl fmt::Debug for GeneratedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GeneratedKey({:?})", self.alg)
    }
}

fn pem(der: &[u8]) -> String {
    let encoded = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for line in encoded.as_bytes().chunks(64) {
        let _ = writeln!(pem, "{}", String::from_utf8_lossy(line));
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    pem
}

/// A key ready for use.
pub(crate) struct KeyPair {
    alg: SigningAlg,
    kid: String,
    encoding: EncodingKey,
    jwk: Jwk,
}

impl KeyPair {
    /// Reads a stored or just generated key of a provider.
    pub(crate) fn read(key: &GeneratedKey, provider: &str) -> Result<Self, KeyError> {
        Self::parse(key).map_err(|error| KeyError::Unreadable(key.alg, provider.to_owned(), error))
    }

    fn parse(key: &GeneratedKey) -> Result<Self, jsonwebtoken::errors::Error> {
        let encoding = match key.alg {
            SigningAlg::ES256 => EncodingKey::from_ec_pem(key.pem.as_bytes()),
            _ => EncodingKey::from_rsa_pem(key.pem.as_bytes()),
        }?;
        let mut jwk = Jwk::from_encoding_key(&encoding, algorithm(key.alg))?;
        let kid = jwk.thumbprint(ThumbprintHash::SHA256)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { alg: key.alg, kid, encoding, jwk })
    }

    /// The public half.
    pub(crate) fn public(&self) -> &Jwk {
        &self.jwk
    }

    pub(crate) fn algorithm(&self) -> Algorithm {
        algorithm(self.alg)
    }

    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    pub(super) fn encoding(&self) -> &EncodingKey {
        &self.encoding
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyPair({:?}, {})", self.alg, self.kid)
    }
}
