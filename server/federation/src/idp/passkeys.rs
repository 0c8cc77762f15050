//! Owns passkeys: registering one, signing in with one, alone or beside a password, and removing
//! it. A challenge belongs to one session, purpose and account, for five minutes, and is gone with
//! the first answer, be it right or wrong.

mod ceremony;
mod names;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::gate::Obstacle;
use super::{Account, Browser, Idp, IdpSession, Method, Rung};
use crate::config::Passkey as ConfiguredPasskey;
use crate::email::EmailAddress;
use crate::mail::Letter;
use crate::paris;
use crate::provider::PageError;
use crate::secret::Token;
use crate::session::Session;
use crate::storage::{Ceremony, PasskeyUse, StoreError, StoredPasskey};

pub(crate) use ceremony::{CeremonyError, RelyingParty};
use ceremony::{Challenge, Person, UserVerification};

/// How long a challenge waits for its answer, in seconds.
const LIFETIME: i64 = 300;

/// The subject of the mails about passkeys.
const ALERT: &str = "Alerte de sécurité";

/// What a challenge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Registration,
    FirstFactor,
    SecondFactor,
}

impl Purpose {
    /// The name in the store.
    fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::FirstFactor => "first-factor",
            Self::SecondFactor => "second-factor",
        }
    }

    /// Alone, a passkey is two factors only if its device knows the person.
    fn verification(self) -> UserVerification {
        match self {
            Self::FirstFactor => UserVerification::Required,
            Self::Registration | Self::SecondFactor => UserVerification::Discouraged,
        }
    }
}

/// A passkey as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passkey {
    /// In base64url.
    pub(crate) credential_id: String,
    pub(crate) name: String,
    /// The day, in words; of the last use the minute.
    pub(crate) created: String,
    pub(crate) last_used: Option<String>,
    pub(crate) use_count: i64,
    /// Whether it is good beside a password only.
    pub(crate) only_second_factor: bool,
}

impl From<StoredPasskey> for Passkey {
    fn from(stored: StoredPasskey) -> Self {
        Self {
            credential_id: URL_SAFE_NO_PAD.encode(&stored.credential_id),
            name: stored.name,
            created: paris::day(stored.created_at),
            last_used: stored.last_used_at.map(paris::minute),
            use_count: stored.use_count,
            only_second_factor: !stored.user_verified,
        }
    }
}

impl From<CeremonyError> for PageError {
    fn from(error: CeremonyError) -> Self {
        Self::Unexpected(Box::new(error))
    }
}

impl Idp {
    /// A person's passkeys, the oldest first.
    pub(crate) async fn passkeys(&self, account: &Account) -> Result<Vec<Passkey>, StoreError> {
        let stored = self.store.identite_passkeys(account.id).await?;
        Ok(stored.into_iter().map(Passkey::from).collect())
    }

    /// What the person must have shown for adding a second factor: less while a service waits
    /// for exactly that, else as much as for any setting.
    pub(crate) async fn rung_for_adding(
        &self,
        session: &Session<IdpSession>,
        browser: &Browser,
    ) -> Result<Rung, PageError> {
        let obstacle = self.obstacle(session, browser, Rung::Browser).await?;
        Ok(if obstacle == Some(Obstacle::Enrol) { Rung::Enrolment } else { Rung::Settings })
    }

    /// What the browser needs to make a passkey.
    pub(crate) async fn passkey_creation_options(
        &self,
        session: &Session<IdpSession>,
        account: &Account,
    ) -> Result<Value, PageError> {
        let existing = self.store.identite_passkeys(account.id).await?;
        let person = Person {
            handle: &account.id.to_string(),
            email: account.email.as_str(),
            name: &account.full_name(),
        };
        let existing = existing.into_iter().map(|passkey| passkey.credential_id).collect();
        let challenge = self.relying_party.begin_registration(&person, existing)?;
        self.begin_ceremony(session, Purpose::Registration, account, challenge).await
    }

    /// Takes a passkey that was made; `None` if it is not good. Whoever made it has shown it, too;
    /// also what the browser has to show from now on.
    pub(crate) async fn add_passkey(
        &self,
        session: &mut Session<IdpSession>,
        browser: &Browser,
        account: &Account,
        answer: &str,
    ) -> Result<Option<Token>, PageError> {
        let Some(state) = self.end_ceremony(session, Purpose::Registration, account).await? else {
            return Ok(None);
        };
        let registered = match self.relying_party.register(&state, answer) {
            Ok(registered) => registered,
            Err(error) => return Ok(refused(&error)),
        };
        let credential_id = URL_SAFE_NO_PAD.encode(&registered.credential_id);
        let passkey = StoredPasskey {
            name: names::name(registered.aaguid, &credential_id),
            credential_id: registered.credential_id,
            credential: registered.record,
            user_verified: registered.user_verified,
            created_at: self.clock.unix(),
            last_used_at: None,
            use_count: 0,
        };
        if !self.store.insert_identite_passkey(account.id, &passkey).await? {
            return Ok(None);
        }
        self.add_methods(session, methods(registered.user_verified)).await?;
        let letter = Letter::new(ALERT)
            .line("Une clé d’accès a été ajoutée à votre compte ProConnect :")
            .line(passkey.name)
            .line(
                "Si vous n’en êtes pas à l’origine, supprimez-la sur la page « Compte et connexion » \
                 et choisissez un autre mot de passe.",
            );
        self.mailbox.write(account.email.as_str(), letter).await?;
        self.trust(browser, account.id).await.map(Some)
    }

    /// Whether the address has a passkey that is good without a password.
    pub(crate) async fn has_passkey_for_signing_in(
        &self,
        email: &EmailAddress,
    ) -> Result<bool, PageError> {
        let Some(account) = self.account(email).await? else { return Ok(false) };
        Ok(!self.good_for(Purpose::FirstFactor, &account).await?.is_empty())
    }

    /// What the browser needs to sign in with a passkey alone; `None` if the address has none.
    pub(crate) async fn first_factor_options(
        &self,
        session: &Session<IdpSession>,
        email: &EmailAddress,
    ) -> Result<Option<Value>, PageError> {
        match self.account(email).await? {
            Some(account) => self.ask_for_passkey(session, Purpose::FirstFactor, &account).await,
            None => Ok(None),
        }
    }

    /// What the browser needs to show a passkey beside a password; `None` if there is none.
    pub(crate) async fn second_factor_options(
        &self,
        session: &Session<IdpSession>,
        account: &Account,
    ) -> Result<Option<Value>, PageError> {
        self.ask_for_passkey(session, Purpose::SecondFactor, account).await
    }

    /// Signs in with a passkey alone; `None` if it is not good. Also what the browser has to show
    /// from now on.
    pub(crate) async fn sign_in_with_passkey(
        &self,
        session: Session<IdpSession>,
        browser: &Browser,
        email: &EmailAddress,
        answer: &str,
    ) -> Result<Option<(Session<IdpSession>, Token)>, PageError> {
        let Some(account) = self.account(email).await? else { return Ok(None) };
        let shown = self.check_passkey(&session, Purpose::FirstFactor, &account, answer).await?;
        let Some(user_verified) = shown else { return Ok(None) };
        let session = self.enter(session, browser, &account, methods(user_verified)).await?;
        Ok(Some((session, self.trust(browser, account.id).await?)))
    }

    /// Takes a passkey beside a password; `None` if it is not good, else what the browser has to
    /// show from now on.
    pub(crate) async fn show_passkey(
        &self,
        session: &mut Session<IdpSession>,
        browser: &Browser,
        account: &Account,
        answer: &str,
    ) -> Result<Option<Token>, PageError> {
        let shown = self.check_passkey(session, Purpose::SecondFactor, account, answer).await?;
        let Some(user_verified) = shown else { return Ok(None) };
        self.add_methods(session, methods(user_verified)).await?;
        self.trust(browser, account.id).await.map(Some)
    }

    /// Removes a passkey; `false` if the person has no such one.
    pub(crate) async fn delete_passkey(
        &self,
        account: &Account,
        credential_id: &str,
    ) -> Result<bool, PageError> {
        let Ok(credential_id) = URL_SAFE_NO_PAD.decode(credential_id) else { return Ok(false) };
        if !self.store.delete_identite_passkey(account.id, &credential_id).await? {
            return Ok(false);
        }
        let letter = Letter::new(ALERT)
            .line("Une clé d’accès a été supprimée de votre compte ProConnect.")
            .line("Si vous n’en êtes pas à l’origine, choisissez un autre mot de passe.");
        self.mailbox.write(account.email.as_str(), letter).await?;
        Ok(true)
    }

    /// Asks for one of the account's passkeys; never for whichever the device has.
    async fn ask_for_passkey(
        &self,
        session: &Session<IdpSession>,
        purpose: Purpose,
        account: &Account,
    ) -> Result<Option<Value>, PageError> {
        let passkeys = self.good_for(purpose, account).await?;
        if passkeys.is_empty() {
            return Ok(None);
        }
        let challenge =
            self.relying_party.begin_authentication(&records(&passkeys), purpose.verification())?;
        self.begin_ceremony(session, purpose, account, challenge).await.map(Some)
    }

    /// Checks a signature; whether the device knew the person, if it is good.
    async fn check_passkey(
        &self,
        session: &Session<IdpSession>,
        purpose: Purpose,
        account: &Account,
        answer: &str,
    ) -> Result<Option<bool>, PageError> {
        let Some(state) = self.end_ceremony(session, purpose, account).await? else {
            return Ok(None);
        };
        let passkeys = self.good_for(purpose, account).await?;
        let handle = account.id.to_string();
        let known = records(&passkeys);
        let shown = match self.relying_party.authenticate(&state, &known, &handle, answer) {
            Ok(shown) => shown,
            Err(error) => return Ok(refused(&error)),
        };
        let passkey = &passkeys[shown.place];
        let used = PasskeyUse {
            account: account.id,
            credential_id: &passkey.credential_id,
            before: &passkey.credential,
            after: &shown.record,
            at: self.clock.unix(),
        };
        let used = self.store.use_identite_passkey(&used).await?;
        Ok(used.then_some(shown.user_verified))
    }

    /// The account's passkeys for a purpose: a device that did not know the person when the passkey
    /// was made is not asked to later.
    async fn good_for(
        &self,
        purpose: Purpose,
        account: &Account,
    ) -> Result<Vec<StoredPasskey>, StoreError> {
        let mut passkeys = self.store.identite_passkeys(account.id).await?;
        passkeys.retain(|passkey| purpose != Purpose::FirstFactor || passkey.user_verified);
        Ok(passkeys)
    }

    async fn begin_ceremony(
        &self,
        session: &Session<IdpSession>,
        purpose: Purpose,
        account: &Account,
        challenge: Challenge,
    ) -> Result<Value, PageError> {
        let ceremony =
            Ceremony { session: &session.hash(), purpose: purpose.name(), account: account.id };
        let expires_at = self.clock.unix() + LIFETIME;
        self.store.begin_identite_ceremony(&ceremony, &challenge.state, expires_at).await?;
        Ok(challenge.options)
    }

    async fn end_ceremony(
        &self,
        session: &Session<IdpSession>,
        purpose: Purpose,
        account: &Account,
    ) -> Result<Option<String>, StoreError> {
        let ceremony =
            Ceremony { session: &session.hash(), purpose: purpose.name(), account: account.id };
        self.store.end_identite_ceremony(&ceremony, self.clock.unix()).await
    }
}

/// A configured passkey, as if its owner had registered it.
pub(super) fn configured(
    passkey: &ConfiguredPasskey,
    now: i64,
) -> Result<StoredPasskey, CeremonyError> {
    let (x, y) = passkey.public_key.split_at(32);
    let credential = ceremony::record_of(&passkey.credential_id, x, y)?;
    let credential_id = URL_SAFE_NO_PAD.encode(&passkey.credential_id);
    Ok(StoredPasskey {
        name: passkey.name.clone().unwrap_or_else(|| names::name(None, &credential_id)),
        credential_id: passkey.credential_id.clone(),
        credential,
        user_verified: true,
        created_at: now,
        last_used_at: None,
        use_count: 0,
    })
}

fn methods(user_verified: bool) -> &'static [Method] {
    if user_verified { &[Method::Passkey, Method::UserVerification] } else { &[Method::Passkey] }
}

fn records(passkeys: &[StoredPasskey]) -> Vec<&str> {
    passkeys.iter().map(|passkey| passkey.credential.as_str()).collect()
}

/// Says in the log which check failed; people learn only that one did.
fn refused<T>(error: &CeremonyError) -> Option<T> {
    tracing::info!(error = error as &dyn std::error::Error, "a passkey was refused");
    None
}
