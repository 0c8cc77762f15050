//! The broker: an OpenID provider for services and a client of identity providers. It routes
//! people by their email address, checks what their provider says, and passes on what each
//! service may know.

mod callback;
mod claims;
mod dialect;
mod email_code;
mod error;
mod identity;
mod interaction;
mod level;
mod routing;
mod sso;
mod upstream;
mod verdict;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::config::Profile;
use crate::directory::Directory;
use crate::email::EmailAddress;
use crate::mail::Mailbox;
use crate::protocol::EndSession;
use crate::provider::Provider;
use crate::scenario::Scenarios;
use crate::secret::{random_hex, random_uid};
use crate::session::{Session, Sessions};
use crate::spelling::{self, Spelling};
use crate::storage::Store;
use crate::trail::{Event, Occurrence, Trail};

use upstream::Upstream;

pub(crate) use dialect::{DIALECT, DOCUMENTED_DIALECT};
pub(crate) use email_code::{Asked, CodeProblem, Confirmation};
pub(crate) use error::{HubError, Parties, Stopped};
pub(crate) use interaction::{Authorized, Entrance, Step};
pub(crate) use routing::{choice_label, is_identite};
pub(crate) use sso::Login;
pub(crate) use upstream::{Origins, Upstreams};

/// What the hub remembers about a browser.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct HubSession {
    /// The token that every form must carry.
    pub(crate) csrf: String,
    /// Names the browser's visit in the trail; it stays when the session is renewed.
    pub(crate) browsing_id: String,
    /// The interactions that this browser opened, the latest last.
    pub(crate) interactions: Vec<String>,
    /// The address that was typed last.
    pub(crate) typed: Option<Typed>,
    /// Who signed in.
    pub(crate) login: Option<Login>,
    /// The sign-out that goes on when the identity provider is done.
    pub(crate) logout: Option<EndSession>,
}

impl Default for HubSession {
    fn default() -> Self {
        Self {
            csrf: random_hex(),
            browsing_id: random_uid(),
            interactions: Vec::new(),
            typed: None,
            login: None,
            logout: None,
        }
    }
}

/// An address typed on the email page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Typed {
    pub(crate) interaction: String,
    pub(crate) email: EmailAddress,
    pub(crate) remember_me: bool,
}

/// The hub.
#[derive(Debug)]
pub(crate) struct Hub {
    pub(crate) provider: Arc<Provider>,
    pub(crate) sessions: Sessions<HubSession>,
    pub(crate) directory: Directory,
    pub(crate) upstreams: Upstreams,
    pub(crate) store: Store,
    pub(crate) mailbox: Mailbox,
    pub(crate) trail: Trail,
    pub(crate) scenarios: Scenarios,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Hub {
    /// The name of the service behind an interaction, as people know it.
    pub(crate) fn service_name(&self, client_id: &str) -> String {
        let registered = self.directory.current();
        registered.active_service(client_id).map(|s| s.name.clone()).unwrap_or_default()
    }

    /// Whom the error pages name.
    pub(crate) fn support_email(&self) -> String {
        self.directory.current().hub.support_email.clone()
    }

    /// An error that ended an interaction at an identity provider.
    fn stopped_at(&self, error: HubError, uid: &str, client_id: &str, provider: &str) -> Stopped {
        let registered = self.directory.current();
        let title = registered.identity_provider(provider).map_or("", |known| &known.title);
        error.at(uid).between(self.service_name(client_id), title)
    }

    /// The rules for levels that hold for a service.
    fn profile_of(&self, client_id: &str) -> Profile {
        self.directory.current().profile_of(client_id)
    }

    /// Whether an address may be gone on with, and which one was probably meant.
    pub(crate) async fn spelling(&self, email: &EmailAddress) -> Spelling {
        let registered = self.directory.current();
        let spelling = spelling::judge(email, &registered);
        if spelling == Spelling::Plausible || registered.account(email).is_some() {
            return Spelling::Plausible;
        }
        match self.store.email_is_known(&email.canonical()).await {
            Ok(false) => spelling,
            Ok(true) => Spelling::Plausible,
            // Whether an address is good is no reason to fail.
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "known addresses cannot be looked up");
                Spelling::Plausible
            }
        }
    }

    /// The identity provider with this uid, if it is registered.
    fn upstream(&self, uid: &str) -> Option<Upstream> {
        self.upstreams.find(&self.directory.current(), uid)
    }

    /// Records an event of a browser's session.
    pub(crate) fn record(&self, event: Event, session: &Session<HubSession>) {
        self.trail.record(occurrence(event, session));
    }

    /// Where identity providers send the browser after their sign-out.
    pub(crate) fn logout_callback(&self) -> String {
        format!("{}/client/logout-callback", self.provider.issuer())
    }

    /// Ends the person's sign-in here, and says where it goes on: at the identity provider's
    /// own sign-out, if it has one that can be reached.
    pub(crate) async fn sign_out(
        &self,
        session: &mut Session<HubSession>,
        logout: EndSession,
    ) -> Result<Option<String>, HubError> {
        let Some(login) = session.data.login.take() else { return Ok(None) };
        let Some(upstream) = self.upstream(&login.provider_uid) else { return Ok(None) };
        let url = upstream.end_session_url(&login.id_token, &self.logout_callback()).await;
        let url = url.unwrap_or_else(|error| {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "identity provider unreachable"
            );
            None
        });
        if url.is_some() {
            session.data.logout = Some(logout);
            self.sessions.save(session).await?;
        }
        Ok(url.map(Into::into))
    }
}

/// An event of a browser's session, still open for more to be said about it.
fn occurrence(event: Event, session: &Session<HubSession>) -> Occurrence {
    Occurrence::of(event).in_session(session.hash().short(), &session.data.browsing_id)
}
