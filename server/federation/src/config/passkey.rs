//! Owns the passkeys of test accounts. They are whole keys, private half included, so that a test
//! suite can load them into a browser's virtual authenticator: public fixtures, good for nothing
//! else.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// How long an identifier may be, in bytes (WebAuthn Level 2, section 4).
const LONGEST_ID: usize = 1023;

/// A passkey of a test account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Passkey {
    /// Its identifier.
    pub credential_id: Vec<u8>,
    /// The coordinates of its public key on the curve P-256.
    pub(crate) public_key: [u8; 64],
    /// How its owner sees it, if not by its identifier.
    pub name: Option<String>,
    written: Written,
}

impl Passkey {
    /// The identifier as it was written.
    pub(crate) fn shown_id(&self) -> &str {
        &self.written.credential_id
    }
}

/// A passkey as the configuration has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// In base64.
    credential_id: String,
    /// PKCS#8, in base64.
    private_key: String,
    #[serde(default)]
    name: Option<String>,
}

/// Why a passkey is refused.
#[derive(Debug, thiserror::Error)]
enum InvalidPasskey {
    #[error("credential_id must be 1 to 1023 bytes in base64")]
    CredentialId,
    #[error("private_key must be a key on the curve P-256, as PKCS#8 in base64")]
    PrivateKey,
}

impl TryFrom<Written> for Passkey {
    type Error = InvalidPasskey;

    fn try_from(written: Written) -> Result<Self, InvalidPasskey> {
        let credential_id = STANDARD.decode(&written.credential_id).unwrap_or_default();
        if credential_id.is_empty() || credential_id.len() > LONGEST_ID {
            return Err(InvalidPasskey::CredentialId);
        }
        let public_key = public_key(&written.private_key).ok_or(InvalidPasskey::PrivateKey)?;
        Ok(Self { credential_id, public_key, name: written.name.clone(), written })
    }
}

impl From<Passkey> for Written {
    fn from(passkey: Passkey) -> Self {
        passkey.written
    }
}

fn public_key(private_key: &str) -> Option<[u8; 64]> {
    let private_key = STANDARD.decode(private_key).ok()?;
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &private_key).ok()?;
    // An uncompressed point: 4, then the coordinates.
    pair.public_key().as_ref().strip_prefix(&[4])?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWeh+6YTFdafv/rb+Ovl1nJ\
                       4362FLoSAiAIO1/JbLha+hRANCAASvZEROuvF1EPkhcOCFO1NS6OBLp1iR5t1O/R8+xhY7NdaqC2ZqcVdDIGYnJHIMMOTCfsE9xpWH0/QvlmjC/fuh";

    fn read(passkey: &Value) -> Result<Passkey, serde_json::Error> {
        serde_json::from_value(passkey.clone())
    }

    #[test]
    fn a_passkey_is_shown_as_it_was_written() {
        let written = json!({ "credential_id": "AQID", "private_key": KEY, "name": "Ma clé" });

        let passkey = read(&written).expect("valid");

        assert_eq!(passkey.credential_id, [1, 2, 3]);
        assert_eq!(serde_json::to_value(passkey).expect("JSON"), written);
    }

    #[test]
    fn what_is_no_passkey_is_refused() {
        let rows = [
            (json!({ "credential_id": "", "private_key": KEY }), "credential_id"),
            (json!({ "credential_id": "?", "private_key": KEY }), "credential_id"),
            (json!({ "credential_id": "A".repeat(1368), "private_key": KEY }), "credential_id"),
            (json!({ "credential_id": "AQID", "private_key": "AQID" }), "private_key"),
            (json!({ "credential_id": "AQID", "private_key": "?" }), "private_key"),
            (json!({ "credential_id": "AQID" }), "private_key"),
            (json!({ "credential_id": "AQID", "private_key": KEY, "key": 1 }), "unknown field"),
        ];
        for (passkey, expected) in rows {
            let message = read(&passkey).expect_err(expected).to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
