//! Owns everything that is drawn at random or compared in secret. The plain value of a token
//! exists only in the answer that hands it out; the store and the logs know its SHA-256 hash.

use std::fmt;

use aws_lc_rs::{digest, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

/// The 64 characters of base64url, in which interaction identifiers are written.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// As many random bytes as the type says.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).expect("the operating system always has random numbers");
    bytes
}

/// 64 hexadecimal characters, the form of ProConnect's CSRF tokens.
pub(crate) fn random_hex() -> String {
    use fmt::Write as _;
    random_bytes::<32>().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// 21 characters of base64url, the form of ProConnect's interaction identifiers.
pub(crate) fn random_uid() -> String {
    random_bytes::<21>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 64)])).collect()
}

/// Decimal digits, each equally likely.
pub(crate) fn random_digits(count: usize) -> String {
    // 250 is the largest multiple of ten that a byte can hold: what lies above is drawn again.
    let digits = std::iter::repeat_with(random_bytes::<16>).flatten().filter(|byte| *byte < 250);
    digits.take(count).map(|byte| char::from(b'0' + byte % 10)).collect()
}

/// One of several things, each equally likely; nothing if there is none.
pub(crate) fn random_choice<T>(things: &[T]) -> Option<&T> {
    let count = u32::try_from(things.len()).ok().filter(|count| *count > 0)?;
    // What lies above the largest multiple is drawn again.
    let fair = u32::MAX - u32::MAX % count;
    let mut drawn = std::iter::repeat_with(|| u32::from_le_bytes(random_bytes()));
    let index = drawn.find(|number| *number < fair)? % count;
    things.get(usize::try_from(index).ok()?)
}

/// A code, token, state or session identifier: 32 random bytes in base64url.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Token(String);

impl Token {
    /// Draws a new one.
    pub(crate) fn random() -> Self {
        Self(URL_SAFE_NO_PAD.encode(random_bytes::<32>()))
    }

    /// Wraps a value that someone presented.
    pub(crate) fn presented(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// The plain value, for the answer that hands it out.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// What the store keeps.
    pub(crate) fn hash(&self) -> TokenHash {
        TokenHash(sha256(self.0.as_bytes()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The SHA-256 of a [`Token`].
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TokenHash([u8; 32]);

impl TokenHash {
    /// Compares with a stored hash in constant time.
    pub(crate) fn equals(&self, stored: &[u8]) -> bool {
        self.0.ct_eq(stored).into()
    }

    /// The bytes, for the store.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// A stored hash.
    pub(crate) fn stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The hash in base64url, for forms of the person whose token it is.
    pub(crate) fn name(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Reads [`Self::name`].
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::stored(&URL_SAFE_NO_PAD.decode(name).ok()?)
    }

    /// Eight characters that tell sessions apart in a log without revealing them.
    pub(crate) fn short(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0[..6])
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenHash({})", self.short())
    }
}

/// The secret that a client shares with its provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "SecretString")]
pub struct ClientSecret(SecretString);

/// Why a client secret is refused.
#[derive(Debug, thiserror::Error)]
#[error("a client secret has at least 32 characters")]
pub struct ShortSecret;

impl TryFrom<SecretString> for ClientSecret {
    type Error = ShortSecret;

    fn try_from(secret: SecretString) -> Result<Self, ShortSecret> {
        if secret.expose_secret().len() < 32 { Err(ShortSecret) } else { Ok(Self(secret)) }
    }
}

impl ClientSecret {
    /// The plain value: key of HS256, and form field of the hub's own token requests.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Compares in constant time.
    pub(crate) fn matches(&self, presented: &str) -> bool {
        equal(self.expose(), presented)
    }
}

impl PartialEq for ClientSecret {
    fn eq(&self, other: &Self) -> bool {
        equal(self.expose(), other.expose())
    }
}

impl Eq for ClientSecret {}

/// Compares two secrets in a time that does not tell where they differ.
pub(crate) fn equal(left: &str, right: &str) -> bool {
    sha256(left.as_bytes()).ct_eq(&sha256(right.as_bytes())).into()
}

/// Bytes that always stand for the same text.
pub(crate) fn stable_bytes(text: &str) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&sha256(text.as_bytes())[..16]);
    bytes
}

/// A number that always stands for the same text.
pub(crate) fn stable_number(text: &str) -> i64 {
    sha256(text.as_bytes())[..6].iter().fold(0, |number, byte| number << 8 | i64::from(*byte))
}

/// SHA-256 in base64url: PKCE's S256.
pub(crate) fn s256(value: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256(value.as_bytes()))
}

/// The left half of SHA-256 in base64url: OpenID Connect's `at_hash` for 256-bit algorithms.
pub(crate) fn half_s256(value: &str) -> String {
    URL_SAFE_NO_PAD.encode(&sha256(value.as_bytes())[..16])
}

fn sha256(value: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, value).as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s256_is_the_transformation_of_rfc_7636_appendix_b() {
        let challenge = s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn random_values_have_the_documented_forms() {
        assert_eq!(Token::random().expose().len(), 43);
        assert_eq!(random_uid().len(), 21);
        assert_eq!(random_hex().len(), 64);
        assert_ne!(random_uid(), random_uid());
        let code = random_digits(10);
        assert!(code.len() == 10 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    }

    #[test]
    fn a_choice_is_one_of_the_things() {
        assert_eq!(random_choice::<u8>(&[]), None);
        assert_eq!(random_choice(&[7]), Some(&7));
        let drawn: std::collections::BTreeSet<u8> =
            (0..200).filter_map(|_| random_choice(&[1, 2, 3]).copied()).collect();
        assert_eq!(drawn.len(), 3, "each is drawn in the end");
    }

    #[test]
    fn debug_output_never_shows_a_secret() {
        let token = Token::presented("very-secret-value");

        assert!(!format!("{token:?}").contains("very"));
    }

    #[test]
    fn short_client_secrets_are_refused() {
        assert!(ClientSecret::try_from(SecretString::from("short")).is_err());
    }
}
