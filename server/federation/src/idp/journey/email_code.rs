//! Owns the proof by code that a person reads their address: the first time, every ninety days,
//! and in a browser that is not known.

use super::mails::{Purpose, Sending, code_hash};
use crate::idp::gate::{Obstacle, Rung};
use crate::idp::limits::Limit;
use crate::idp::{Account, Browser, Idp, IdpSession, Method};
use crate::provider::PageError;
use crate::secret::Token;
use crate::session::Session;

/// How long a code by email may take, in seconds.
const PATIENCE: i64 = 20 * 60;

/// Where a person stands who opens the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verification {
    /// A code was sent just now.
    Sent,
    /// The code sent before is still good.
    SentBefore,
    /// No code is on its way, since the mail server did not take it.
    NotSent,
    NotNeeded,
}

impl Idp {
    /// Sends a code if one is needed and none is on its way.
    pub(crate) async fn ask_email_code(
        &self,
        session: &Session<IdpSession>,
        account: &Account,
        browser: &Browser,
    ) -> Result<Verification, PageError> {
        let obstacle = self.obstacle(session, browser, Rung::Browser).await?;
        if !matches!(obstacle, Some(Obstacle::VerifyEmail(_))) {
            return Ok(Verification::NotNeeded);
        }
        match self.mail_code(account, Sending::IfAbsent).await {
            Ok(true) => Ok(Verification::Sent),
            Ok(false) => Ok(Verification::SentBefore),
            Err(PageError::MailNotSent) => Ok(Verification::NotSent),
            Err(error) => Err(error),
        }
    }

    /// How many seconds the page lets people wait before they ask for another code. Nothing but the page
    /// counts them: mails may take a while.
    pub(crate) async fn email_code_wait(&self, account: &Account) -> Result<i64, PageError> {
        let (purpose, now) = (Purpose::EmailCode.name(), self.clock.unix());
        let sent_at = self.store.identite_secret_sent_at(account.id, purpose, now).await?;
        Ok(sent_at.map_or(0, |sent_at| (sent_at + PATIENCE - now).max(0)))
    }

    /// Sends another code; the former one is void.
    pub(crate) async fn send_another_email_code(&self, account: &Account) -> Result<(), PageError> {
        self.count_try(Limit::SendEmailCode, &account.email).await?;
        self.mail_code(account, Sending::Again).await.map(|_| ())
    }

    /// Takes a typed code; what the browser has to show from now on if it is right.
    pub(crate) async fn confirm_email_code(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
        browser: &Browser,
        typed: &str,
    ) -> Result<Option<Token>, PageError> {
        self.count_try(Limit::EmailCode, &account.email).await?;
        let (purpose, now) = (Purpose::EmailCode.name(), self.clock.unix());
        let typed: String = typed.split_whitespace().collect();
        let hash = code_hash(account.id, &typed);
        let right = match self.store.identite_secret(account.id, purpose, now).await? {
            Some(sent) if hash.equals(&sent) => {
                self.store.use_identite_secret(account.id, purpose, &hash).await?
            }
            _ => false,
        };
        if !right {
            return Ok(None);
        }
        self.store.verify_identite_email(account.id, now).await?;
        self.add_methods(session, &[Method::EmailCode]).await?;
        self.trust(browser, account.id).await.map(Some)
    }
}
