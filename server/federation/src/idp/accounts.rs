//! Owns the accounts as tokens and pages know them. Whether an account exists cannot be told
//! from the time that checking a password takes: for an unknown address one is compared, too.

use secrecy::SecretString;

use super::{Idp, password};
use crate::email::EmailAddress;
use crate::provider::PageError;
use crate::siret::Siret;
use crate::storage::{StoreError, StoredAccount};

/// The second factors of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Factors {
    /// Whether there is an authenticator.
    pub(crate) totp: bool,
    /// Whether there is a passkey.
    pub(crate) passkey: bool,
    /// Whether every service gets one of them, even if it demands none.
    pub(crate) everywhere: bool,
}

impl Factors {
    /// Whether there is any.
    pub(crate) fn exist(self) -> bool {
        self.totp || self.passkey
    }
}

/// A person's account with their organisations.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    /// What stands for the account in tokens.
    pub(crate) id: i64,
    pub(crate) email: EmailAddress,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    pub(crate) phone_number: Option<String>,
    pub(crate) job: Option<String>,
    /// Whether a password opens it.
    pub(crate) has_password: bool,
    /// When its owner last proved to read the address.
    pub(crate) email_verified_at: Option<i64>,
    /// Sessions that were opened under another number are void.
    pub(crate) generation: i64,
    /// The second factors that the person set up.
    pub(crate) factors: Factors,
    /// The organisations that the person belongs to.
    pub(crate) organisations: Vec<Siret>,
    /// The organisations that have not confirmed the person yet.
    pub(crate) pending_organisations: Vec<Siret>,
}

impl Account {
    /// Whether tokens can say what the person is called.
    pub(crate) fn is_named(&self) -> bool {
        self.given_name.is_some() && self.family_name.is_some()
    }

    /// The name by which the pages greet: the address, as long as there is no other.
    pub(crate) fn full_name(&self) -> String {
        let names: Vec<&str> = [&self.given_name, &self.family_name]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        if names.is_empty() { self.email.to_string() } else { names.join(" ") }
    }
}

impl Idp {
    /// The account of an address.
    pub(crate) async fn account(&self, email: &EmailAddress) -> Result<Option<Account>, PageError> {
        match self.stored_account(email).await? {
            Some(stored) => Ok(self.with_organisations(stored).await?),
            None => Ok(None),
        }
    }

    /// The account of an address if the password is right.
    pub(super) async fn account_with_password(
        &self,
        email: &EmailAddress,
        password: &SecretString,
    ) -> Result<Option<Account>, PageError> {
        let stored = self.stored_account(email).await?;
        let kept = stored.as_ref().and_then(|stored| stored.password_hash.clone());
        let right = password::matches(password, kept).await?;
        match stored.filter(|_| right) {
            Some(stored) => Ok(self.with_organisations(stored).await?),
            None => Ok(None),
        }
    }

    /// The account with this number.
    pub(super) async fn account_by_id(&self, id: i64) -> Result<Option<Account>, PageError> {
        self.fixtures.write().await?;
        match self.store.identite_account_by_id(id).await? {
            Some(stored) => Ok(self.with_organisations(stored).await?),
            None => Ok(None),
        }
    }

    async fn stored_account(
        &self,
        email: &EmailAddress,
    ) -> Result<Option<StoredAccount>, PageError> {
        self.fixtures.write().await?;
        Ok(self.store.identite_account(&email.canonical()).await?)
    }

    async fn with_organisations(
        &self,
        stored: StoredAccount,
    ) -> Result<Option<Account>, StoreError> {
        let Ok(email) = EmailAddress::parse(&stored.email) else { return Ok(None) };
        let organisations = self.store.identite_links(stored.id).await?;
        let pending = self.store.identite_pending(stored.id).await?;
        Ok(Some(Account {
            id: stored.id,
            email,
            given_name: stored.given_name,
            family_name: stored.family_name,
            phone_number: stored.phone_number,
            job: stored.job,
            has_password: stored.password_hash.is_some(),
            email_verified_at: stored.email_verified_at,
            generation: stored.generation,
            factors: Factors {
                totp: stored.has_totp,
                passkey: stored.has_passkey,
                everywhere: stored.force_second_factor,
            },
            organisations: sirets(&organisations),
            pending_organisations: sirets(&pending),
        }))
    }
}

fn sirets(stored: &[String]) -> Vec<Siret> {
    stored.iter().filter_map(|siret| Siret::parse(siret).ok()).collect()
}
