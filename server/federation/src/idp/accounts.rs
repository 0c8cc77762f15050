//! Owns the accounts. Whether an account exists cannot be told from the time that checking a
//! password takes: for an unknown address a dummy hash is checked.

use std::collections::BTreeMap;

use argon2::password_hash::phc::PasswordHash;
use secrecy::SecretString;
use tokio::task::JoinSet;

use super::password::{self, HashError};
use crate::config;
use crate::email::EmailAddress;
use crate::secret::stable_number;
use crate::siret::Siret;

/// An account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    /// The number that stands for the account in tokens. It follows from the address, so that
    /// reordering the configuration makes nobody someone else.
    pub(crate) id: u64,
    pub(crate) email: EmailAddress,
    pub(crate) given_name: String,
    pub(crate) usual_name: String,
    pub(crate) phone_number: Option<String>,
    pub(crate) organisations: Vec<Siret>,
    pub(crate) pending_organisations: Vec<Siret>,
    password: PasswordHash,
}

/// All accounts, by address.
#[derive(Debug)]
pub(crate) struct AccountBook {
    accounts: BTreeMap<String, Account>,
    dummy: PasswordHash,
}

/// Why the accounts cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[error("the password of an account cannot be hashed")]
pub(crate) struct LoadError(#[from] HashError);

impl AccountBook {
    /// Hashes the passwords of the configured accounts, as many at a time as there are threads.
    pub(crate) async fn load(accounts: Vec<config::Account>) -> Result<Self, LoadError> {
        let mut hashing = JoinSet::new();
        for account in accounts {
            hashing.spawn(async move {
                let password = password::hash(account.password.clone()).await?;
                Ok::<_, HashError>(Account::new(account, password))
            });
        }
        let mut book = Self {
            accounts: BTreeMap::new(),
            dummy: password::hash(SecretString::from("no account has this password")).await?,
        };
        while let Some(hashed) = hashing.join_next().await {
            let account = hashed.map_err(|_| HashError::Interrupted)??;
            book.accounts.insert(account.email.canonical(), account);
        }
        Ok(book)
    }

    /// The account of an address.
    pub(crate) fn find(&self, email: &EmailAddress) -> Option<&Account> {
        self.accounts.get(&email.canonical())
    }

    /// The account of an address if the password is right.
    pub(crate) async fn check(
        &self,
        email: &EmailAddress,
        password: SecretString,
    ) -> Result<Option<&Account>, HashError> {
        let account = self.find(email);
        let hash = account.map_or(&self.dummy, |account| &account.password).clone();
        let right = password::verify(password, hash).await?;
        Ok(account.filter(|_| right))
    }
}

impl Account {
    fn new(account: config::Account, password: PasswordHash) -> Self {
        Self {
            id: stable_number(&account.email.canonical()),
            email: account.email,
            given_name: account.given_name,
            usual_name: account.usual_name,
            phone_number: account.phone_number,
            organisations: account.organisations,
            pending_organisations: account.pending_organisations,
            password,
        }
    }

    /// The name by which the pages greet.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.usual_name)
    }
}
