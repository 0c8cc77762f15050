//! Owns browser sessions: an opaque random identifier in a cookie, typed data in the store. The
//! hub, ProConnect Identité and every demo administration have sessions of their own.

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::clock::Clock;
use crate::secret::{Token, TokenHash};
use crate::storage::{Store, StoreError};

/// How many interactions one browser can have open at the same time.
const OPEN_INTERACTIONS: usize = 8;

/// The sessions of one provider.
#[derive(Debug)]
pub(crate) struct Sessions<T> {
    provider: String,
    lifetime: u32,
    store: Store,
    clock: Arc<dyn Clock>,
    data: PhantomData<fn() -> T>,
}

/// One browser's session.
#[derive(Debug)]
pub(crate) struct Session<T> {
    token: Token,
    pub(crate) data: T,
}

impl<T> Session<T> {
    /// The value of the cookie.
    pub(crate) fn cookie_value(&self) -> &str {
        self.token.expose()
    }

    /// The identifier that grants and logs refer to.
    pub(crate) fn hash(&self) -> TokenHash {
        self.token.hash()
    }
}

impl<T: Serialize + DeserializeOwned> Sessions<T> {
    pub(crate) fn new(provider: &str, lifetime: u32, store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { provider: provider.to_owned(), lifetime, store, clock, data: PhantomData }
    }

    /// The session that a cookie names, if it has not ended.
    pub(crate) async fn find(
        &self,
        cookie: Option<&str>,
    ) -> Result<Option<Session<T>>, StoreError> {
        let Some(token) = cookie.map(Token::presented) else { return Ok(None) };
        let data = self.store.session(&self.provider, &token.hash(), self.clock.unix()).await?;
        let Some(data) = data else { return Ok(None) };
        Ok(Some(Session { token, data: serde_json::from_str(&data)? }))
    }

    /// Begins a session.
    pub(crate) async fn begin(&self, data: T) -> Result<Session<T>, StoreError> {
        let token = Token::random();
        let json = serde_json::to_string(&data)?;
        self.store.insert_session(&self.provider, &token.hash(), &json, self.expiry()).await?;
        Ok(Session { token, data })
    }

    /// Writes the data; the session's lifetime starts anew.
    pub(crate) async fn save(&self, session: &Session<T>) -> Result<(), StoreError> {
        let json = serde_json::to_string(&session.data)?;
        self.store.update_session(&self.provider, &session.hash(), &json, self.expiry()).await
    }

    /// Writes the data under a new identifier: an identifier that was known before a sign-in
    /// is worth nothing after it.
    pub(crate) async fn renew(&self, session: &mut Session<T>) -> Result<(), StoreError> {
        let former = std::mem::replace(&mut session.token, Token::random());
        self.store.rename_session(&self.provider, &former.hash(), &session.hash()).await?;
        self.save(session).await
    }

    /// Ends the session and revokes the tokens issued in it.
    pub(crate) async fn end(&self, session: &Session<T>) -> Result<(), StoreError> {
        self.store.delete_session(&self.provider, &session.hash()).await
    }

    fn expiry(&self) -> i64 {
        self.clock.unix() + i64::from(self.lifetime)
    }
}

/// Adds an interaction to those that a browser owns, forgetting the oldest beyond the limit.
pub(crate) fn remember_interaction(open: &mut Vec<String>, uid: &str) {
    open.retain(|known| known != uid);
    open.push(uid.to_owned());
    if open.len() > OPEN_INTERACTIONS {
        open.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_interaction_is_forgotten_first() {
        let mut open = Vec::new();
        for number in 0..10 {
            remember_interaction(&mut open, &number.to_string());
        }
        remember_interaction(&mut open, "5");

        assert_eq!(open, ["2", "3", "4", "6", "7", "8", "9", "5"]);
    }
}
