//! Owns the way of a person from a service's request to an identity provider: which page comes
//! next, and where does the browser go?

use super::error::{HubError, Stopped};
use super::routing::{Route, route};

use super::sso::is_reusable;
use super::upstream::{Asker, Attempt, authorization_url};
use super::{Hub, HubSession, Typed, occurrence};
use crate::config::IdentityProvider;
use crate::email::EmailAddress;
use crate::openid_client::UpstreamError;
use crate::protocol::{AuthorizationRequest, AuthorizationResponse, OAuthError};
use crate::scenario::Scenario;
use crate::secret::Token;
use crate::session::{Session, remember_interaction};
use crate::spelling::Spelling;
use crate::storage::StoredAttempt;
use crate::trail::{Event, Outcome};

/// How long a person may stay at an identity provider, in seconds.
const ATTEMPT_LIFETIME: i64 = 3600;

/// What comes of a validated request.
#[derive(Debug)]
pub(crate) enum Authorized {
    /// An interaction was opened for the session.
    Interaction(Box<Session<HubSession>>, String),
    /// The service is answered at once.
    Answer(AuthorizationResponse),
}

/// How a browser comes to an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entrance {
    /// Hints of the service count.
    Direct,
    /// A person wants to type another address, whatever the service hinted at.
    AfterCorrection,
}

/// What comes next in an interaction.
#[derive(Debug)]
pub(crate) enum Step {
    /// The email page.
    AskEmail(Box<AuthorizationRequest>),
    /// The email page once more: the address is wrong.
    CorrectEmail(Typed, Option<EmailAddress>),
    /// The choice among several providers.
    AskProvider,
    /// The earlier sign-in is verified.
    Verify,
    /// The page that asks for the code sent by email.
    AskCode,
    /// The interaction begins anew.
    StartOver(String),
    /// The browser leaves for an identity provider.
    Leave(String),
    /// The service is answered.
    Answer(AuthorizationResponse),
}

impl Hub {
    /// Opens an interaction for a validated request, or answers it at once.
    pub(crate) async fn authorize(
        &self,
        session: Option<Session<HubSession>>,
        mut request: AuthorizationRequest,
    ) -> Result<Authorized, HubError> {
        let refuse = |error| {
            self.report_sign_in(Some(&request.client_id), Outcome::refused(&error));
            Ok(Authorized::Answer(self.provider.error_response(&request, &error)))
        };
        let registered = self.directory.current();
        let unknown = |uid: &str| registered.identity_provider(uid).is_none();
        if request.hint("idp_hint").is_some_and(unknown) {
            return refuse(OAuthError::new(
                "idp_hint_not_found",
                "provided idp_hint could not be found",
            ));
        }
        let signed_in = session.as_ref().is_some_and(|session| session.data.login.is_some());
        if request.is_silent() && !signed_in {
            return refuse(OAuthError::login_required());
        }

        let mut session = match session {
            Some(session) => session,
            None => self.sessions.begin(HubSession::default()).await?,
        };
        request.scenario = self.scenarios.take(&request.client_id);
        let uid = self.provider.open_interaction(&request).await?;
        remember_interaction(&mut session.data.interactions, &uid);
        self.sessions.save(&session).await?;
        self.trail.record(
            occurrence(Event::AuthorizeInitiated, &session).for_service(&request.client_id),
        );
        Ok(Authorized::Interaction(Box::new(session), uid))
    }

    /// The request of an interaction that this browser opened.
    pub(crate) async fn request(
        &self,
        session: &Session<HubSession>,
        uid: &str,
    ) -> Result<AuthorizationRequest, HubError> {
        if !session.data.interactions.iter().any(|open| open == uid) {
            return Err(HubError::SessionNotFound);
        }
        self.provider.interaction(uid).await?.ok_or(HubError::SessionNotFound)
    }

    /// Enters an interaction.
    pub(crate) async fn enter(
        &self,
        session: &mut Session<HubSession>,
        uid: &str,
        entrance: Entrance,
    ) -> Result<Step, Stopped> {
        let request = self.request(session, uid).await?;
        remember_interaction(&mut session.data.interactions, uid);
        if let Some(error) = staged_answer(request.scenario) {
            self.report_sign_in(Some(&request.client_id), Outcome::refused(&error));
            let answer = self.provider.refuse(uid, &request, &error).await?;
            return Ok(Step::Answer(answer.ok_or(HubError::SessionNotFound)?));
        }
        if session
            .data
            .login
            .as_ref()
            .is_some_and(|login| is_reusable(login, &request, self.profile_of(&request.client_id)))
        {
            self.record(Event::SsoInitiated, session);
            self.sessions.save(session).await?;
            return Ok(Step::Verify);
        }
        if request.is_silent() {
            let error = OAuthError::login_required();
            let answer = self.provider.refuse(uid, &request, &error).await?;
            return Ok(Step::Answer(answer.ok_or(HubError::SessionNotFound)?));
        }
        session.data.login = None;
        self.sessions.save(session).await?;

        if entrance == Entrance::AfterCorrection {
            return Ok(Step::AskEmail(Box::new(request)));
        }
        if let Some(provider_uid) = request.hint("idp_hint") {
            self.record(Event::RedirectedToHintedIdp, session);
            let email =
                request.login_hint.as_deref().and_then(|hint| EmailAddress::parse(hint).ok());
            let typed =
                email.map(|email| Typed { interaction: uid.to_owned(), email, remember_me: false });
            return self.leave(session, uid, provider_uid, typed.as_ref()).await;
        }
        if let Some(Ok(email)) = request.login_hint.as_deref().map(EmailAddress::parse) {
            self.record(Event::RedirectedToHintedLogin, session);
            let interaction = uid.to_owned();
            return self.send(session, Typed { interaction, email, remember_me: false }).await;
        }
        Ok(Step::AskEmail(Box::new(request)))
    }

    /// Sends a person on by their email address.
    pub(crate) async fn send(
        &self,
        session: &mut Session<HubSession>,
        typed: Typed,
    ) -> Result<Step, Stopped> {
        let uid = typed.interaction.clone();
        let request = self.request(session, &uid).await?;
        if let Spelling::Doubtful(meant) = self.spelling(&typed.email).await {
            return Ok(Step::CorrectEmail(typed, meant));
        }
        session.data.typed = Some(typed.clone());
        self.sessions.save(session).await?;
        self.check_email(&request, typed.email.as_str()).map_err(|error| error.at(&uid))?;
        let registered = self.directory.current();
        match route(&typed.email, &registered.identity_providers) {
            Route::Nowhere => Err(HubError::NoProviderForDomain.at(&uid)),
            Route::To(provider) => self.leave(session, &uid, &provider.uid, Some(&typed)).await,
            Route::Choice(_) => Ok(Step::AskProvider),
        }
    }

    /// The interaction waiting for a choice, with the providers to choose from.
    pub(crate) async fn choice(
        &self,
        session: &Session<HubSession>,
    ) -> Result<(Typed, Vec<IdentityProvider>), HubError> {
        let typed = session.data.typed.clone().ok_or(HubError::SessionNotFound)?;
        self.request(session, &typed.interaction).await?;
        let registered = self.directory.current();
        match route(&typed.email, &registered.identity_providers) {
            Route::Choice(candidates) => Ok((typed, candidates.into_iter().cloned().collect())),
            Route::To(only) => Ok((typed, vec![only.clone()])),
            Route::Nowhere => Err(HubError::NoProviderForDomain),
        }
    }

    /// Sends the browser to the provider that was chosen.
    pub(crate) async fn choose(
        &self,
        session: &Session<HubSession>,
        provider_uid: &str,
    ) -> Result<Step, Stopped> {
        let (typed, candidates) = self.choice(session).await?;
        let uid = typed.interaction.clone();
        if !candidates.iter().any(|candidate| candidate.uid == provider_uid) {
            return Err(HubError::ProviderNotFound.at(&uid));
        }
        self.leave(session, &uid, provider_uid, Some(&typed)).await
    }

    /// Gives up: the service gets the error.
    pub(crate) async fn abandon(
        &self,
        session: &Session<HubSession>,
        uid: &str,
        error: &OAuthError,
    ) -> Result<AuthorizationResponse, HubError> {
        let request = self.request(session, uid).await?;
        let answer = self.provider.refuse(uid, &request, error).await?;
        answer.ok_or(HubError::SessionNotFound)
    }

    async fn leave(
        &self,
        session: &Session<HubSession>,
        uid: &str,
        provider_uid: &str,
        typed: Option<&Typed>,
    ) -> Result<Step, Stopped> {
        let request = self.provider.interaction(uid).await?.ok_or(HubError::SessionNotFound)?;
        let stopped = |error| self.stopped_at(error, uid, &request.client_id, provider_uid);
        let upstream =
            self.upstream(provider_uid).ok_or_else(|| stopped(HubError::ProviderNotFound))?;
        let provider = upstream.provider();
        if !provider.active {
            let disabled = occurrence(Event::IdpDisabled, session).at_provider(provider_uid);
            self.trail.record(disabled);
            return Err(stopped(HubError::ProviderDisabled));
        }
        let metadata = match request.scenario {
            Some(Scenario::ProviderDown) => Err(UpstreamError::Staged),
            _ => upstream.metadata().await,
        };
        let metadata = metadata.map_err(|error| stopped(HubError::ProviderUnreachable(error)))?;

        let chosen = occurrence(Event::IdpChosen, session)
            .for_service(&request.client_id)
            .at_provider(provider_uid);
        self.trail.record(chosen);
        let state = Token::random();
        let attempt = Attempt::new(provider_uid);
        let stored = StoredAttempt {
            interaction_uid: uid.to_owned(),
            data: serde_json::to_string(&attempt).map_err(crate::storage::StoreError::from)?,
        };
        let expires_at = self.clock.unix() + ATTEMPT_LIFETIME;
        self.store.insert_attempt(&state.hash(), &stored, expires_at).await?;

        let asker = Asker {
            service_name: &self.service_name(&request.client_id),
            request: &request,
            email: typed.map(|typed| &typed.email),
            remember_me: typed.is_some_and(|typed| typed.remember_me),
        };
        let secrets = (&state, &attempt);
        let url = authorization_url(provider, &metadata, upstream.redirect_uri(), &asker, secrets);
        Ok(Step::Leave(url.into()))
    }
}

/// The answer that a scenario gives in place of a sign-in.
fn staged_answer(scenario: Option<Scenario>) -> Option<OAuthError> {
    match scenario {
        Some(Scenario::UserCancels) => {
            Some(OAuthError::new("access_denied", "user authentication aborted"))
        }
        Some(Scenario::ServerError) => Some(OAuthError::new(
            "server_error",
            "authentication aborted due to a technical error on the authorization server",
        )),
        _ => None,
    }
}
