//! Owns the list of accounts that a newcomer can sign in with.

use std::collections::BTreeMap;

use secrecy::ExposeSecret as _;

use crate::config::{BuiltIn, Config, IdentityProvider, TotpSecret};

/// An account to try the federation with. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestAccount {
    /// What to type on the email page.
    pub email: String,
    /// The password, where one is asked for.
    pub password: Option<String>,
    /// The secret of the authenticator, if there is one.
    pub totp_secret: Option<TotpSecret>,
    /// The title of the identity provider.
    pub provider: String,
    /// What is special about it, in French.
    pub description: String,
}

/// One address for each way to a demo administration, then the accounts of ProConnect Identité.
pub(crate) fn list(config: &Config) -> Vec<TestAccount> {
    let mut accounts: Vec<TestAccount> = Vec::new();
    let mut shared: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for provider in config.built_in(BuiltIn::Demo) {
        for domain in &provider.domains {
            shared.entry(domain).or_default().push(&provider.title);
        }
    }
    for provider in config.built_in(BuiltIn::Demo) {
        let own = provider.domains.iter().find(|domain| shared[domain.as_str()].len() == 1);
        accounts.extend(own.map(|domain| TestAccount {
            email: format!("test@{domain}"),
            password: None,
            totp_secret: None,
            provider: provider.title.clone(),
            description: description(provider).to_owned(),
        }));
    }
    for (domain, titles) in shared.into_iter().filter(|(_, titles)| titles.len() > 1) {
        accounts.push(TestAccount {
            email: format!("test@{domain}"),
            password: None,
            totp_secret: None,
            provider: titles.join(" ou "),
            description: "plusieurs fournisseurs d’identité, au choix".to_owned(),
        });
    }
    let identite = config.built_in(BuiltIn::Identite).next().map(|fi| fi.title.as_str());
    accounts.extend(config.accounts.iter().map(|account| TestAccount {
        email: account.email.to_string(),
        password: Some(account.password.expose_secret().to_owned()),
        totp_secret: account.totp_secret.clone(),
        provider: identite.unwrap_or("ProConnect Identité").to_owned(),
        description: account.description.clone(),
    }));
    accounts
}

fn description(provider: &IdentityProvider) -> &'static str {
    if !provider.active {
        "fournisseur d’identité désactivé"
    } else if provider.mfa_compliant {
        "toutes les informations au choix"
    } else {
        "toutes les informations au choix, sans double authentification"
    }
}
