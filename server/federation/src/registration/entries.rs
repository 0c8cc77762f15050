//! Owns what distinguishes the kinds of registrations, and what each may leave out when it is
//! new: the defaults of the real registration.

use secrecy::ExposeSecret as _;
use serde_json::json;

use super::{Entry, Object};
use crate::config::{Account, Citizen, Config, IdentityProvider, Organisation, Service};
use crate::secret::random_hex;

/// The scopes that every new service has.
const DEFAULT_SCOPES: [&str; 11] = [
    "openid",
    "given_name",
    "usual_name",
    "email",
    "uid",
    "siret",
    "phone",
    "idp_id",
    "custom",
    "roles",
    "organization_label",
];

impl Entry for Service {
    const KIND: &'static str = "service";
    const KEY: &'static str = "client_id";
    const SECRET: Option<&'static str> = Some("client_secret");

    fn all(config: &Config) -> &[Self] {
        &config.services
    }

    fn all_mut(config: &mut Config) -> &mut Vec<Self> {
        &mut config.services
    }

    fn key(&self) -> &str {
        &self.client_id
    }

    fn secret(&self) -> Option<&str> {
        Some(self.client_secret.expose())
    }

    fn complete(object: &mut Object) {
        credentials(object);
        for (name, default) in [
            ("scopes", json!(DEFAULT_SCOPES)),
            ("userinfo_signed_response_alg", json!("RS256")),
            ("type", json!("public")),
        ] {
            object.entry(name).or_insert(default);
        }
    }
}

impl Entry for IdentityProvider {
    const KIND: &'static str = "identity provider";
    const KEY: &'static str = "uid";
    const SECRET: Option<&'static str> = Some("client_secret");

    fn all(config: &Config) -> &[Self] {
        &config.identity_providers
    }

    fn all_mut(config: &mut Config) -> &mut Vec<Self> {
        &mut config.identity_providers
    }

    fn key(&self) -> &str {
        &self.uid
    }

    fn secret(&self) -> Option<&str> {
        Some(self.client_secret.expose())
    }

    /// A provider that is nowhere else is a demo administration.
    fn complete(object: &mut Object) {
        if !object.contains_key("discovery_url") {
            credentials(object);
            object.entry("built_in").or_insert_with(|| json!("demo"));
        }
    }
}

impl Entry for Organisation {
    const KIND: &'static str = "organisation";
    const KEY: &'static str = "siret";
    const SECRET: Option<&'static str> = None;

    fn all(config: &Config) -> &[Self] {
        &config.organisations
    }

    fn all_mut(config: &mut Config) -> &mut Vec<Self> {
        &mut config.organisations
    }

    fn key(&self) -> &str {
        self.siret.as_str()
    }
}

impl Entry for Account {
    const KIND: &'static str = "account";
    const KEY: &'static str = "email";
    const SECRET: Option<&'static str> = Some("password");

    fn all(config: &Config) -> &[Self] {
        &config.accounts
    }

    fn all_mut(config: &mut Config) -> &mut Vec<Self> {
        &mut config.accounts
    }

    fn key(&self) -> &str {
        self.email.as_str()
    }

    fn secret(&self) -> Option<&str> {
        Some(self.password.expose_secret())
    }
}

impl Entry for Citizen {
    const KIND: &'static str = "citizen";
    const KEY: &'static str = "id";
    const SECRET: Option<&'static str> = None;

    fn all(config: &Config) -> &[Self] {
        &config.citizens
    }

    fn all_mut(config: &mut Config) -> &mut Vec<Self> {
        &mut config.citizens
    }

    fn key(&self) -> &str {
        &self.id
    }
}

/// Identifier and secret in the form in which the partners' portal gives them out.
fn credentials(object: &mut Object) {
    object.entry("client_id").or_insert_with(|| json!(uuid::Uuid::new_v4().to_string()));
    object.entry("client_secret").or_insert_with(|| json!(random_hex()));
}
