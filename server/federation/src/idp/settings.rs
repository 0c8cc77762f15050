//! Owns what a person sees and changes of their account when no service is waiting: what opens
//! it, and where.

use super::journey::NOT_YOU;
use super::{Account, Browser, Idp, IdpSession};
use crate::config::BuiltIn;
use crate::mail::Letter;
use crate::paris;
use crate::provider::PageError;
use crate::secret::TokenHash;
use crate::session::Session;

/// A sign-in as its person reads it.
#[derive(Clone, Debug)]
pub(crate) struct SignIn {
    pub(crate) when: String,
    pub(crate) how: String,
    /// The browser in a few words.
    pub(crate) device: String,
    /// The name of the service for which it was.
    pub(crate) service: Option<String>,
}

/// A trusted browser as its person reads it.
#[derive(Clone, Debug)]
pub(crate) struct KnownBrowser {
    /// What forms call it.
    pub(crate) name: String,
    /// In a few words.
    pub(crate) device: String,
    pub(crate) since: String,
    pub(crate) last_seen: String,
    /// Whether it is the one that asks.
    pub(crate) is_this: bool,
}

impl Idp {
    /// The sign-ins of a person, the latest first.
    pub(crate) async fn sign_ins(&self, account: &Account) -> Result<Vec<SignIn>, PageError> {
        let noted = self.store.identite_sign_ins(account.id).await?;
        let shown = noted.into_iter().map(|noted| SignIn {
            when: paris::minute(noted.at),
            how: in_words(&noted.methods),
            device: noted.device,
            service: noted.service,
        });
        Ok(shown.collect())
    }

    /// The browsers that a person trusts, the latest first.
    pub(crate) async fn known_browsers(
        &self,
        account: &Account,
        browser: &Browser,
    ) -> Result<Vec<KnownBrowser>, PageError> {
        let trusted = self.store.identite_browsers(account.id, self.clock.unix()).await?;
        let this = browser.token.as_ref().map(|token| token.hash().name());
        let shown = trusted.into_iter().map(|trusted| KnownBrowser {
            is_this: this.as_ref() == Some(&trusted.token.name()),
            name: trusted.token.name(),
            device: trusted.device,
            since: paris::day(trusted.since),
            last_seen: paris::minute(trusted.last_seen),
        });
        Ok(shown.collect())
    }

    /// Trusts one browser no longer; `false` if it was not trusted.
    pub(crate) async fn forget_browser(
        &self,
        account: &Account,
        name: &str,
    ) -> Result<bool, PageError> {
        match TokenHash::named(name) {
            Some(token) => Ok(self.store.forget_identite_browser(&token, account.id).await?),
            None => Ok(false),
        }
    }

    /// Trusts no browser any longer.
    pub(crate) async fn forget_browsers(&self, account: &Account) -> Result<(), PageError> {
        Ok(self.store.forget_identite_browsers(account.id).await?)
    }

    /// The day on which the authenticator was set up.
    pub(crate) async fn authenticator_since(
        &self,
        account: &Account,
    ) -> Result<Option<String>, PageError> {
        let totp = self.store.identite_totp(account.id).await?;
        Ok(totp.map(|totp| paris::day(totp.created_at)))
    }

    /// Takes the authenticator away; `false` if there is none.
    pub(crate) async fn remove_authenticator(&self, account: &Account) -> Result<bool, PageError> {
        if !self.store.delete_identite_totp(account.id).await? {
            return Ok(false);
        }
        let subject = "Suppression d'une application d'authentification à double facteur";
        let letter = Letter::new(subject)
            .line("L’application d’authentification de votre compte ProConnect a été supprimée.")
            .line(NOT_YOU);
        self.mailbox.write(account.email.as_str(), letter).await?;
        Ok(true)
    }

    /// Sets whether every service gets a second factor; `false` if the person has none.
    pub(crate) async fn set_second_factor_everywhere(
        &self,
        account: &Account,
        everywhere: bool,
    ) -> Result<bool, PageError> {
        let set = self.store.set_identite_second_factor_everywhere(account.id, everywhere).await?;
        if set && !everywhere {
            let subject = "Désactivation de la validation avec la double authentification";
            let letter = Letter::new(subject)
                .line("La double authentification n’est plus demandée que par les sites qui l’exigent.")
                .line(NOT_YOU);
            self.mailbox.write(account.email.as_str(), letter).await?;
        }
        Ok(set)
    }

    /// Deletes the account with everything that belongs to it, and signs the person out, here and
    /// at the hub: nothing that was handed out for them is good any longer.
    pub(crate) async fn delete_account(
        &self,
        session: &Session<IdpSession>,
        account: &Account,
    ) -> Result<(), PageError> {
        let letter = Letter::new("Suppression de compte")
            .line("Votre compte ProConnect a été supprimé, à votre demande.");
        self.mailbox.write(account.email.as_str(), letter).await?;
        let registered = self.directory.current();
        for provider in registered.built_in(BuiltIn::Identite) {
            self.store.sign_out_at_hub(&provider.uid, &account.id.to_string()).await?;
        }
        self.store.delete_identite_account(account.id).await?;
        Ok(self.sessions.end(session).await?)
    }
}

/// The methods of a sign-in, from their names in tokens.
fn in_words(methods: &str) -> String {
    let words: Vec<&str> = methods
        .split(' ')
        .filter_map(|method| match method {
            "pwd" => Some("mot de passe"),
            "mail" => Some("email"),
            "otp" => Some("code à usage unique"),
            "pop" => Some("clé d’accès"),
            _ => None,
        })
        .collect();
    words.join(" et ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_told_in_words() {
        let rows = [
            ("pwd", "mot de passe"),
            ("pwd otp mfa", "mot de passe et code à usage unique"),
            ("pop mfa", "clé d’accès"),
            ("mail", "email"),
        ];
        for (methods, words) in rows {
            assert_eq!(in_words(methods), words);
        }
    }
}
