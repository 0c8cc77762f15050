//! The sessions of one person: what they see of them, and how they end them.
//!
//! Invariant: a person reaches only their own sessions. Whatever id is asked for, it is looked up
//! among theirs; one of somebody else is as unknown as one that never was.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use tower_sessions::Session;

use super::backend::{Key, Row};
use super::device::Device;
use super::{SessionError, Sessions};

/// Bytes of a public id.
const LENGTH: usize = 18;

/// A session in the list of its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Names it; gives no access to it.
    pub id: String,
    /// What the person signed in with.
    pub device: Device,
    /// When it began.
    pub first_seen: DateTime<Utc>,
    /// The last noted activity.
    pub last_seen: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What came of revoking a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// It has ended.
    Done,
    /// The person has no such session.
    Unknown,
    /// Nobody is signed in who could ask.
    NobodySignedIn,
}

impl Sessions {
    /// The sessions of the person signed in with this browser: this one, then the others, the latest
    /// used first; `None` if nobody is.
    pub async fn list(&self, browser: &Session) -> Result<Option<Vec<Listed>>, SessionError> {
        let Some((own, rows)) = self.rows(browser).await? else { return Ok(None) };
        let listed = |row: &Row| Listed {
            id: public_id(&row.key),
            device: self.store.open_label(row),
            first_seen: row.created_at,
            last_seen: row.last_seen,
            current: row.key == own,
        };
        let mut sessions: Vec<_> = rows.iter().map(listed).collect();
        sessions.sort_by_key(|session| !session.current);
        Ok(Some(sessions))
    }

    /// Ends the session with this public id.
    pub async fn revoke(&self, browser: &Session, id: &str) -> Result<Revocation, SessionError> {
        let Some((_, rows)) = self.rows(browser).await? else {
            return Ok(Revocation::NobodySignedIn);
        };
        let Some(row) = rows.iter().find(|row| public_id(&row.key) == id) else {
            return Ok(Revocation::Unknown);
        };
        self.store.backend().revoke(&[row.key]).await?;
        Ok(Revocation::Done)
    }

    /// Ends all sessions of the person but the one that asks; returns how many there were.
    pub async fn revoke_others(&self, browser: &Session) -> Result<Option<u64>, SessionError> {
        let Some((own, rows)) = self.rows(browser).await? else { return Ok(None) };
        let others: Vec<_> = rows.iter().map(|row| row.key).filter(|key| *key != own).collect();
        Ok(Some(self.store.backend().revoke(&others).await?))
    }

    /// Ends all sessions of the person with this `sub`; returns how many there were.
    pub async fn revoke_all_of(&self, sub: &str) -> Result<u64, SessionError> {
        let keys: Vec<_> = self.store.list(sub).await?.iter().map(|row| row.key).collect();
        Ok(self.store.backend().revoke(&keys).await?)
    }

    /// The key of the browser's session, and all rows of its person.
    async fn rows(&self, browser: &Session) -> Result<Option<(Key, Vec<Row>)>, SessionError> {
        let Some(id) = browser.id() else { return Ok(None) };
        let Some(current) = self.store.read(&id).await? else { return Ok(None) };
        let rows = self.store.list(&current.signed_in.identity.sub).await?;
        Ok(Some((Key::of(&id.to_string()), rows)))
    }
}

/// A name for a session that leads back to neither its id nor its key.
fn public_id(key: &Key) -> String {
    let digest = Key::of(&format!("public id of {}", key.to_hex()));
    URL_SAFE_NO_PAD.encode(&digest.0[..LENGTH])
}
