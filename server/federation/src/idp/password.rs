//! Owns how passwords are kept: Argon2id with a salt of their own, computed where it does not
//! keep other requests waiting. Checking takes as long whether or not there is a password.
//! Surrounding white space never counts: it comes from the clipboard.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::task::spawn_blocking;

use crate::provider::PageError;
use crate::secret::random_bytes;

/// The hash of a password that nobody has, of the same cost as all others.
const OF_NOBODY: &str = "$argon2id$v=19$m=7168,t=5,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
                         AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Memory in KiB, passes, lanes: the row of OWASP's recommended settings, all equally strong, that
/// takes the least memory. Several people may sign in at once.
const COST: (u32, u32, u32) = (7168, 5, 1);

fn argon2() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).expect("within Argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Why a password cannot be hashed or compared.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PasswordError {
    #[error("the password cannot be hashed")]
    Hash(#[from] argon2::password_hash::Error),
    #[error("the server is stopping")]
    Stopping(#[from] tokio::task::JoinError),
}

impl From<PasswordError> for PageError {
    fn from(error: PasswordError) -> Self {
        Self::Unexpected(Box::new(error))
    }
}

/// What is kept of a password, in PHC form.
pub(crate) async fn hash(password: SecretString) -> Result<String, PasswordError> {
    spawn_blocking(move || hash_here(&password)).await?
}

/// The same for many, one after the other on one thread: the memory that one takes serves the next.
pub(crate) async fn hash_all(passwords: Vec<SecretString>) -> Result<Vec<String>, PasswordError> {
    spawn_blocking(move || passwords.iter().map(hash_here).collect()).await?
}

fn hash_here(password: &SecretString) -> Result<String, PasswordError> {
    let salt = random_bytes::<16>();
    let password = password.expose_secret().trim().as_bytes();
    Ok(argon2().hash_password_with_salt(password, &salt)?.to_string())
}

/// Whether a password is the one of which the hash was kept.
pub(crate) async fn matches(
    password: &SecretString,
    kept: Option<String>,
) -> Result<bool, PasswordError> {
    let password = password.clone();
    let right = spawn_blocking(move || {
        let expected = kept.as_deref().unwrap_or(OF_NOBODY);
        argon2()
            .verify_password(password.expose_secret().trim().as_bytes(), expected)
            .is_ok_and(|()| kept.is_some())
    });
    Ok(right.await?)
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::phc::PasswordHash;

    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let kept = hash("tuttifrutti".into()).await.expect("hashed");

        assert!(kept.starts_with("$argon2id$v=19$m=7168,t=5,p=1$"), "{kept}");
        assert_ne!(kept, hash("tuttifrutti".into()).await.expect("hashed"), "a salt of its own");
        let rows =
            [("tuttifrutti", true), (" tuttifrutti\n", true), ("Tuttifrutti", false), ("", false)];
        for (typed, right) in rows {
            let matched = matches(&typed.into(), Some(kept.clone())).await.expect("compared");
            assert_eq!(matched, right, "{typed}");
        }
        assert!(!matches(&"tuttifrutti".into(), None).await.expect("compared"), "no password");
        let broken = matches(&"".into(), Some("broken".to_owned())).await.expect("compared");
        assert!(!broken);
    }

    #[test]
    fn comparing_with_nothing_costs_as_much() {
        assert!(PasswordHash::new(OF_NOBODY).is_ok(), "otherwise nothing would be computed");
    }
}
