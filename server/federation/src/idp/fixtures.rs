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
use crate::config::{Account, Citizen, Config};
use crate::directory::Directory;
use crate::provider::PageError;
use crate::sealing::{SealError, SealingKey};
use crate::secret::{Token, TokenHash, stable_number};
use crate::siret::Siret;
use crate::storage::{Store, StoreError, StoredFixture, StoredIdentity};

/// In seconds.
const DAY: i64 = 24 * 3600;

/// Why configured accounts cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FixtureError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Passkey(#[from] CeremonyError),
    #[error(transparent)]
    Seal(#[from] SealError),
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
    sealing: Arc<SealingKey>,
    /// The configuration that the store agrees with.
    written: Arc<Mutex<Option<Arc<Config>>>>,
}

/// A configured account that the store does not have, or not as it is configured now.
struct Changed<'a> {
    account: &'a Account,
    citizen: Option<&'a Citizen>,
    email: String,
    definition: TokenHash,
}

impl Fixtures {
    pub(crate) fn new(
        directory: Directory,
        store: Store,
        clock: Arc<dyn Clock>,
        sealing: Arc<SealingKey>,
    ) -> Self {
        Self { directory, store, clock, sealing, written: Arc::default() }
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
        let (mut configured, mut changed) = (BTreeSet::new(), Vec::new());
        for account in &current.accounts {
            let identity = account.identity.as_ref();
            let citizen = identity.and_then(|identity| current.citizen(&identity.citizen));
            let email = account.email.canonical();
            let definition = self.definition(account, citizen)?;
            if known.get(&email).is_none_or(|known| !definition.equals(known)) {
                changed.push(Changed { account, citizen, email: email.clone(), definition });
            }
            configured.insert(email);
        }
        let passwords = changed.iter().map(|changed| changed.account.password.clone()).collect();
        for (changed, password_hash) in changed.iter().zip(password::hash_all(passwords).await?) {
            self.write_one(changed, &password_hash).await?;
        }
        for email in known.keys().filter(|email| !configured.contains(*email)) {
            self.store.delete_identite_fixture(email).await?;
        }
        if written.is_none() {
            // Test accounts sign in quickly, however long the data folder has been there.
            for account in &current.accounts {
                let (email, verified_at) = (account.email.canonical(), self.verified_at(account));
                self.store.verify_identite_fixture(&email, verified_at).await?;
            }
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
        changed: &Changed<'_>,
        password_hash: &str,
    ) -> Result<(), FixtureError> {
        let Changed { account, citizen, email, definition } = changed;
        let now = self.clock.unix();
        let days_ago = account.identity.as_ref().map_or(0, |identity| identity.days_ago);
        let passkeys = account.passkeys.iter().map(|passkey| passkeys::configured(passkey, now));
        // It follows from the address, so that neither reordering the configuration nor a reset
        // makes anybody someone else.
        let id = match self.store.identite_account(email).await? {
            Some(known) => known.id,
            None => stable_number(email),
        };
        let totp = match &account.totp_secret {
            Some(secret) => Some(self.sealing.seal(id, &secret.bytes())?),
            None => None,
        };
        let fixture = StoredFixture {
            id,
            email,
            password_hash,
            given_name: &account.given_name,
            family_name: &account.usual_name,
            phone_number: account.phone_number.as_deref(),
            members: account.organisations.iter().map(Siret::as_str).collect(),
            pending: account.pending_organisations.iter().map(Siret::as_str).collect(),
            links: &account.links,
            rejections: &account.rejections,
            passkeys: passkeys.collect::<Result<_, _>>()?,
            totp,
            second_factor_everywhere: account.second_factor_everywhere,
            email_verified_at: self.verified_at(account),
            identity: citizen.map(|citizen| {
                StoredIdentity::of_citizen(citizen, now - i64::from(days_ago) * DAY)
            }),
            definition: definition.clone(),
        };
        Ok(self.store.write_identite_fixture(&fixture, now).await?)
    }

    /// When the owner of a configured account is said to have proven the address.
    fn verified_at(&self, account: &Account) -> i64 {
        self.clock.unix() - i64::from(account.email_verified_days_ago) * DAY
    }

    /// Changes with the sealing key, too: what is sealed under another one cannot be opened.
    fn definition(
        &self,
        account: &Account,
        citizen: Option<&Citizen>,
    ) -> Result<TokenHash, serde_json::Error> {
        let shown = serde_json::to_string(&(account, citizen))?;
        let password = account.password.expose_secret();
        Ok(Token::presented(&format!("{shown}\n{password}\n{}", self.sealing.id())).hash())
    }
}
