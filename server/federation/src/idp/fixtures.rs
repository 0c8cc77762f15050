//! Owns the way of configured accounts into the store: at the first start, after a reset, and
//! whenever their configuration changes. What people do with such an account afterwards stays
//! until then.

use std::collections::BTreeSet;
use std::sync::Arc;

use secrecy::ExposeSecret as _;
use tokio::sync::Mutex;

use super::passkeys::{self, CeremonyError};
use super::password::{self, PasswordError};
use crate::clock::Clock;
use crate::config::{Account, Config};
use crate::directory::Directory;
use crate::provider::PageError;
use crate::secret::{Token, TokenHash, stable_number};
use crate::siret::Siret;
use crate::storage::{Store, StoreError, StoredFixture};

/// Why configured accounts cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FixtureError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Passkey(#[from] CeremonyError),
    #[error("a configured account cannot be read")]
    Definition(#[from] serde_json::Error),
}

impl From<FixtureError> for PageError {
    fn from(error: FixtureError) -> Self {
        Self::Unexpected(Box::new(error))
    }
}

/// The configured accounts; clones share what they know.
#[derive(Clone, Debug)]
pub(crate) struct Fixtures {
    directory: Directory,
    store: Store,
    clock: Arc<dyn Clock>,
    /// The configuration that the store agrees with.
    written: Arc<Mutex<Option<Arc<Config>>>>,
}

impl Fixtures {
    pub(crate) fn new(directory: Directory, store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { directory, store, clock, written: Arc::default() }
    }

    /// Brings the store to what is configured now. To be called before accounts are looked up:
    /// it costs nothing unless the configuration has changed.
    pub(crate) async fn write(&self) -> Result<(), FixtureError> {
        let current = self.directory.current();
        let mut written = self.written.lock().await;
        if written.as_ref().is_some_and(|written| Arc::ptr_eq(written, &current)) {
            return Ok(());
        }
        // Before accounts are written: what their configuration says of links holds.
        self.store.approve_identite_domains(&current.approvals()).await?;
        let known = self.store.identite_fixtures().await?;
        let mut configured = BTreeSet::new();
        for account in &current.accounts {
            let (email, definition) = (account.email.canonical(), definition(account)?);
            if known.get(&email).is_none_or(|known| !definition.equals(known)) {
                self.write_one(account, &email, definition).await?;
            }
            configured.insert(email);
        }
        for email in known.keys().filter(|email| !configured.contains(*email)) {
            self.store.delete_identite_fixture(email).await?;
        }
        if written.is_none() {
            // Test accounts sign in quickly, however long the data folder has been there.
            self.store.verify_identite_fixtures(self.clock.unix()).await?;
        }
        *written = Some(current);
        Ok(())
    }

    /// Forgets all accounts, so that only the configured ones come back.
    pub(crate) async fn reset(&self) -> Result<(), StoreError> {
        let mut written = self.written.lock().await;
        *written = None;
        self.store.clear_identite().await
    }

    async fn write_one(
        &self,
        account: &Account,
        email: &str,
        definition: TokenHash,
    ) -> Result<(), FixtureError> {
        let password_hash = password::hash(account.password.clone()).await?;
        let now = self.clock.unix();
        let passkeys = account.passkeys.iter().map(|passkey| passkeys::configured(passkey, now));
        let fixture = StoredFixture {
            // It follows from the address, so that neither reordering the configuration nor a
            // reset makes anybody someone else.
            id: stable_number(email),
            email,
            password_hash: &password_hash,
            given_name: &account.given_name,
            family_name: &account.usual_name,
            phone_number: account.phone_number.as_deref(),
            members: account.organisations.iter().map(Siret::as_str).collect(),
            pending: account.pending_organisations.iter().map(Siret::as_str).collect(),
            passkeys: passkeys.collect::<Result<_, _>>()?,
            definition,
        };
        Ok(self.store.write_identite_fixture(&fixture, now).await?)
    }
}

fn definition(account: &Account) -> Result<TokenHash, serde_json::Error> {
    let shown = serde_json::to_string(account)?;
    Ok(Token::presented(&format!("{shown}\n{}", account.password.expose_secret())).hash())
}
