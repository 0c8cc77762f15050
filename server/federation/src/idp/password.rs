//! Owns password hashing: Argon2id, on threads where it may take its time.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::task::spawn_blocking;

/// Why hashing failed; never because a password is wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HashError {
    #[error("a password cannot be hashed")]
    Hash,
    #[error("hashing was interrupted")]
    Interrupted,
}

/// Hashes a password.
pub(super) async fn hash(password: SecretString) -> Result<PasswordHash, HashError> {
    let hashed = spawn_blocking(move || {
        Argon2::default().hash_password(password.expose_secret().as_bytes())
    });
    hashed.await.map_err(|_| HashError::Interrupted)?.map_err(|_| HashError::Hash)
}

/// Whether the password is the right one.
pub(super) async fn verify(password: SecretString, hash: PasswordHash) -> Result<bool, HashError> {
    let verified = spawn_blocking(move || {
        Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok()
    });
    verified.await.map_err(|_| HashError::Interrupted)
}
