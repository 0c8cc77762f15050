//! Owns the first step: an address, and where it leads.

use crate::email::EmailAddress;
use crate::idp::{Idp, IdpSession};
use crate::provider::PageError;
use crate::session::Session;
use crate::spelling::{self, Spelling};

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// To its password.
    Password,
    /// To choosing a password, since its account has none.
    MissingPassword,
    /// To a new account.
    NewAccount,
    /// Nowhere: mail would not reach it. Another one may be meant.
    Undeliverable(Option<EmailAddress>),
}

impl Idp {
    /// Takes an address. Those of accounts are never doubted.
    pub(crate) async fn start(
        &self,
        session: &mut Session<IdpSession>,
        email: EmailAddress,
    ) -> Result<Start, PageError> {
        let start = match self.account(&email).await? {
            Some(account) if account.has_password => Start::Password,
            Some(_) => Start::MissingPassword,
            None => match spelling::judge(&email, &self.directory.current()) {
                Spelling::Plausible => Start::NewAccount,
                Spelling::Doubtful(meant) => Start::Undeliverable(meant),
            },
        };
        if !matches!(start, Start::Undeliverable(_)) {
            session.data.email = Some(email);
            self.sessions.save(session).await?;
        }
        Ok(start)
    }
}
