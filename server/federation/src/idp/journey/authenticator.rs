//! Owns the way of an authenticator into an account, and the proof by its codes. A secret belongs
//! to the session in which it was drawn until a code confirms that an app knows it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::idp::limits::Limit;
use crate::idp::totp::{AppSetup, SetupError, SharedSecret};
use crate::idp::{Account, Browser, Idp, IdpSession, Method};
use crate::mail::Letter;
use crate::provider::PageError;
use crate::sealing::SealError;
use crate::secret::Token;
use crate::session::Session;
use crate::storage::StoredTotp;

impl From<SealError> for PageError {
    fn from(error: SealError) -> Self {
        Self::Unexpected(Box::new(error))
    }
}

impl From<SetupError> for PageError {
    fn from(error: SetupError) -> Self {
        Self::Unexpected(Box::new(error))
    }
}

impl Idp {
    /// What an app has to learn. Asking again tells the same, as long as it is not confirmed.
    pub(crate) async fn authenticator_setup(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
    ) -> Result<AppSetup, PageError> {
        if let Some(secret) = self.pending_secret(session, account) {
            return Ok(secret.setup(&account.email)?);
        }
        let secret = SharedSecret::random();
        let sealed = self.sealing.seal(account.id, secret.as_bytes())?;
        session.data.pending_totp = Some(STANDARD.encode(sealed));
        self.sessions.save(session).await?;
        Ok(secret.setup(&account.email)?)
    }

    /// Takes the first code of an app; the authenticator replaces a former one if it is right.
    /// Also what the browser has to show from now on.
    pub(crate) async fn add_authenticator(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
        browser: &Browser,
        typed: &str,
    ) -> Result<Option<Token>, PageError> {
        self.count_try(Limit::Totp, &account.email).await?;
        let now = self.clock.unix();
        let Some(secret) = self.pending_secret(session, account) else { return Ok(None) };
        let Some(step) = secret.step_of(typed, now) else { return Ok(None) };
        let sealed = self.sealing.seal(account.id, secret.as_bytes())?;
        let totp = StoredTotp { secret: sealed, created_at: now };
        self.store.replace_identite_totp(account.id, &totp, step).await?;
        session.data.pending_totp = None;
        self.add_methods(session, &[Method::Totp]).await?;
        let letter = Letter::new("Double authentification activée")
            .line("Une application d’authentification a été ajoutée à votre compte ProConnect.")
            .line(format!("Elle vous sera demandée par {}.", whom(account)))
            .line(NOT_YOU);
        self.mailbox.write(account.email.as_str(), letter).await?;
        self.trust(browser, account.id).await.map(Some)
    }

    /// Takes a code of the account's authenticator; what the browser has to show from now on if
    /// it is right, and was not used before.
    pub(crate) async fn confirm_authenticator(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
        browser: &Browser,
        typed: &str,
    ) -> Result<Option<Token>, PageError> {
        self.count_try(Limit::Totp, &account.email).await?;
        let Some(totp) = self.store.identite_totp(account.id).await? else { return Ok(None) };
        let secret = SharedSecret::new(&self.sealing.open(account.id, &totp.secret)?);
        let Some(step) = secret.step_of(typed, self.clock.unix()) else { return Ok(None) };
        if !self.store.use_identite_totp_step(account.id, step).await? {
            return Ok(None);
        }
        self.add_methods(session, &[Method::Totp]).await?;
        self.trust(browser, account.id).await.map(Some)
    }

    /// The secret that was drawn for this person in this session.
    fn pending_secret(
        &self,
        session: &Session<IdpSession>,
        account: &Account,
    ) -> Option<SharedSecret> {
        let sealed = STANDARD.decode(session.data.pending_totp.as_ref()?).ok()?;
        let secret = self.sealing.open(account.id, &sealed).ok()?;
        Some(SharedSecret::new(&secret))
    }
}

/// What to do about a mail on a change that its reader did not make.
pub(in crate::idp) const NOT_YOU: &str = "Si ce n’est pas vous, changez votre mot de passe sans \
                                          attendre.";

fn whom(account: &Account) -> &'static str {
    if account.factors.everywhere { "tous les sites" } else { "les sites qui l’exigent" }
}
