//! Owns the encryption of what must be read back, and is secret even from whoever has the
//! database: AES-256-GCM, each time with a nonce of its own, under a key in a file beside it.
//! What was sealed for one owner opens for no other.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::secret::{Token, s256};

const FILE: &str = "sealing.key";

/// The key.
pub(crate) struct SealingKey {
    key: RandomizedNonceKey,
    id: String,
}

/// Why the key cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealingKeyError {
    #[error("the file {FILE} of the data folder cannot be read or written")]
    File(#[from] io::Error),
    #[error("the file {FILE} of the data folder holds no key")]
    Content,
}

/// Why something cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealError {
    #[error("a secret cannot be sealed")]
    Seal,
    #[error("a sealed secret cannot be opened: it is another's, or the file {FILE} was replaced")]
    Open,
}

impl SealingKey {
    /// The key of a data folder, which is drawn at the first start; without a folder, a key that
    /// lives as long as the process.
    pub(crate) fn load(data_dir: Option<&Path>) -> Result<Self, SealingKeyError> {
        let key = match data_dir {
            Some(folder) => read_or_create(&folder.join(FILE))?,
            None => Token::random().expose().to_owned(),
        };
        let bytes = URL_SAFE_NO_PAD.decode(key.trim()).map_err(|_| SealingKeyError::Content)?;
        let id = s256(&format!("id\n{}", key.trim()));
        let key = RandomizedNonceKey::new(&AES_256_GCM, &bytes);
        Ok(Self { key: key.map_err(|Unspecified| SealingKeyError::Content)?, id })
    }

    /// What tells keys apart without revealing them.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Seals a secret for its owner.
    pub(crate) fn seal(&self, owner: i64, secret: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut sealed = secret.to_vec();
        let aad = Aad::from(owner.to_be_bytes());
        let nonce = self.key.seal_in_place_append_tag(aad, &mut sealed);
        let nonce = nonce.map_err(|Unspecified| SealError::Seal)?;
        Ok([nonce.as_ref().as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for the same owner.
    pub(crate) fn open(&self, owner: i64, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN).ok_or(SealError::Open)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce);
        let nonce = nonce.map_err(|Unspecified| SealError::Open)?;
        let mut opened = sealed.to_vec();
        let secret = self.key.open_in_place(nonce, Aad::from(owner.to_be_bytes()), &mut opened);
        Ok(secret.map_err(|Unspecified| SealError::Open)?.to_vec())
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(…)")
    }
}

fn read_or_create(path: &Path) -> io::Result<String> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            let key = Token::random();
            file.write_all(key.expose().as_bytes())?;
            file.sync_all()?;
            Ok(key.expose().to_owned())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let mut key = String::new();
            std::fs::File::open(path)?.read_to_string(&mut key)?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_for_its_owner_only_and_unchanged_only() {
        let key = SealingKey::load(None).expect("a key");
        let sealed = key.seal(7, b"secret").expect("sealed");

        assert_eq!(key.open(7, &sealed).expect("opened"), b"secret");
        assert!(key.open(8, &sealed).is_err(), "another's");
        assert_ne!(key.seal(7, b"secret").expect("sealed"), sealed, "a nonce of its own");
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(key.open(7, &changed).is_err(), "byte {place}");
            assert!(key.open(7, &sealed[..place]).is_err(), "only {place} bytes");
        }
        assert!(SealingKey::load(None).expect("a key").open(7, &sealed).is_err(), "another key");
    }

    #[test]
    fn a_folder_keeps_its_key_where_nobody_else_reads_it() {
        let folder = std::env::temp_dir().join(format!("sealing-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&folder).expect("a folder");
        let sealed = SealingKey::load(Some(&folder)).expect("a key").seal(7, b"secret");
        let again = SealingKey::load(Some(&folder)).expect("the same key");

        assert_eq!(again.open(7, &sealed.expect("sealed")).expect("opened"), b"secret");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let file = std::fs::metadata(folder.join(FILE)).expect("a file");
            assert_eq!(file.permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(folder.join(FILE), "short").expect("written");
        assert!(SealingKey::load(Some(&folder)).is_err(), "half a key is none");
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
