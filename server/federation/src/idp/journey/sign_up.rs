//! Owns the opening of an account by password.

use secrecy::{ExposeSecret as _, SecretString};

use crate::email::EmailAddress;
use crate::idp::rules::{self, PasswordProblem};
use crate::idp::{Account, Browser, Idp, IdpSession, Method, password};
use crate::provider::PageError;
use crate::session::Session;

/// Why an account is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignUpProblem {
    Password(PasswordProblem),
    /// The address has an account with a password.
    EmailTaken,
}

impl Idp {
    /// Opens an account, or gives one without a password the one that was chosen, and signs in.
    /// The address is still to be proven.
    pub(crate) async fn sign_up(
        &self,
        session: Session<IdpSession>,
        browser: &Browser,
        email: &EmailAddress,
        typed: &SecretString,
    ) -> Result<Result<Session<IdpSession>, SignUpProblem>, PageError> {
        let chosen = typed.expose_secret().trim();
        if let Err(problem) = rules::judge(chosen, email) {
            return Ok(Err(SignUpProblem::Password(problem)));
        }
        let hash = password::hash(SecretString::from(chosen)).await?;
        match self.open_or_complete(email, &hash).await? {
            Some(account) => {
                let methods = [Method::Password];
                Ok(Ok(self.enter(session, browser, &account, &methods).await?))
            }
            None => Ok(Err(SignUpProblem::EmailTaken)),
        }
    }

    async fn open_or_complete(
        &self,
        email: &EmailAddress,
        password_hash: &str,
    ) -> Result<Option<Account>, PageError> {
        let done = if let Some(account) = self.account(email).await? {
            self.store.add_identite_password(account.id, password_hash).await?
        } else {
            let (email, now) = (email.canonical(), self.clock.unix());
            let opened = self.store.create_identite_account(&email, Some(password_hash), now);
            opened.await?.is_some()
        };
        if done { self.account(email).await } else { Ok(None) }
    }
}
