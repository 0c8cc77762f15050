//! Owns the secret of a test account's authenticator, as people type it into their own app.

use std::fmt;

use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret};

/// A secret in base32.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct TotpSecret(String);

/// Why a text is no secret.
#[derive(Debug, thiserror::Error)]
#[error("a TOTP secret is at least 16 bytes in base32")]
pub struct InvalidTotpSecret;

impl TotpSecret {
    /// The code that an authenticator shows at a time, in seconds since 1970.
    pub fn code(&self, at: i64) -> String {
        let totp = Builder::new().with_secret(self.bytes()).build_noncompliant();
        totp.generate(u64::try_from(at).unwrap_or_default()).to_string()
    }

    /// The bytes that codes are computed with.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        decoded(&self.0).map(|secret| secret.as_bytes().to_vec()).unwrap_or_default()
    }
}

fn decoded(text: &str) -> Option<Secret> {
    let compact: String = text.split_whitespace().collect();
    Secret::try_from_base32(compact.to_uppercase()).ok()
}

impl TryFrom<String> for TotpSecret {
    type Error = InvalidTotpSecret;

    fn try_from(text: String) -> Result<Self, InvalidTotpSecret> {
        // RFC 4226, section 4, asks for 128 bits.
        let long_enough = |secret: &Secret| secret.as_bytes().len() >= 16;
        decoded(&text).filter(long_enough).map(|_| Self(text)).ok_or(InvalidTotpSecret)
    }
}

impl From<TotpSecret> for String {
    fn from(secret: TotpSecret) -> Self {
        secret.0
    }
}

impl fmt::Display for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_enough_and_in_base32() {
        let rows = [
            ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", true),
            ("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", true),
            ("GEZDGNBVGY3TQOJQGEZDGNBV", false),
            ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", false),
            ("", false),
        ];
        for (text, good) in rows {
            assert_eq!(TotpSecret::try_from(text.to_owned()).is_ok(), good, "{text}");
        }
        let secret = TotpSecret::try_from("gezd gnbv gy3t qojq gezd gnbv gy3t qojq".to_owned());
        let secret = secret.expect("a secret");
        assert_eq!(secret.bytes(), b"12345678901234567890");
        assert_eq!(secret.code(59), "287082", "RFC 6238, appendix B");
    }
}
