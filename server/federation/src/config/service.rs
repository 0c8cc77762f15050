//! Owns the registration of a service: what the real partner portal records about it.

use serde::{Deserialize, Serialize};

use super::{ConfigError, Profile};
use crate::protocol::{ScopeSet, SigningAlg};
use crate::secret::ClientSecret;

/// A service provider (FS): a client of the hub.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The name that people read on ProConnect's pages.
    pub name: String,
    /// The client identifier.
    pub client_id: String,
    /// The client secret.
    #[serde(skip_serializing)]
    pub client_secret: ClientSecret,
    /// Where codes may be sent: compared character by character.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Where browsers may be sent after `end_session`: compared character by character.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    /// The scopes it may ask for.
    #[serde(default)]
    pub scopes: ScopeSet,
    /// How its ID tokens are signed.
    #[serde(default)]
    pub id_token_signed_response_alg: SigningAlg,
    /// How its userinfo answers are signed; plain JSON if absent.
    pub userinfo_signed_response_alg: Option<SigningAlg>,
    /// How its introspection answers are signed; plain JSON if absent.
    pub introspection_signed_response_alg: Option<SigningAlg>,
    /// Whom it admits.
    #[serde(rename = "type")]
    pub audience: Audience,
    /// The only email domains that it admits; all if empty.
    #[serde(default)]
    pub email_domains: Vec<String>,
    /// Its own rules for levels; the federation's if absent.
    pub profile: Option<Profile>,
    /// A deactivated service is unknown to the hub.
    #[serde(default = "yes")]
    pub active: bool,
}

/// Whom a service admits. The names are the real ones and easily misread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Public servants only.
    Public,
    /// Also the staff of private organisations.
    Private,
}

impl Service {
    /// Whether it admits people with this address.
    pub(crate) fn admits(&self, email: &str) -> bool {
        let domain = email.rsplit('@').next().unwrap_or_default();
        self.email_domains.is_empty()
            || self.email_domains.iter().any(|listed| listed.eq_ignore_ascii_case(domain))
    }

    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        let visible = |byte: u8| byte.is_ascii_graphic();
        if self.client_id.is_empty() || !self.client_id.bytes().all(visible) {
            return Err(self.refused("its client_id may hold visible ASCII characters only"));
        }
        let mut uris = self.redirect_uris.iter().chain(&self.post_logout_redirect_uris);
        match uris.find(|uri| !crate::protocol::is_http_uri(uri)) {
            None => Ok(()),
            Some(uri) => Err(self.refused(&format!("\"{uri}\" is no http or https address"))),
        }
    }

    fn refused(&self, reason: &str) -> ConfigError {
        ConfigError::Inconsistent(format!("[[service]] \"{}\": {reason}", self.name))
    }
}

fn yes() -> bool {
    true
}
