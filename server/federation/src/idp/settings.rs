//! Owns what a person sees and changes of their account when no service is waiting.

use super::{Account, Idp};
use crate::paris;
use crate::provider::PageError;

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
