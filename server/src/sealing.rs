//! Authenticated encryption of what leaves the process: cookies and session records.
//!
//! Invariant: a sealed value opens only with a key of the ring, for the [`Purpose`] and the context
//! it was sealed for. The context of a session record is the session id, which only the cookie
//! holds: a copy of the store, even with the keys, reads nothing.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const KEY_ID_LEN: usize = 4;

/// What a value is sealed for; a value sealed for one purpose does not open for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The cookie of one sign-in attempt.
    LoginAttempt,
    /// The cookie of one sign-out.
    LogoutAttempt,
    /// A session record in the store.
    SessionRecord,
    /// What tells a person's sessions apart in their list.
    SessionLabel,
    /// The pseudonym of a person in the store's index.
    SubjectIndex,
    /// The pseudonym of a person or a session in the audit trail.
    AuditTrail,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::LoginAttempt => b"login attempt",
            Self::LogoutAttempt => b"logout attempt",
            Self::SessionRecord => b"session record",
            Self::SessionLabel => b"session label",
            Self::SubjectIndex => b"subject index",
            Self::AuditTrail => b"audit trail",
        }
    }
}

/// A 256-bit secret from the configuration, with what is derived from it alone.
#[derive(Clone)]
pub struct MasterKey {
    id: [u8; KEY_ID_LEN],
    secret: [u8; 32],
    extracted: Prk,
    subjects: hmac::Key,
}

impl MasterKey {
    /// Takes 32 bytes in standard base64 (`openssl rand -base64 32`).
    pub fn from_base64(text: &str) -> Result<Self, KeyError> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| KeyError::NotBase64)?;
        let secret: [u8; 32] = bytes.try_into().map_err(|_| KeyError::WrongLength)?;
        Ok(Self::from_bytes(secret))
    }

    /// Takes the raw bytes.
    pub fn from_bytes(secret: [u8; 32]) -> Self {
        let fingerprint = digest(&SHA256, &secret);
        let mut id = [0; KEY_ID_LEN];
        id.copy_from_slice(&fingerprint.as_ref()[..KEY_ID_LEN]);
        let extracted = extract(&secret);
        let subjects = derive(&extracted, Purpose::SubjectIndex, &[]);
        let subjects = hmac::Key::new(hmac::HMAC_SHA256, &subjects);
        Self { id, secret, extracted, subjects }
    }

    /// The key in the form that [`Self::from_base64`] reads.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.secret)
    }

    fn derive(&self, purpose: Purpose, context: &[u8]) -> [u8; 32] {
        derive(&self.extracted, purpose, context)
    }

    fn pseudonym(&self, value: &str) -> [u8; 32] {
        let tag = hmac::sign(&self.subjects, value.as_bytes());
        let mut pseudonym = [0; 32];
        pseudonym.copy_from_slice(tag.as_ref());
        pseudonym
    }

    fn cipher(&self, purpose: Purpose, context: &[u8]) -> RandomizedNonceKey {
        RandomizedNonceKey::new(&AES_256_GCM, &self.derive(purpose, context))
            .expect("an AES-256 key is 32 bytes long")
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("MasterKey(…)")
    }
}

/// The first step of HKDF without a salt (RFC 5869 §2.2), done once. The library's own would be
/// done again for each derived key.
fn extract(secret: &[u8]) -> Prk {
    let no_salt = hmac::Key::new(hmac::HMAC_SHA256, &[0; 32]);
    Prk::new_less_safe(HKDF_SHA256, hmac::sign(&no_salt, secret).as_ref())
}

fn derive(extracted: &Prk, purpose: Purpose, context: &[u8]) -> [u8; 32] {
    let info = [purpose.label(), b"\0", context];
    let mut derived = [0; 32];
    extracted
        .expand(&info, KeyLen)
        .and_then(|okm| okm.fill(&mut derived))
        .expect("32 bytes are within what HKDF-SHA256 can expand to");
    derived
}

struct KeyLen;

impl KeyType for KeyLen {
    fn len(&self) -> usize {
        32
    }
}

/// Why a configured key was refused.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Not standard base64.
    #[error("a key is not standard base64")]
    NotBase64,
    /// Not 32 bytes.
    #[error("a key is not 32 bytes long (make one with `openssl rand -base64 32`)")]
    WrongLength,
    /// No key at all.
    #[error("at least one key is needed")]
    Empty,
}

/// The value does not open: forged, of another purpose or context, or sealed by a retired key.
#[derive(Debug, thiserror::Error)]
#[error("a sealed value does not open")]
pub struct OpenError;

/// The keys in force: the first one seals, all of them open.
#[derive(Debug, Clone)]
pub struct KeyRing {
    newest: MasterKey,
    older: Vec<MasterKey>,
}

impl KeyRing {
    /// A ring of these keys, the newest first.
    pub fn new(keys: Vec<MasterKey>) -> Result<Self, KeyError> {
        let mut keys = keys.into_iter();
        let newest = keys.next().ok_or(KeyError::Empty)?;
        Ok(Self { newest, older: keys.collect() })
    }

    /// Encrypts `plaintext` for `purpose` and `context`.
    pub fn seal(&self, purpose: Purpose, context: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let mut body = plaintext.to_vec();
        let nonce = self
            .newest
            .cipher(purpose, context)
            .seal_in_place_append_tag(Aad::empty(), &mut body)
            .expect("AES-GCM seals any text shorter than 64 GiB");
        [&self.newest.id[..], nonce.as_ref(), &body].concat()
    }

    /// Decrypts what [`Self::seal`] made with any key of the ring.
    pub fn open(
        &self,
        purpose: Purpose,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, OpenError> {
        let (id, rest) = sealed.split_at_checked(KEY_ID_LEN).ok_or(OpenError)?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or(OpenError)?;
        let key = self.keys().find(|key| key.id == id).ok_or(OpenError)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| OpenError)?;
        let mut body = body.to_vec();
        let length = key
            .cipher(purpose, context)
            .open_in_place(nonce, Aad::empty(), &mut body)
            .map_err(|_| OpenError)?
            .len();
        body.truncate(length);
        Ok(body)
    }

    /// The pseudonyms of `value`, one for each key, the newest first: what was written under an older
    /// key is found until that key is retired.
    pub fn pseudonyms(&self, value: &str) -> Vec<[u8; 32]> {
        self.keys().map(|key| key.pseudonym(value)).collect()
    }

    /// What stands for `value` in the audit trail, by the oldest key, so that the arrival of a new one
    /// changes nothing.
    pub fn audit_pseudonym(&self, value: &str) -> [u8; 32] {
        let key = self.older.last().unwrap_or(&self.newest).derive(Purpose::AuditTrail, &[]);
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), value.as_bytes());
        let mut pseudonym = [0; 32];
        pseudonym.copy_from_slice(tag.as_ref());
        pseudonym
    }

    /// How many keys there are.
    #[expect(clippy::len_without_is_empty, reason = "a ring is never empty")]
    pub fn len(&self) -> usize {
        1 + self.older.len()
    }

    fn keys(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.newest).chain(&self.older)
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hkdf::Salt;

    use super::*;

    fn ring(seeds: &[u8]) -> KeyRing {
        KeyRing::new(seeds.iter().map(|seed| MasterKey::from_bytes([*seed; 32])).collect())
            .expect("not empty")
    }

    #[test]
    fn a_sealed_value_opens_for_its_purpose_and_context_only() {
        let ring = ring(&[1]);

        let sealed = ring.seal(Purpose::LoginAttempt, b"here", b"secret");

        assert_eq!(ring.open(Purpose::LoginAttempt, b"here", &sealed).unwrap(), b"secret");
        assert!(ring.open(Purpose::LogoutAttempt, b"here", &sealed).is_err());
        assert!(ring.open(Purpose::LoginAttempt, b"there", &sealed).is_err());
    }

    #[test]
    fn keys_are_derived_as_the_standard_says() {
        let by_the_library = Salt::new(HKDF_SHA256, &[]).extract(&[7; 32]);

        let derived = derive(&extract(&[7; 32]), Purpose::SessionRecord, b"context");

        assert_eq!(derived, derive(&by_the_library, Purpose::SessionRecord, b"context"));
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let ring = ring(&[1]);
        let sealed = ring.seal(Purpose::SessionRecord, b"", b"secret");

        for position in 0..sealed.len() {
            let mut forged = sealed.clone();
            forged[position] ^= 1;
            assert!(ring.open(Purpose::SessionRecord, b"", &forged).is_err(), "byte {position}");
        }
        assert!(ring.open(Purpose::SessionRecord, b"", &sealed[..10]).is_err());
    }

    #[test]
    fn an_older_key_still_opens_and_a_retired_one_does_not() {
        let sealed = ring(&[1]).seal(Purpose::SessionRecord, b"", b"secret");

        assert!(ring(&[2, 1]).open(Purpose::SessionRecord, b"", &sealed).is_ok());
        assert!(ring(&[2]).open(Purpose::SessionRecord, b"", &sealed).is_err());
    }

    #[test]
    fn pseudonyms_are_those_of_every_key_in_force() {
        let [first] = ring(&[1]).pseudonyms("sub")[..] else { panic!("one key, one pseudonym") };
        let [newest, older] = ring(&[2, 1]).pseudonyms("sub")[..] else { panic!("two keys") };
        assert_eq!(older, first);
        assert_ne!(newest, older);
        assert_eq!(ring(&[2]).pseudonyms("sub"), [newest]);
        assert_ne!(ring(&[1]).pseudonyms("other"), [first]);
    }

    #[test]
    fn a_key_must_be_32_bytes_of_base64() {
        assert!(matches!(MasterKey::from_base64("***"), Err(KeyError::NotBase64)));
        assert!(matches!(MasterKey::from_base64("AAAA"), Err(KeyError::WrongLength)));
        assert!(matches!(KeyRing::new(Vec::new()), Err(KeyError::Empty)));
    }
}
