//! Owns the link that signs in whoever reads the mail. Opening it does nothing yet: programs
//! that look through mails open links, too.

use super::mails::Purpose;
use crate::email::EmailAddress;
use crate::idp::limits::Limit;
use crate::idp::{Browser, Idp, IdpSession, Method};
use crate::provider::PageError;
use crate::secret::Token;
use crate::session::Session;

impl Idp {
    /// Sends a link; an address without an account gets one.
    pub(crate) async fn send_magic_link(&self, email: &EmailAddress) -> Result<(), PageError> {
        self.count_try(Limit::MagicLink, email).await?;
        if self.account(email).await?.is_none() {
            let (email, now) = (email.canonical(), self.clock.unix());
            self.store.create_identite_account(&email, None, now).await?;
        }
        match self.account(email).await? {
            Some(account) => self.mail_magic_link(&account).await,
            None => Ok(()),
        }
    }

    /// Whether a link that is still good was sent to this address.
    pub(crate) async fn magic_link_is_for(
        &self,
        email: &EmailAddress,
        presented: &str,
    ) -> Result<bool, PageError> {
        let (purpose, hash) = (Purpose::MagicLink.name(), Token::presented(presented).hash());
        let owner = self.store.identite_secret_owner(purpose, &hash, self.clock.unix()).await?;
        let account = self.account(email).await?;
        Ok(owner.is_some() && owner == account.map(|account| account.id))
    }

    /// Signs in with a link; `None` if it is not good, or was used. Also what the browser has to
    /// show from now on.
    pub(crate) async fn sign_in_with_magic_link(
        &self,
        session: Session<IdpSession>,
        browser: &Browser,
        presented: &str,
    ) -> Result<Option<(Session<IdpSession>, Token)>, PageError> {
        let Some(id) = self.use_link(Purpose::MagicLink, presented).await? else { return Ok(None) };
        self.store.claim_identite_email(id, self.clock.unix()).await?;
        let Some(account) = self.account_by_id(id).await? else { return Ok(None) };
        let session = self.enter(session, browser, &account, &[Method::EmailLink]).await?;
        Ok(Some((session, self.trust(browser, id).await?)))
    }

    /// The account of a link, which cannot be used again.
    pub(super) async fn use_link(
        &self,
        purpose: Purpose,
        presented: &str,
    ) -> Result<Option<i64>, PageError> {
        let (purpose, hash) = (purpose.name(), Token::presented(presented).hash());
        let owner = self.store.identite_secret_owner(purpose, &hash, self.clock.unix()).await?;
        let Some(id) = owner else { return Ok(None) };
        let used = self.store.use_identite_secret(id, purpose, &hash).await?;
        Ok(used.then_some(id))
    }
}
