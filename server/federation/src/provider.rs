//! An OpenID provider with its clients, keys and grants: the machinery that the hub, the demo
//! administrations and ProConnect Identité share. How a person authenticates is not its
//! business; it is told the result as an [`Authentication`](crate::protocol::Authentication).

mod authorization;
mod clients;
mod faults;
mod introspection;
mod keyring;
mod logout;
mod tokens;
mod userinfo;

use std::sync::Arc;

use jsonwebtoken::jwk::JwkSet;

use crate::clock::Clock;
use crate::config::Lifetimes;
use crate::jose::JoseError;
use crate::protocol::{
    AuthorizationResponse, Checklist, Client, Dialect, MalformedParams, OAuthError, Params,
};
use crate::scenario::Scenario;
use crate::storage::{Store, StoreError};
use crate::trail::{Endpoint, Outcome, Report, Trail};

pub(crate) use clients::{Clients, Registration};
pub(crate) use keyring::{Keyring, KeyringError};
pub(crate) use userinfo::Answer;

/// Why a request to a provider has no good answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The request is at fault, and is told so.
    #[error(transparent)]
    Protocol(#[from] OAuthError),
    /// The store is at fault.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A scenario is at fault.
    #[error("the scenario {} was staged", .0.name())]
    Staged(Scenario),
    /// A token cannot be signed.
    #[error(transparent)]
    Jose(#[from] JoseError),
    /// A signing key cannot be had.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}

/// Why a person sees an error page instead of what they asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PageError {
    /// The parameters cannot be read.
    #[error("{}", .0.join(", "))]
    Malformed(Vec<String>),
    /// There is nobody whom the error could be sent to.
    #[error("{}", .0.error_description)]
    Untrusted(OAuthError),
    /// The interaction ended, or belongs to another browser.
    #[error("the interaction is over")]
    InteractionOver,
    /// The form was not made for this browser.
    #[error("the form does not belong to this session")]
    ForeignForm,
    /// The same was tried too often.
    #[error("too many tries")]
    TooManyTries,
    /// No sign-in of this person can reach a level that the service demands.
    #[error("none of the requested ACRs could be obtained")]
    LevelOutOfReach,
    /// The mail server took no mail that the person needs.
    #[error("the mail could not be sent")]
    MailNotSent,
    /// The request carries credentials that pages do not take.
    #[error("the page takes no Authorization header")]
    Forbidden,
    /// The form asks for what cannot be done.
    #[error("the form asks for what cannot be done")]
    Unprocessable,
    /// There is no such page.
    #[error("there is no such page")]
    NotFound,
    /// Not the person's fault.
    #[error("unexpected error")]
    Unexpected(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        Self::Unexpected(Box::new(error))
    }
}

impl From<Failure> for PageError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Protocol(error) => Self::Untrusted(error),
            internal => Self::Unexpected(Box::new(internal)),
        }
    }
}

impl From<MalformedParams> for PageError {
    fn from(error: MalformedParams) -> Self {
        Self::Malformed(vec![error.to_string()])
    }
}

/// Why an authorization request opens no interaction.
#[derive(Debug)]
pub(crate) enum Rejection {
    /// The person sees an error page.
    Page(PageError),
    /// The client is answered.
    Answer(AuthorizationResponse),
}

/// What distinguishes a provider from the others.
#[derive(Debug)]
pub(crate) struct Identity {
    /// The name under which the store keeps its rows.
    pub(crate) name: String,
    pub(crate) issuer: String,
    pub(crate) dialect: &'static Dialect,
    pub(crate) lifetimes: Lifetimes,
    /// Where its requests are reported, if it is an observed one.
    pub(crate) trail: Option<Trail>,
}

/// A provider. Making one is cheap: it holds handles only.
#[derive(Debug)]
pub(crate) struct Provider {
    identity: Identity,
    clients: Clients,
    keyring: Keyring,
    store: Store,
    clock: Arc<dyn Clock>,
}

impl Provider {
    pub(crate) fn new(
        identity: Identity,
        clients: Clients,
        keyring: Keyring,
        store: Store,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { identity, clients, keyring, store, clock }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.identity.issuer
    }

    pub(crate) fn name(&self) -> &str {
        &self.identity.name
    }

    pub(crate) fn dialect(&self) -> &'static Dialect {
        self.identity.dialect
    }

    /// The client with this identifier.
    pub(crate) fn client(&self, id: &str) -> Option<Client> {
        self.clients.find(id)
    }

    /// Whether the store answers.
    pub(crate) async fn ready(&self) -> Result<(), StoreError> {
        self.store.ping().await
    }

    /// The discovery document.
    pub(crate) fn discovery(&self) -> serde_json::Value {
        crate::protocol::document(self.issuer(), self.dialect())
    }

    /// Whether signing keys can be had. It waits for one key only: an RSA key that is being
    /// generated keeps those waiting who need it, and nobody else.
    pub(crate) async fn can_sign(&self) -> Result<(), KeyringError> {
        match self.clients.published_algs().first() {
            Some(alg) => self.keyring.pair(self.name(), *alg).await.map(|_| ()),
            None => Ok(()),
        }
    }

    /// The public keys.
    pub(crate) async fn jwks(&self) -> Result<JwkSet, KeyringError> {
        let mut keys = Vec::new();
        for alg in self.clients.published_algs() {
            let published = self.keyring.published(self.name(), alg).await?;
            keys.extend(published.iter().map(|key| key.public().clone()));
        }
        Ok(JwkSet { keys })
    }

    /// Reports what became of a request, if this provider is an observed one.
    pub(crate) fn report(
        &self,
        endpoint: Endpoint,
        client_id: Option<&str>,
        checklist: Checklist,
        outcome: Outcome,
    ) {
        if let Some(trail) = self.trail() {
            trail.report(Report::new(trail.now(), endpoint, client_id, checklist, outcome));
        }
    }

    /// The trail of an observed provider.
    pub(crate) fn trail(&self) -> Option<&Trail> {
        self.identity.trail.as_ref()
    }

    fn authenticate(
        &self,
        params: &Params,
        authorization: Option<&str>,
        checklist: &mut Checklist,
    ) -> Result<Client, OAuthError> {
        crate::protocol::authenticate(params, authorization, checklist, |id| self.client(id))
    }

    fn lifetimes(&self) -> Lifetimes {
        self.identity.lifetimes
    }
}
