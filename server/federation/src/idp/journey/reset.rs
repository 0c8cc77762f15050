//! Owns the way back for people who forgot their password.

use secrecy::{ExposeSecret as _, SecretString};

use super::mails::Purpose;
use crate::email::EmailAddress;
use crate::idp::limits::Limit;
use crate::idp::rules::{self, PasswordProblem};
use crate::idp::{Browser, Idp, password};
use crate::provider::PageError;
use crate::secret::Token;

impl Idp {
    /// Sends a link if the address has an account. Nobody is told whether it has.
    pub(crate) async fn send_reset_link(&self, email: &EmailAddress) -> Result<(), PageError> {
        self.count_try(Limit::ResetLink, email).await?;
        match self.account(email).await? {
            Some(account) => self.mail_reset_link(&account).await,
            None => Ok(()),
        }
    }

    /// Replaces the password of the account that a link was sent to; `None` if it is not good, or
    /// was used. The link stays good while the chosen password is not. Also what the browser has
    /// to show from now on.
    pub(crate) async fn change_password(
        &self,
        browser: &Browser,
        presented: &str,
        typed: &SecretString,
    ) -> Result<Option<Result<Token, PasswordProblem>>, PageError> {
        let hash = Token::presented(presented).hash();
        let owner = self
            .store
            .identite_secret_owner(Purpose::ResetLink.name(), &hash, self.clock.unix())
            .await?;
        let Some(id) = owner else { return Ok(None) };
        let Some(account) = self.account_by_id(id).await? else { return Ok(None) };
        let chosen = typed.expose_secret().trim();
        if let Err(problem) = rules::judge(chosen, &account.email) {
            return Ok(Some(Err(problem)));
        }
        let password_hash = password::hash(SecretString::from(chosen)).await?;
        if self.use_link(Purpose::ResetLink, presented).await?.is_none() {
            return Ok(None);
        }
        self.store.replace_identite_password(id, &password_hash, self.clock.unix()).await?;
        self.trust(browser, id).await.map(|token| Some(Ok(token)))
    }
}
