//! Owns the way from a uid to a demo administration. None is kept: each request takes the
//! registration of its moment, so that one added at run time works at once.

use std::sync::Arc;

use url::Url;

use super::{DIALECT, DemoProvider};
use crate::clock::Clock;
use crate::config::{BuiltIn, IdentityProvider, Lifetimes};
use crate::directory::Directory;
use crate::provider::{Clients, Identity, Keyring, Provider, Registration};
use crate::quick::QuickSignIns;
use crate::session::Sessions;
use crate::storage::Store;

/// All demo administrations.
#[derive(Clone, Debug)]
pub(crate) struct Administrations {
    pub(crate) directory: Directory,
    /// Where they are reached.
    pub(crate) origin: Url,
    /// Their only client.
    pub(crate) hub_issuer: String,
    pub(crate) keyring: Keyring,
    pub(crate) store: Store,
    pub(crate) quick: QuickSignIns,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Administrations {
    /// Uid and title of each.
    pub(crate) fn titles(&self) -> Vec<(String, String)> {
        let registered = self.directory.current();
        let demos = registered.built_in(BuiltIn::Demo);
        demos.map(|fi| (fi.uid.clone(), fi.title.clone())).collect()
    }

    /// The one with this uid.
    pub(crate) fn find(&self, uid: &str) -> Option<DemoProvider> {
        let registered = self.directory.current();
        let registration = registered.built_in(BuiltIn::Demo).find(|fi| fi.uid == uid)?;
        Some(self.open(registration))
    }

    fn open(&self, registration: &IdentityProvider) -> DemoProvider {
        let name = format!("demo/{}", registration.uid);
        let lifetimes = Lifetimes::default();
        let (store, clock) = (&self.store, &self.clock);
        let sessions = Sessions::new(&name, lifetimes.session, store.clone(), Arc::clone(clock));
        let identity = Identity {
            name,
            issuer: format!("{}{}", self.origin, registration.uid),
            dialect: &DIALECT,
            lifetimes,
            trail: None,
        };
        let clients = Clients::Hub {
            directory: self.directory.clone(),
            registration: Registration::Demo(registration.uid.clone()),
            issuer: self.hub_issuer.clone(),
        };
        let provider = Provider::new(
            identity,
            clients,
            self.keyring.clone(),
            store.clone(),
            Arc::clone(clock),
        );
        DemoProvider {
            uid: registration.uid.clone(),
            title: registration.title.clone(),
            provider: Arc::new(provider),
            sessions,
            defaults: registration.claims.clone(),
            quick: self.quick.clone(),
            clock: Arc::clone(clock),
        }
    }
}
