//! Changes of a living session's content, one at a time, whichever instance makes them.
//!
//! Invariants: a change starts from what the store holds under the lease, so that none is lost; a
//! session that was ended meanwhile stays ended; a lease that was lost writes nothing.

use chrono::Duration;
use tower_sessions::Session;
use tower_sessions::session::Id;

use super::backend::{Key, Lease};
use super::{SessionError, Sessions, SignedIn};

/// The right to change a session, for a while.
pub struct Change {
    id: Id,
    fence: i64,
    /// The content, to be changed.
    pub signed_in: SignedIn,
}

/// What came of asking for a change.
pub enum Begun {
    /// It may be made.
    Change(Box<Change>),
    /// Another one is being made.
    Busy,
    /// There is no session, or no longer.
    Gone,
}

impl Sessions {
    /// Asks to change the browser's session, which nobody else then changes for as long as `hold`.
    pub async fn begin_change(
        &self,
        browser: &Session,
        hold: Duration,
    ) -> Result<Begun, SessionError> {
        let Some(id) = browser.id() else { return Ok(Begun::Gone) };
        let fence = match self.store.lease(&id, hold).await? {
            Lease::Taken(fence) => fence,
            Lease::Held => return Ok(Begun::Busy),
            Lease::NoRow => return Ok(Begun::Gone),
        };
        Ok(match self.store.peek(&id).await? {
            Some(current) => {
                Begun::Change(Box::new(Change { id, fence, signed_in: current.signed_in }))
            }
            None => Begun::Gone,
        })
    }

    /// Writes a change; `false`, and nothing written, if the session has ended or somebody else has
    /// begun to change it because this took too long.
    pub async fn commit(&self, change: &Change) -> Result<bool, SessionError> {
        self.store.write(&change.id, change.fence, &change.signed_in).await
    }

    /// Ends the session instead of changing it.
    pub async fn end_changed(&self, change: &Change) -> Result<(), SessionError> {
        Ok(self.store.remove(&Key::of(&change.id.to_string())).await?)
    }

    /// Leaves the session as it is.
    pub async fn give_up(&self, change: &Change) -> Result<(), SessionError> {
        Ok(self.store.release(&change.id, change.fence).await?)
    }
}
