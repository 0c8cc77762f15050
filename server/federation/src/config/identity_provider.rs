//! Owns the registration of an identity provider: what the hub must know to be its client.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use super::ConfigError;
use crate::protocol::SigningAlg;
use crate::secret::ClientSecret;
use crate::siret::Siret;

/// First segments of the demo server's own paths, below which no administration can be.
const RESERVED: [&str; 4] = ["assets", "franceconnect", "livez", "readyz"];

/// The claims that a demo administration's form shows at first, by field name.
pub type DemoClaims = BTreeMap<String, String>;

/// An identity provider (FI): a provider that the hub is a client of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the switches of the real register")]
pub struct IdentityProvider {
    /// Its identifier, which services receive as `idp_id`.
    pub uid: String,
    /// The name that people read.
    pub title: String,
    /// The built-in provider that it is.
    pub built_in: Option<BuiltIn>,
    /// Where a foreign provider describes itself; excludes `built_in`.
    pub discovery_url: Option<Url>,
    /// The hub's client identifier there.
    pub client_id: String,
    /// The hub's client secret there.
    #[serde(skip_serializing)]
    pub client_secret: ClientSecret,
    /// The algorithm of its ID tokens; no other is accepted.
    #[serde(default)]
    pub id_token_signed_response_alg: SigningAlg,
    /// The algorithm of its userinfo answers; plain JSON if absent.
    pub userinfo_signed_response_alg: Option<SigningAlg>,
    /// The email domains whose owners it knows, compared exactly.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Further domains that its people may have.
    #[serde(default)]
    pub extra_accepted_domains: Vec<String>,
    /// Whether an address of another domain is refused, or only noted.
    #[serde(default)]
    pub block_unlisted_domains: bool,
    /// The SIRET that replaces a missing or invalid one.
    pub default_siret: Option<Siret>,
    /// Whether it is Microsoft Entra ID, which has scopes and levels of its own.
    #[serde(default)]
    pub is_entra_id: bool,
    /// Whether it understands a required level.
    #[serde(default)]
    pub mfa_compliant: bool,
    /// Whether addresses are routed to it; `+proconnect` addresses always are.
    #[serde(default = "yes")]
    pub routing_enabled: bool,
    /// Whether it takes the addresses that no other provider takes.
    #[serde(default)]
    pub default: bool,
    /// A deactivated provider answers with a page that says so.
    #[serde(default = "yes")]
    pub active: bool,
    /// Whom error pages about its answers name.
    pub support_email: Option<String>,
    /// First values of a demo administration's form.
    #[serde(default)]
    pub claims: DemoClaims,
}

/// The providers that come with the federation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BuiltIn {
    /// A demo administration, whose form lets one choose every claim.
    Demo,
    /// ProConnect Identité.
    Identite,
}

/// Where a provider is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Inside this federation, but still reached by HTTP.
    BuiltIn(BuiltIn),
    /// Elsewhere.
    Foreign(Url),
}

impl IdentityProvider {
    /// Where the provider is found.
    pub fn source(&self) -> Result<Source, ConfigError> {
        match (self.built_in, &self.discovery_url) {
            (Some(built_in), None) => Ok(Source::BuiltIn(built_in)),
            (None, Some(url)) => Ok(Source::Foreign(url.clone())),
            _ => Err(self.refused("needs exactly one of `built_in` and `discovery_url`")),
        }
    }

    /// Whether it lists the (lower-case) email domain.
    pub(crate) fn has_domain(&self, domain: &str) -> bool {
        self.domains.iter().any(|listed| listed.eq_ignore_ascii_case(domain))
    }

    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        let slug = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if self.uid.is_empty() || !self.uid.bytes().all(slug) {
            return Err(self.refused("its uid may hold letters, digits, `-` and `_` only"));
        }
        if RESERVED.contains(&self.uid.as_str()) {
            return Err(self.refused("its uid is the name of a page of the demo administrations"));
        }
        if let Source::Foreign(url) = self.source()?
            && !url.path().ends_with("/.well-known/openid-configuration")
        {
            return Err(
                self.refused("its discovery_url must end in /.well-known/openid-configuration")
            );
        }
        Ok(())
    }

    fn refused(&self, reason: &str) -> ConfigError {
        ConfigError::Inconsistent(format!("[[identity_provider]] \"{}\": {reason}", self.uid))
    }
}

fn yes() -> bool {
    true
}
