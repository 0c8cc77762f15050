//! Owns the accounts as tokens and pages know them. Whether an account exists cannot be told
//! from the time that checking a password takes: for an unknown address one is compared, too.

use secrecy::{ExposeSecret as _, SecretString};

use super::Idp;
use crate::config::Account;
use crate::email::EmailAddress;
use crate::secret::{equal, stable_number};

impl Idp {
    /// The account of an address.
    pub(crate) fn account(&self, email: &EmailAddress) -> Option<Account> {
        self.directory.current().account(email).cloned()
    }

    /// The account of an address if the password is right. Passwords stand in clear in the
    /// configuration and on the home page: there is nothing that hashing them would protect.
    pub(super) fn account_with_password(
        &self,
        email: &EmailAddress,
        password: &SecretString,
    ) -> Option<Account> {
        let account = self.account(email);
        let expected = account.as_ref().map_or("", |account| account.password.expose_secret());
        let right = equal(expected, password.expose_secret());
        account.filter(|_| right)
    }
}

impl Account {
    /// The number that stands for the account in tokens. It follows from the address, so that
    /// reordering the configuration makes nobody someone else.
    pub(crate) fn id(&self) -> u64 {
        stable_number(&self.email.canonical())
    }

    /// The name by which the pages greet.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.usual_name)
    }
}
