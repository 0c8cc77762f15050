//! Owns a provider's two signing keys, one RSA and one on P-256. A private key leaves this file
//! only towards the store and the signing library.

use std::fmt;
use std::fmt::Write as _;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey};

use super::{Signer, algorithm};
use crate::protocol::SigningAlg;
use crate::secret::ClientSecret;

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
    #[error("provider {0} has no {1:?} signing key")]
    Missing(String, SigningAlg),
}

impl GeneratedKey {
    /// One key of each kind. The RSA key has 2048 bits and takes a while.
    pub(crate) fn both() -> Result<[Self; 2], KeyError> {
        let rsa: Pkcs8V1Der<'_> = RsaKeyPair::generate(KeySize::Rsa2048)
            .and_then(|pair| pair.as_der())
            .map_err(|_| KeyError::Generation)?;
        let ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
            .and_then(|pair| pair.to_pkcs8v1())
            .map_err(|_| KeyError::Generation)?;
        Ok([
            Self { alg: SigningAlg::RS256, pem: pem(rsa.as_ref()) },
            Self { alg: SigningAlg::ES256, pem: pem(ec.as_ref()) },
        ])
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
    fn read(key: &GeneratedKey) -> Result<Self, jsonwebtoken::errors::Error> {
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

/// The keys of one provider.
#[derive(Debug)]
pub(crate) struct SigningKeys {
    rs256: KeyPair,
    es256: KeyPair,
}

impl SigningKeys {
    /// Reads stored or just generated keys.
    pub(crate) fn from_generated(keys: &[GeneratedKey], provider: &str) -> Result<Self, KeyError> {
        let read = |alg| {
            let key = keys
                .iter()
                .find(|key| key.alg == alg)
                .ok_or_else(|| KeyError::Missing(provider.to_owned(), alg))?;
            KeyPair::read(key).map_err(|e| KeyError::Unreadable(alg, provider.to_owned(), e))
        };
        Ok(Self { rs256: read(SigningAlg::RS256)?, es256: read(SigningAlg::ES256)? })
    }

    /// What a token in this algorithm is signed with.
    pub(crate) fn signer<'a>(&'a self, alg: SigningAlg, secret: &'a ClientSecret) -> Signer<'a> {
        match alg {
            SigningAlg::RS256 => Signer::Key(&self.rs256),
            SigningAlg::ES256 => Signer::Key(&self.es256),
            SigningAlg::HS256 => Signer::Secret(secret),
        }
    }

    /// The public halves.
    pub(crate) fn published(&self) -> JwkSet {
        JwkSet { keys: vec![self.es256.jwk.clone(), self.rs256.jwk.clone()] }
    }
}
