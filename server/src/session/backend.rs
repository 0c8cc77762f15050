//! What a place to keep sessions must do; one contract, one test suite, several places.
//!
//! A backend sees neither ids nor people: keys are hashes, rows are sealed. `update` and `touch`
//! change what exists and never create, so that a request in flight cannot bring back a session
//! that was ended meanwhile.

use async_trait::async_trait;
use aws_lc_rs::digest::{SHA256, digest};
use chrono::{DateTime, Utc};

/// The SHA-256 of a secret that only the browser holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(pub [u8; 32]);

impl Key {
    /// The key of this secret.
    pub fn of(secret: &str) -> Self {
        let mut key = [0; 32];
        key.copy_from_slice(digest(&SHA256, secret.as_bytes()).as_ref());
        Self(key)
    }

    /// As 64 hexadecimal digits.
    pub fn to_hex(self) -> String {
        use std::fmt::Write as _;
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _infallible = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// Reads what [`Self::to_hex`] wrote.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut key = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (index, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[index * 2..index * 2 + 2], 16).ok()?;
        }
        Some(Self(key))
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key(…)")
    }
}

/// A session as the backend keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Hash of the session id.
    pub key: Key,
    /// Pseudonym of the person.
    pub subject: Key,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Last noted activity.
    pub last_seen: DateTime<Utc>,
    /// When it ends without further activity.
    pub expires_at: DateTime<Utc>,
    /// What tells it from the person's other sessions, encrypted.
    pub label: Vec<u8>,
    /// The content, encrypted.
    pub sealed: Vec<u8>,
}

/// The backend could not be asked, or its data is damaged.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date")]
    Schema(#[source] sqlx::migrate::MigrateError),
    /// Redis failed.
    #[error("Redis failed")]
    Redis(#[source] redis::RedisError),
    /// A row cannot be read.
    #[error("a row cannot be read")]
    Damaged,
    /// It did not answer in time.
    #[error("the backend did not answer in time")]
    Unavailable,
}

/// What came of asking for a row's lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lease {
    /// It is the caller's, with this fence: each lease of a row has a larger one.
    Taken(i64),
    /// Somebody else holds it.
    Held,
    /// There is no such row.
    NoRow,
}

/// A place to keep sessions. Times are those of the caller's clock.
#[async_trait]
pub trait Backend: Send + Sync + 'static {
    /// Adds a row; `false`, and no change, if its key exists.
    async fn insert(&self, row: &Row) -> Result<bool, BackendError>;
    /// The row with this key, unless it has expired at `now`.
    async fn load(&self, key: &Key, now: DateTime<Utc>) -> Result<Option<Row>, BackendError>;
    /// Replaces the content of an existing row; `false` if there is none.
    async fn update(&self, key: &Key, sealed: &[u8]) -> Result<bool, BackendError>;
    /// Notes activity on an existing row; `false` if there is none.
    async fn touch(
        &self,
        key: &Key,
        last_seen: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, BackendError>;
    /// Leases an existing row until then, unless its lease is held at `now`: for changes that take
    /// long and may happen once only, such as a refresh of tokens.
    async fn lease(
        &self,
        key: &Key,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Lease, BackendError>;
    /// Replaces the content and gives the lease back; `false`, and no change, if the row is gone or
    /// was leased anew meanwhile.
    async fn update_leased(
        &self,
        key: &Key,
        fence: i64,
        sealed: &[u8],
    ) -> Result<bool, BackendError>;
    /// Gives a lease back without a change, if it is still the caller's.
    async fn release(&self, key: &Key, fence: i64) -> Result<(), BackendError>;
    /// Removes a row; `false` if there was none.
    async fn delete(&self, key: &Key) -> Result<bool, BackendError>;
    /// The living rows of these subjects, the latest seen first.
    async fn list(&self, subjects: &[Key], now: DateTime<Utc>) -> Result<Vec<Row>, BackendError>;
    /// Removes rows and remembers, for as long as each would have lived, that it was revoked;
    /// returns how many there were.
    async fn revoke(&self, keys: &[Key]) -> Result<u64, BackendError>;
    /// Whether the row with this key was revoked, as far as that is remembered.
    async fn is_revoked(&self, key: &Key) -> Result<bool, BackendError>;
    /// Marks an attempt as used until then; `false` if it is already.
    async fn burn(&self, attempt: &Key, until: DateTime<Utc>) -> Result<bool, BackendError>;
    /// Removes all that has expired, and what was remembered until then; returns how many sessions.
    async fn sweep(&self, now: DateTime<Utc>) -> Result<u64, BackendError>;
    /// Whether it answers.
    async fn ping(&self) -> Result<(), BackendError>;
}
