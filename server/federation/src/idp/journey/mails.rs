//! Owns codes and links that go by mail: drawn, kept as hashes, sent.

use askama::Template;

use super::LIFETIME;
use crate::idp::{Account, Idp};
use crate::mail::Message;
use crate::pages::{
    CodeByMail, CodeByMailHtml, MagicLinkMail, MagicLinkMailHtml, ResetMail, ResetMailHtml,
};
use crate::provider::PageError;
use crate::secret::{Token, TokenHash, random_digits};
use crate::storage::NewSecret;

/// How many digits a code has.
const DIGITS: usize = 10;

/// What a code or link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    EmailCode,
    MagicLink,
    ResetLink,
}

impl Purpose {
    /// The name in the store.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::EmailCode => "email-code",
            Self::MagicLink => "magic-link",
            Self::ResetLink => "reset-link",
        }
    }
}

/// Whether a code that is still good gives way to a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sending {
    IfAbsent,
    Again,
}

impl Idp {
    /// Mails a code; `false` if the one sent before is still good.
    pub(super) async fn mail_code(
        &self,
        account: &Account,
        sending: Sending,
    ) -> Result<bool, PageError> {
        let code = random_digits(DIGITS);
        let hash = code_hash(account.id, &code);
        // Noted before it is sent: of two simultaneous requests only one sends a mail.
        if !self.note(account, Purpose::EmailCode, &hash, sending).await? {
            return Ok(false);
        }
        let (text, html) = (CodeByMail { code: &code }, CodeByMailHtml { code: &code });
        let subject = "Vérification de votre adresse email";
        let message = message(account, subject, &text, &html)?;
        if let Err(error) = self.mailbox.send(message).await {
            // The next who asks gets another one.
            let purpose = Purpose::EmailCode.name();
            self.store.use_identite_secret(account.id, purpose, &hash).await?;
            return Err(error.into());
        }
        Ok(true)
    }

    /// Mails a link to sign in.
    pub(super) async fn mail_magic_link(&self, account: &Account) -> Result<(), PageError> {
        let link = self
            .link(account, Purpose::MagicLink, "/users/sign-in-with-magic-link?magic_link_token=")
            .await?;
        let (text, html) = (MagicLinkMail { link: &link }, MagicLinkMailHtml { link: &link });
        let message = message(account, "Lien de connexion à ProConnect", &text, &html)?;
        Ok(self.mailbox.send(message).await?)
    }

    /// Mails a link to choose another password.
    pub(super) async fn mail_reset_link(&self, account: &Account) -> Result<(), PageError> {
        let link = self
            .link(account, Purpose::ResetLink, "/users/change-password?reset_password_token=")
            .await?;
        let subject = "Instructions pour la réinitialisation du mot de passe";
        let (text, html) = (ResetMail { link: &link }, ResetMailHtml { link: &link });
        Ok(self.mailbox.send_aside(message(account, subject, &text, &html)?).await?)
    }

    async fn link(
        &self,
        account: &Account,
        purpose: Purpose,
        path: &str,
    ) -> Result<String, PageError> {
        let token = Token::random();
        self.note(account, purpose, &token.hash(), Sending::Again).await?;
        Ok(format!("{}{path}{}", self.provider.issuer(), token.expose()))
    }

    async fn note(
        &self,
        account: &Account,
        purpose: Purpose,
        hash: &TokenHash,
        sending: Sending,
    ) -> Result<bool, PageError> {
        let now = self.clock.unix();
        let secret = NewSecret {
            account: account.id,
            purpose: purpose.name(),
            hash,
            sent_at: now,
            expires_at: now + LIFETIME,
            replaces: sending == Sending::Again,
        };
        Ok(self.store.claim_identite_secret(&secret).await?)
    }
}

fn message(
    account: &Account,
    subject: &str,
    text: &impl Template,
    html: &impl Template,
) -> Result<Message, PageError> {
    let unexpected = |error: askama::Error| PageError::Unexpected(Box::new(error));
    Ok(Message {
        to: account.email.to_string(),
        subject: subject.to_owned(),
        text: text.render().map_err(unexpected)?,
        html: html.render().map_err(unexpected)?,
    })
}

/// The hash names the account, so that equal codes of two people do not look alike.
pub(super) fn code_hash(account: i64, code: &str) -> TokenHash {
    Token::presented(&format!("{account}\n{code}")).hash()
}
