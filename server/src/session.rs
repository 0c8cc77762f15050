//! The session of a signed-in person: typed, and the only way to it.
//!
//! Invariants: there is no session before sign-in; each sign-in makes a new id and ends the session
//! it replaces; a deleted session is never brought back; who holds the store but not the cookie
//! reads nothing.

pub mod backend;
pub mod change;
pub mod device;
pub mod memory;
pub mod metered;
pub mod mine;
pub mod postgres;
pub mod redis;
pub mod sealed;
pub mod sqlite;
pub mod sweeper;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tower_sessions::Session;

use crate::auth::exchange::{Tokens, VerifiedSignIn};
use crate::auth::identity::Identity;
use crate::clock::Clock;
use crate::sealing::KeyRing;
use backend::{Backend, BackendError, Key};
use device::Device;
use sealed::SealedStore;

/// Activity is written at most this often.
const TOUCH_EVERY: Duration = Duration::minutes(1);

/// How long sessions last.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// Without activity.
    pub idle: Duration,
    /// Whatever the activity.
    pub absolute: Duration,
}

impl Lifetimes {
    /// When a session ends that began at `created_at` and was last used at `now`.
    fn end(self, created_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        (now + self.idle).min(created_at + self.absolute)
    }
}

/// What a session holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignedIn {
    /// Who is signed in.
    pub identity: Identity,
    /// Their tokens at ProConnect.
    pub tokens: Tokens,
    /// When they signed in.
    pub signed_in_at: DateTime<Utc>,
    /// With what.
    #[serde(default)]
    pub device: Device,
    /// How often and when the identity was read again.
    #[serde(default)]
    pub reading: Reading,
    /// The person's note in the protected space.
    #[serde(default)]
    pub note: String,
}

/// What was read again at ProConnect during a session.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Reading {
    /// How often: whoever waits for a reading sees by it that there was one.
    pub count: u32,
    /// When, if ever.
    pub at: Option<DateTime<Utc>>,
    /// How often it failed since.
    pub failures: u32,
    /// Until when nobody tries again.
    pub not_before: Option<DateTime<Utc>>,
}

/// A session found in the store.
#[derive(Debug, Clone)]
pub struct Current {
    /// What it holds.
    pub signed_in: SignedIn,
    /// When it ends without further activity.
    pub expires_at: DateTime<Utc>,
    /// When it ends whatever the activity.
    pub ends_at: DateTime<Utc>,
}

/// Why a browser has no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// It shows none.
    NeverSignedIn,
    /// The one that it shows is over.
    Expired,
    /// The person ended it from another one.
    Revoked,
}

/// The store did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[error("the session store failed")]
pub struct SessionError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl From<BackendError> for SessionError {
    fn from(error: BackendError) -> Self {
        Self(Box::new(error))
    }
}

impl From<tower_sessions::session::Error> for SessionError {
    fn from(error: tower_sessions::session::Error) -> Self {
        Self(Box::new(error))
    }
}

/// All sessions of the service.
#[derive(Clone)]
pub struct Sessions {
    store: SealedStore,
}

impl Sessions {
    /// Sessions kept in `backend`, sealed with `keys`.
    pub fn new(
        backend: Arc<dyn Backend>,
        keys: Arc<KeyRing>,
        lifetimes: Lifetimes,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { store: SealedStore::new(backend, keys, lifetimes, clock) }
    }

    /// The store in the form that the session layer takes.
    pub fn layer_store(&self) -> SealedStore {
        self.store.clone()
    }

    /// The session of the browser, if it has one that is alive. Notes the activity.
    pub async fn current(&self, browser: &Session) -> Result<Option<Current>, SessionError> {
        match browser.id() {
            Some(id) => Ok(self.store.read(&id).await?),
            None => Ok(None),
        }
    }

    /// Why a browser that [`Self::current`] found nothing for has no session.
    pub async fn absence(&self, browser: &Session) -> Result<Absence, SessionError> {
        let Some(id) = browser.id() else { return Ok(Absence::NeverSignedIn) };
        let revoked = self.store.backend().is_revoked(&Key::of(&id.to_string())).await?;
        Ok(if revoked { Absence::Revoked } else { Absence::Expired })
    }

    /// The session of the browser, without noting activity: for questions that nobody asked.
    pub async fn peek(&self, browser: &Session) -> Result<Option<Current>, SessionError> {
        match browser.id() {
            Some(id) => Ok(self.store.peek(&id).await?),
            None => Ok(None),
        }
    }

    /// The store key of the browser's session, to end it later by [`Self::end`].
    pub fn key(browser: &Session) -> Option<String> {
        browser.id().map(|id| Key::of(&id.to_string()).to_hex())
    }

    /// Ends the session with this key, on whatever browser it is.
    pub async fn end(&self, key: &str) -> Result<(), SessionError> {
        match Key::from_hex(key) {
            Some(key) => Ok(self.store.remove(&key).await?),
            None => Ok(()),
        }
    }

    /// Gives the browser a new session, with a new id, in place of the one it may have.
    pub async fn sign_in(
        &self,
        browser: &Session,
        sign_in: VerifiedSignIn,
        (device, now): (Device, DateTime<Utc>),
    ) -> Result<(), SessionError> {
        if browser.id().is_some() {
            browser.flush().await?;
        }
        let VerifiedSignIn { identity, tokens } = sign_in;
        let signed_in = SignedIn {
            identity,
            tokens,
            signed_in_at: now,
            device,
            reading: Reading::default(),
            note: String::new(),
        };
        browser.insert(sealed::ENTRY, signed_in).await?;
        Ok(browser.save().await?)
    }

    /// Ends the browser's session and returns what it held.
    pub async fn sign_out(&self, browser: &Session) -> Result<Option<SignedIn>, SessionError> {
        let Some(id) = browser.id() else { return Ok(None) };
        let current = self.store.read(&id).await?;
        browser.flush().await?;
        Ok(current.map(|current| current.signed_in))
    }

    /// Marks a sign-in attempt as used; `false` if it was already.
    pub async fn use_attempt(
        &self,
        state: &str,
        until: DateTime<Utc>,
    ) -> Result<bool, SessionError> {
        Ok(self.store.backend().burn(&Key::of(state), until).await?)
    }

    /// Whether the store answers.
    pub async fn ping(&self) -> Result<(), SessionError> {
        Ok(self.store.backend().ping().await?)
    }

    /// Removes what has expired; returns how many sessions that were.
    pub async fn sweep(&self) -> Result<u64, SessionError> {
        Ok(self.store.sweep().await?)
    }
}
