//! Owns the look-ups in a configuration: each entry by the key that names it.

use super::{Account, BuiltIn, Config, IdentityProvider, Organisation, Profile, Service};
use crate::email::EmailAddress;
use crate::siret::Siret;

impl Config {
    /// The service with this `client_id`, unless it is deactivated.
    pub(crate) fn active_service(&self, client_id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.client_id == client_id && service.active)
    }

    /// The rules for levels that hold for a service: its own, or the federation's.
    pub(crate) fn profile_of(&self, client_id: &str) -> Profile {
        let own = self.active_service(client_id).and_then(|service| service.profile);
        own.unwrap_or(self.profile)
    }

    /// The identity provider with this uid, active or not.
    pub(crate) fn identity_provider(&self, uid: &str) -> Option<&IdentityProvider> {
        self.identity_providers.iter().find(|provider| provider.uid == uid)
    }

    /// The identity providers of a kind that comes with the federation.
    pub(crate) fn built_in(&self, kind: BuiltIn) -> impl Iterator<Item = &IdentityProvider> {
        self.identity_providers.iter().filter(move |provider| provider.built_in == Some(kind))
    }

    /// The establishment with this SIRET.
    pub(crate) fn organisation(&self, siret: &Siret) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.siret == *siret)
    }

    /// The account of ProConnect Identité with this address, in whatever case it is written.
    pub(crate) fn account(&self, email: &EmailAddress) -> Option<&Account> {
        let wanted = email.canonical();
        self.accounts.iter().find(|account| account.email.canonical() == wanted)
    }
}
