//! Who may enter.

use super::ConfigError;
use crate::auth::access::AccessRules;
use crate::auth::siret::Siret;

/// Options of access. Every rule that is given must hold; values are separated by spaces or commas.
#[derive(Debug, clap::Args)]
pub struct AccessOptions {
    /// Roles of which a person needs one, such as agent_public; empty: everybody.
    #[arg(long, env = "ACCESS_ROLES", default_value = "", value_name = "ROLES")]
    pub access_roles: String,
    /// Domains of which an email address needs one; .example.fr stands for all below example.fr.
    #[arg(long, env = "ACCESS_EMAIL_DOMAINS", default_value = "", value_name = "DOMAINS")]
    pub access_email_domains: String,
    /// Organisations of which a person needs one, by SIRET.
    #[arg(long, env = "ACCESS_SIRETS", default_value = "", value_name = "SIRETS")]
    pub access_sirets: String,
    /// Identity providers of which one must have vouched, by idp_id (the scope is needed).
    #[arg(long, env = "ACCESS_IDP_IDS", default_value = "", value_name = "IDS")]
    pub access_idp_ids: String,
}

impl AccessOptions {
    /// The checked rules.
    pub fn rules(&self) -> Result<AccessRules, ConfigError> {
        let sirets: Result<Vec<_>, _> =
            values(&self.access_sirets).map(|text| Siret::parse(&text)).collect();
        Ok(AccessRules {
            roles: values(&self.access_roles).collect(),
            email_domains: values(&self.access_email_domains)
                .map(|domain| domain.trim_start_matches('@').to_ascii_lowercase())
                .collect(),
            sirets: sirets.map_err(|_| ConfigError::Siret)?,
            idp_ids: values(&self.access_idp_ids).collect(),
        })
    }
}

fn values(text: &str) -> impl Iterator<Item = String> + '_ {
    let separator = |character: char| character == ',' || character.is_whitespace();
    text.split(separator).filter(|value| !value.is_empty()).map(str::to_owned)
}
