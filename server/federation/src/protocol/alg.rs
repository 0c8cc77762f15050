//! Owns the signature algorithms that ProConnect knows. Everything else, `none` above all,
//! cannot even be named.

use serde::{Deserialize, Serialize};

/// A JWS algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SigningAlg {
    /// RSA with SHA-256.
    #[default]
    RS256,
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// HMAC with SHA-256, keyed by the client secret.
    HS256,
}

impl SigningAlg {
    /// The name in headers and metadata.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::ES256 => "ES256",
            Self::HS256 => "HS256",
        }
    }
}
