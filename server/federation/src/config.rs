//! Owns the schema of `federation.toml`. A [`Config`] that parsed has consistent references:
//! every provider is reachable in principle, every account's organisation exists, at most one
//! provider is the default. Unknown keys are refused, so that a typing error never passes
//! for a default.

mod directory;
mod endpoints;
mod features;
mod identity_provider;
mod lifetimes;
mod lookup;
mod mire;
mod passkey;
mod people;
mod service;
mod totp_secret;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::mail::check_smtp;

pub use directory::{Account, DomainStatus, EmailDomain, Link, Organisation, Rejection};
pub use endpoints::{Admin, Demo, Hub, Identite, MailSink, Outbound};
pub use features::Features;
pub use identity_provider::{BuiltIn, DemoClaims, IdentityProvider, Source};
pub use lifetimes::Lifetimes;
pub use mire::Mire;
pub use passkey::Passkey;
pub(crate) use people::FRANCE;
pub use people::{BirthDate, Citizen, ConfirmedIdentity, Gender, InvalidBirthDate, Leader};
pub use service::{Audience, Service};
pub use totp_secret::{InvalidTotpSecret, TotpSecret};

/// Everything the federation is told from outside.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Which rules relate second factors to levels.
    #[serde(default)]
    pub profile: Profile,
    /// The federation itself.
    pub hub: Hub,
    /// ProConnect Identité.
    pub identite: Identite,
    /// The demo administrations.
    pub demo: Demo,
    /// Where the mails go.
    #[serde(default)]
    pub mail: MailSink,
    /// The admin API.
    #[serde(default)]
    pub admin: Admin,
    /// The page that asks for the email address.
    #[serde(default)]
    pub mire: Mire,
    /// What the federation does differently on request.
    #[serde(default)]
    pub features: Features,
    /// How long codes, tokens and sessions of the hub live.
    #[serde(default)]
    pub lifetimes: Lifetimes,
    /// How the hub reaches identity providers.
    #[serde(default)]
    pub outbound: Outbound,
    /// The services that may use ProConnect.
    #[serde(default, rename = "service")]
    pub services: Vec<Service>,
    /// The identity providers behind ProConnect.
    #[serde(default, rename = "identity_provider")]
    pub identity_providers: Vec<IdentityProvider>,
    /// The register of organisations.
    #[serde(default, rename = "organisation")]
    pub organisations: Vec<Organisation>,
    /// The accounts of ProConnect Identité.
    #[serde(default, rename = "account")]
    pub accounts: Vec<Account>,
    /// People whom the local FranceConnect knows.
    #[serde(default, rename = "citizen")]
    pub citizens: Vec<Citizen>,
}

/// The two sets of rules that relate authentication to levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum Profile {
    /// The synthesis of 2025: a plain sign-in is worth `eidas1`.
    #[default]
    #[serde(rename = "2025")]
    Synthesis2025,
    /// Today's production: levels as ProConnect Identité computes them.
    #[serde(rename = "2026")]
    Production2026,
}

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The text is no TOML of the expected shape.
    #[error("line {line}: {message}")]
    Syntax {
        /// Where, counted from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// The parts contradict each other.
    #[error("{0}")]
    Inconsistent(String),
}

impl Config {
    /// Reads and checks the text of a `federation.toml`.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|error| ConfigError::Syntax {
            line: error.span().map_or(1, |span| line_of(text, span.start)),
            // The error's own Display would quote the line, which may hold a secret.
            message: error.message().to_owned(),
        })?;
        config.validate()?;
        Ok(config)
    }

    /// Checks what one entry alone cannot show. To be called again after a change in place.
    pub fn validate(&self) -> Result<(), ConfigError> {
        unique("service", "client_id", self.services.iter().map(|s| s.client_id.as_str()))?;
        unique("identity_provider", "uid", self.identity_providers.iter().map(|p| p.uid.as_str()))?;
        unique("organisation", "siret", self.organisations.iter().map(|o| o.siret.as_str()))?;
        unique("account", "email", self.accounts.iter().map(|a| a.email.as_str()))?;
        let passkeys = self.accounts.iter().flat_map(|account| &account.passkeys);
        unique("account.passkey", "credential_id", passkeys.map(Passkey::shown_id))?;
        unique("citizen", "id", self.citizens.iter().map(|c| c.id.as_str()))?;
        for service in &self.services {
            service.validate()?;
        }
        for provider in &self.identity_providers {
            provider.validate()?;
        }
        self.check_origins()?;
        check_smtp(&self.mail).or_else(inconsistent)?;
        self.check_identite()?;
        self.check_accounts()
    }

    fn check_origins(&self) -> Result<(), ConfigError> {
        let urls = [
            &self.hub.public_url,
            &self.identite.public_url,
            &self.demo.public_url,
            &self.mail.public_url,
        ];
        match urls.into_iter().flatten().find(|url| !is_origin(url)) {
            None => Ok(()),
            Some(url) => inconsistent(format!(
                "public_url \"{url}\" must be an http or https origin without a path"
            )),
        }
    }

    fn check_identite(&self) -> Result<(), ConfigError> {
        let count = |pick: fn(&IdentityProvider) -> bool| {
            self.identity_providers.iter().filter(|provider| pick(provider)).count()
        };
        if count(|provider| provider.default) > 1 {
            return inconsistent("at most one [[identity_provider]] may be the default");
        }
        if count(|provider| provider.built_in == Some(BuiltIn::Identite)) > 1 {
            return inconsistent(
                "at most one [[identity_provider]] may be built_in = \"identite\"",
            );
        }
        Ok(())
    }

    fn check_accounts(&self) -> Result<(), ConfigError> {
        self.accounts.iter().try_for_each(|account| account.validate(self))
    }
}

fn unique<'a>(
    table: &str,
    key: &str,
    values: impl Iterator<Item = &'a str>,
) -> Result<(), ConfigError> {
    let mut seen = BTreeSet::new();
    for value in values {
        if !seen.insert(value.to_ascii_lowercase()) {
            return inconsistent(format!("two [[{table}]] entries share the {key} \"{value}\""));
        }
    }
    Ok(())
}

fn is_origin(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
}

fn inconsistent(message: impl Into<String>) -> Result<(), ConfigError> {
    Err(ConfigError::Inconsistent(message.into()))
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = "[hub]\nlisten = \"127.0.0.1:0\"\n[identite]\nlisten = \"127.0.0.1:0\"\n\
                           [demo]\nlisten = \"127.0.0.1:0\"\n";

    #[test]
    fn the_sample_is_valid() {
        let config = Config::parse(crate::SAMPLE).expect("the sample parses");

        assert_eq!(config.profile, Profile::Synthesis2025);
        assert_eq!(config.identity_providers.len(), 5);
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let error = Config::parse(&format!("{MINIMAL}[outbound]\nca_fiel = \"x\"\n"));

        let message = error.expect_err("refused").to_string();
        assert!(message.starts_with("line 8: unknown field `ca_fiel`"), "{message}");
    }

    #[test]
    fn an_error_never_quotes_the_line_it_names() {
        let text = format!("{MINIMAL}[[service]]\nclient_secrt = \"0123456789abcdef\"\n");

        let message = Config::parse(&text).expect_err("refused").to_string();

        assert!(!message.contains("0123456789abcdef"), "{message}");
    }

    #[test]
    fn a_public_url_is_an_origin() {
        let with = |url: &str| {
            let public_url = format!("\"127.0.0.1:0\"\npublic_url = \"{url}\"");
            Config::parse(&MINIMAL.replacen("\"127.0.0.1:0\"", &public_url, 1))
        };

        assert!(with("https://auth.test").is_ok());
        for url in
            ["https://auth.test/path", "https://auth.test/?a", "ftp://auth.test", "mailto:a@b"]
        {
            assert!(with(url).is_err(), "{url}");
        }
    }

    #[test]
    fn contradictions_are_refused() {
        let provider = |uid: &str, rest: &str| {
            format!(
                "[[identity_provider]]\nuid = \"{uid}\"\ntitle = \"T\"\nclient_id = \"c\"\n\
                 client_secret = \"0123456789abcdef0123456789abcdef\"\n{rest}\n"
            )
        };
        let demo = "built_in = \"demo\"";
        let rows = [
            ("same uid", provider("a", demo) + &provider("a", demo), "share the uid"),
            ("no source", provider("a", ""), "exactly one of"),
            ("uid that cannot stand in a path", provider("a/b", demo), "letters, digits"),
            ("uid of a page", provider("readyz", demo), "the name of a page"),
            (
                "client_id with a space",
                "[[service]]\nname = \"S\"\nclient_id = \"a b\"\ntype = \"public\"\n\
                 client_secret = \"0123456789abcdef0123456789abcdef\"\n"
                    .to_owned(),
                "visible ASCII",
            ),
            (
                "two defaults",
                provider("a", "built_in = \"demo\"\ndefault = true")
                    + &provider("b", "built_in = \"demo\"\ndefault = true"),
                "may be the default",
            ),
            (
                "unknown organisation",
                "[[account]]\nemail = \"a@b.fr\"\npassword = \"p\"\ngiven_name = \"A\"\n\
                 usual_name = \"B\"\norganisations = [\"21920023500014\"]\n"
                    .to_owned(),
                "no [[organisation]]",
            ),
        ];
        for (row, extra, expected) in rows {
            let message = Config::parse(&format!("{MINIMAL}{extra}")).expect_err(row).to_string();
            assert!(message.contains(expected), "{row}: {message}");
        }
    }
}
