//! Owns how often things may be tried, by address. Whoever tries too often sees a page that says
//! so, whether or not there is an account.

use super::Idp;
use crate::email::EmailAddress;
use crate::provider::PageError;
use crate::storage::Try;

/// Something that may be tried a few times only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Password,
    EmailCode,
    SendEmailCode,
    MagicLink,
    ResetLink,
    ContactCode,
    SendContactCode,
    /// A code of an authenticator, old or new.
    Totp,
}

impl Limit {
    /// The name in the store.
    fn scope(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::EmailCode => "email-code",
            Self::SendEmailCode => "send-email-code",
            Self::MagicLink => "magic-link",
            Self::ResetLink => "reset-link",
            Self::ContactCode => "contact-code",
            Self::SendContactCode => "send-contact-code",
            Self::Totp => "totp",
        }
    }

    /// How often, within how many seconds.
    fn rate(self) -> (i64, i64) {
        match self {
            Self::Password | Self::EmailCode => (10, 5 * 60),
            Self::SendEmailCode
            | Self::MagicLink
            | Self::ResetLink
            | Self::SendContactCode
            | Self::Totp => (5, 15 * 60),
            // Two words are guessed more easily than ten digits.
            Self::ContactCode => (10, 3600),
        }
    }
}

impl Idp {
    /// Counts a try; too many are refused.
    pub(super) async fn count_try(
        &self,
        limit: Limit,
        email: &EmailAddress,
    ) -> Result<(), PageError> {
        let ((most, window), now) = (limit.rate(), self.clock.unix());
        let subject = email.canonical();
        let tried = Try { scope: limit.scope(), subject: &subject, at: now };
        if self.store.count_identite_try(&tried, now - window, most).await? {
            Ok(())
        } else {
            Err(PageError::TooManyTries)
        }
    }
}
