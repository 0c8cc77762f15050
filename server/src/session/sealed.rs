//! Sessions as tower-sessions wants them, on any [`Backend`]: hashed ids, sealed content, our own
//! clock and lifetimes.
//!
//! The content is sealed with a key that is derived from the session id, which the backend does not
//! have. tower-sessions' own expiry is not used: it reads the machine's clock.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error as StoreError, Result as StoreResult};

use super::backend::{Backend, BackendError, Key, Lease, Row};
use super::device::Device;
use super::{Current, Lifetimes, SessionError, SignedIn, TOUCH_EVERY};
use crate::clock::Clock;
use crate::sealing::{KeyRing, Purpose};

/// The one entry of a session's data.
pub(super) const ENTRY: &str = "signed_in";

/// How often an id that exists already is replaced before giving up; one is never drawn twice.
const ATTEMPTS: usize = 3;

/// See the module.
#[derive(Clone)]
pub struct SealedStore {
    backend: Arc<dyn Backend>,
    keys: Arc<KeyRing>,
    lifetimes: Lifetimes,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for SealedStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SealedStore").finish_non_exhaustive()
    }
}

impl SealedStore {
    pub(super) fn new(
        backend: Arc<dyn Backend>,
        keys: Arc<KeyRing>,
        lifetimes: Lifetimes,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { backend, keys, lifetimes, clock }
    }

    pub(super) fn backend(&self) -> &dyn Backend {
        self.backend.as_ref()
    }

    /// The living session with this id; notes the activity, at most once a minute.
    pub(super) async fn read(&self, id: &Id) -> Result<Option<Current>, BackendError> {
        let now = self.clock.now();
        let Some((row, mut current)) = self.find(id, now).await? else { return Ok(None) };
        if now - row.last_seen >= TOUCH_EVERY {
            current.expires_at = self.lifetimes.end(row.created_at, now);
            self.backend.touch(&row.key, now, current.expires_at).await?;
        }
        Ok(Some(current))
    }

    /// The living session with this id, without noting activity.
    pub(super) async fn peek(&self, id: &Id) -> Result<Option<Current>, BackendError> {
        Ok(self.find(id, self.clock.now()).await?.map(|(_, current)| current))
    }

    /// Leases the session for a change.
    pub(super) async fn lease(&self, id: &Id, hold: Duration) -> Result<Lease, BackendError> {
        let now = self.clock.now();
        self.backend.lease(&Key::of(&id.to_string()), now, now + hold).await
    }

    /// Writes a change and gives the lease back; `false` if the session has ended or the lease is
    /// somebody else's by now.
    pub(super) async fn write(
        &self,
        id: &Id,
        fence: i64,
        signed_in: &SignedIn,
    ) -> Result<bool, SessionError> {
        let sealed = self.seal(id, signed_in).map_err(|error| SessionError(Box::new(error)))?;
        Ok(self.backend.update_leased(&Key::of(&id.to_string()), fence, &sealed).await?)
    }

    /// Gives a lease back without a change.
    pub(super) async fn release(&self, id: &Id, fence: i64) -> Result<(), BackendError> {
        self.backend.release(&Key::of(&id.to_string()), fence).await
    }

    async fn find(
        &self,
        id: &Id,
        now: DateTime<Utc>,
    ) -> Result<Option<(Row, Current)>, BackendError> {
        let Some(row) = self.backend.load(&Key::of(&id.to_string()), now).await? else {
            return Ok(None);
        };
        Ok(self.open(id, &row).map(|signed_in| {
            let ends_at = row.created_at + self.lifetimes.absolute;
            let current = Current { signed_in, expires_at: row.expires_at, ends_at };
            (row, current)
        }))
    }

    pub(super) async fn remove(&self, key: &Key) -> Result<(), BackendError> {
        self.backend.delete(key).await.map(|_| ())
    }

    /// The living sessions of a person.
    pub(super) async fn list(&self, sub: &str) -> Result<Vec<Row>, BackendError> {
        self.backend.list(&self.subjects(sub), self.clock.now()).await
    }

    /// What tells a session from others of the same person. It is sealed without the session id, since
    /// the list is read from another session.
    pub(super) fn open_label(&self, row: &Row) -> Device {
        self.keys
            .open(Purpose::SessionLabel, &row.key.0, &row.label)
            .ok()
            .and_then(|content| serde_json::from_slice(&content).ok())
            .unwrap_or_default()
    }

    /// The pseudonyms under which a person's sessions are kept, that of new ones first.
    fn subjects(&self, sub: &str) -> Vec<Key> {
        self.keys.pseudonyms(sub).into_iter().map(Key).collect()
    }

    pub(super) async fn sweep(&self) -> Result<u64, BackendError> {
        self.backend.sweep(self.clock.now()).await
    }

    /// The content of a row. One that does not open (its key is retired, its format is old) is no
    /// session: the person signs in again.
    fn open(&self, id: &Id, row: &Row) -> Option<SignedIn> {
        let content =
            self.keys.open(Purpose::SessionRecord, id.to_string().as_bytes(), &row.sealed).ok()?;
        serde_json::from_slice(&content).ok()
    }

    fn seal_label(&self, key: &Key, device: &Device) -> StoreResult<Vec<u8>> {
        let content =
            serde_json::to_vec(device).map_err(|error| StoreError::Encode(error.to_string()))?;
        Ok(self.keys.seal(Purpose::SessionLabel, &key.0, &content))
    }

    fn seal(&self, id: &Id, signed_in: &SignedIn) -> StoreResult<Vec<u8>> {
        let content =
            serde_json::to_vec(signed_in).map_err(|error| StoreError::Encode(error.to_string()))?;
        Ok(self.keys.seal(Purpose::SessionRecord, id.to_string().as_bytes(), &content))
    }
}

fn content(record: &Record) -> StoreResult<SignedIn> {
    record
        .data
        .get(ENTRY)
        .and_then(|value| serde_json::from_value(value.clone()).ok())
        .ok_or_else(|| StoreError::Encode("the session holds nobody".to_owned()))
}

fn failed(error: &BackendError) -> StoreError {
    StoreError::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for SealedStore {
    /// Always draws a new id, whatever the record proposes: an id from a browser is never adopted.
    async fn create(&self, record: &mut Record) -> StoreResult<()> {
        let signed_in = content(record)?;
        let now = self.clock.now();
        for _ in 0..ATTEMPTS {
            record.id = Id::default();
            let key = Key::of(&record.id.to_string());
            let row = Row {
                key,
                subject: self.subjects(&signed_in.identity.sub)[0],
                created_at: now,
                last_seen: now,
                expires_at: self.lifetimes.end(now, now),
                label: self.seal_label(&key, &signed_in.device)?,
                sealed: self.seal(&record.id, &signed_in)?,
            };
            if self.backend.insert(&row).await.map_err(|error| failed(&error))? {
                return Ok(());
            }
        }
        Err(StoreError::Backend("no free session id".to_owned()))
    }

    /// Changes what exists. A session that was ended meanwhile stays ended, without an error: that
    /// was somebody's decision.
    async fn save(&self, record: &Record) -> StoreResult<()> {
        let sealed = self.seal(&record.id, &content(record)?)?;
        let key = Key::of(&record.id.to_string());
        self.backend.update(&key, &sealed).await.map_err(|error| failed(&error)).map(|_| ())
    }

    async fn load(&self, id: &Id) -> StoreResult<Option<Record>> {
        let current = self.read(id).await.map_err(|error| failed(&error))?;
        let Some(current) = current else { return Ok(None) };
        let value = serde_json::to_value(&current.signed_in)
            .map_err(|error| StoreError::Decode(error.to_string()))?;
        let expiry_date = time::OffsetDateTime::from_unix_timestamp(current.expires_at.timestamp())
            .map_err(|error| StoreError::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data: [(ENTRY.to_owned(), value)].into(), expiry_date }))
    }

    async fn delete(&self, id: &Id) -> StoreResult<()> {
        self.remove(&Key::of(&id.to_string())).await.map_err(|error| failed(&error))
    }
}
