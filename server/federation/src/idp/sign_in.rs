//! Owns the journey at ProConnect Identité: what does a person still have to do before the
//! service gets its answer?

use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::gate::{Obstacle, Rung, Standing, obstacle};
use super::limits::Limit;
use super::organisations::{LinkKind, Strength};
use super::{Account, Browser, Idp, IdpLogin, IdpSession, Method, policy};
use crate::config::{Organisation, Profile};
use crate::email::EmailAddress;
use crate::protocol::{Authentication, AuthorizationRequest, AuthorizationResponse, OAuthError};
use crate::provider::PageError;
use crate::secret::random_hex;
use crate::session::Session;
use crate::siret::Siret;
use crate::storage::StoredLink;

/// What stands between a person and the service.
#[derive(Debug)]
pub(crate) enum Gate {
    /// They must show who they are.
    Obstacle(Obstacle),
    /// They signed in, and no service is waiting.
    Home,
    /// They have no organisation yet, or not the one that the service names.
    Join(Option<Siret>),
    /// Their names are known now, without which they could not ask to join an organisation.
    AskModerator(Siret),
    /// They have no organisation, and their request to join one waits.
    Waiting,
    /// They must say for which organisation they act.
    SelectOrganisation,
    /// They must say what they are called.
    PersonalInformation,
    /// They joined the organisation for which they act, and were not welcomed yet.
    Welcome,
    /// Nothing: the service is answered.
    Answer(AuthorizationResponse),
}

/// What comes of an authorization request.
#[derive(Debug)]
pub(crate) enum Entry {
    /// An interaction was opened for the session.
    Interaction(Box<Session<IdpSession>>),
    /// The client is answered at once.
    Answer(AuthorizationResponse),
}

impl Idp {
    /// Takes a validated authorization request.
    pub(crate) async fn authorize(
        &self,
        session: Option<Session<IdpSession>>,
        request: AuthorizationRequest,
    ) -> Result<Entry, PageError> {
        let signed_in = session.as_ref().is_some_and(|session| session.data.login.is_some());
        if request.is_silent() && !signed_in {
            let error = OAuthError::login_required();
            return Ok(Entry::Answer(self.provider.error_response(&request, &error)));
        }
        let mut session = match session {
            Some(session) => session,
            None => self.sessions.begin(IdpSession::default()).await?,
        };
        session.data.interaction = Some(self.provider.open_interaction(&request).await?);
        session.data.login_hint =
            request.login_hint.as_deref().and_then(|hint| EmailAddress::parse(hint).ok());
        if request.has_prompt("login") || is_for_someone_else(&session.data) {
            session.data.login = None;
        }
        let hinted = siret_hint(&request);
        if request.has_prompt("select_organization")
            || (hinted.is_some() && hinted != session.data.selected)
        {
            session.data.selected = None;
        }
        self.sessions.save(&session).await?;
        if let Some(email) = self.quick.take(request.login_hint.as_deref())
            && let Some(account) = self.account(&email).await?
        {
            session = self.enter(session, &account, Method::Password).await?;
        }
        Ok(Entry::Interaction(Box::new(session)))
    }

    /// Checks a password; the session is renewed if it is right.
    pub(crate) async fn sign_in(
        &self,
        session: Session<IdpSession>,
        email: &EmailAddress,
        password: &SecretString,
    ) -> Result<Option<Session<IdpSession>>, PageError> {
        self.count_try(Limit::Password, email).await?;
        match self.account_with_password(email, password).await? {
            Some(account) => self.enter(session, &account, Method::Password).await.map(Some),
            None => Ok(None),
        }
    }

    /// Signs somebody in; an identifier that was known before is worth nothing from now on.
    pub(super) async fn enter(
        &self,
        session: Session<IdpSession>,
        account: &Account,
        method: Method,
    ) -> Result<Session<IdpSession>, PageError> {
        let auth_time = self.clock.unix();
        self.store.count_identite_sign_in(account.id, auth_time).await?;
        let mut session = self.sessions.renew(session).await?;
        // Forms that were made before are void, too.
        session.data.csrf = random_hex();
        let email = account.email.clone();
        session.data.login = Some(IdpLogin {
            account: account.id,
            email,
            auth_time,
            methods: [method].into_iter().collect(),
            generation: account.generation,
        });
        session.data.email = None;
        session.data.selected = None;
        session.data.joining = None;
        self.sessions.save(&session).await?;
        Ok(session)
    }

    /// The account that is signed in.
    pub(crate) async fn signed_in(
        &self,
        session: &Session<IdpSession>,
    ) -> Result<Option<Account>, PageError> {
        let Some(login) = &session.data.login else { return Ok(None) };
        let account = self.account_by_id(login.account).await?;
        Ok(account.filter(|account| account.generation == login.generation))
    }

    /// What keeps the person of a session from a rung.
    pub(crate) async fn obstacle(
        &self,
        session: &Session<IdpSession>,
        browser: &Browser,
        rung: Rung,
    ) -> Result<Option<Obstacle>, PageError> {
        let standing = match self.signed_in(session).await? {
            Some(account) => Some(Standing {
                verified_at: account.email_verified_at,
                browser: self.browser_trust(browser, account.id).await?,
            }),
            None => None,
        };
        Ok(obstacle(standing, rung, self.clock.unix()))
    }

    /// Organisations as the register knows them.
    pub(crate) fn organisations(&self, sirets: &[Siret]) -> Vec<Organisation> {
        let registered = self.directory.current();
        sirets.iter().filter_map(|siret| registered.establishment(siret)).collect()
    }

    /// The request that is waiting for an answer.
    pub(crate) async fn request(
        &self,
        session: &Session<IdpSession>,
    ) -> Result<Option<(String, AuthorizationRequest)>, PageError> {
        let Some(uid) = &session.data.interaction else { return Ok(None) };
        let request = self.provider.interaction(uid).await?;
        Ok(request.map(|request| (uid.clone(), request)))
    }

    /// Goes as far as it can without the person.
    pub(crate) async fn proceed(
        &self,
        session: &Session<IdpSession>,
        browser: &Browser,
    ) -> Result<Gate, PageError> {
        if let Some(obstacle) = self.obstacle(session, browser, Rung::Browser).await? {
            return Ok(Gate::Obstacle(obstacle));
        }
        let Some(account) = self.signed_in(session).await? else {
            return Ok(Gate::Obstacle(Obstacle::SignIn));
        };
        if let Some(siret) = &session.data.joining {
            return Ok(if account.is_named() {
                Gate::AskModerator(siret.clone())
            } else {
                Gate::PersonalInformation
            });
        }
        let Some((uid, request)) = self.request(session).await? else { return Ok(Gate::Home) };
        let selected = session.data.selected.as_ref();
        let hinted = siret_hint(&request);
        let mut members = account.organisations.iter();
        let organisation = match account.organisations.as_slice() {
            [] if account.pending_organisations.is_empty() => return Ok(Gate::Join(hinted)),
            [] => return Ok(Gate::Waiting),
            _ if selected.is_some_and(|selected| account.organisations.contains(selected)) => {
                selected
            }
            [only] if hinted.is_none() && !request.has_prompt("select_organization") => Some(only),
            _ => match &hinted {
                Some(hinted) => match members.find(|member| *member == hinted) {
                    Some(member) => Some(member),
                    None => return Ok(Gate::Join(Some(hinted.clone()))),
                },
                None => None,
            },
        };
        let Some(organisation) = organisation else { return Ok(Gate::SelectOrganisation) };
        if !account.is_named() {
            return Ok(Gate::PersonalInformation);
        }
        let link = self.store.identite_link(account.id, organisation.as_str()).await?;
        let Some(link) = link else { return Ok(Gate::SelectOrganisation) };
        if !link.greeted {
            return Ok(Gate::Welcome);
        }
        let membership = (organisation, &link);
        let answer = self.answer(session, &account, membership, (&uid, &request)).await?;
        Ok(Gate::Answer(answer.ok_or(PageError::InteractionOver)?))
    }

    async fn answer(
        &self,
        session: &Session<IdpSession>,
        account: &Account,
        (siret, link): (&Siret, &StoredLink),
        (uid, request): (&str, &AuthorizationRequest),
    ) -> Result<Option<AuthorizationResponse>, PageError> {
        let profile = self.profile_for(request);
        let strength = LinkKind::parse(&link.kind).map_or(Strength::Unverified, LinkKind::strength);
        let level = policy::level(profile, request);
        let Some(level) = level.filter(|_| policy::is_enough(profile, strength)) else {
            let error =
                OAuthError::new("access_denied", "none of the requested ACRs could be obtained");
            return Ok(self.provider.refuse(uid, request, &error).await?);
        };
        let Some(login) = &session.data.login else { return Ok(None) };
        let authentication = Authentication {
            sub: account.id.to_string(),
            acr: Some(level.as_str().into()),
            amr: Some(json!(login.methods.amr())),
            auth_time: login.auth_time,
            claims: self.claims(account, siret, link.is_external),
        };
        Ok(self.provider.grant(uid, request, &session.hash(), authentication).await?)
    }

    /// The rules for levels that hold for the service on whose behalf the hub asks.
    fn profile_for(&self, request: &AuthorizationRequest) -> Profile {
        self.directory.current().profile_of(request.hint("sp_id").unwrap_or_default())
    }

    fn claims(&self, account: &Account, siret: &Siret, is_external: bool) -> Map<String, Value> {
        let organisation = self.directory.current().establishment(siret);
        let is_public = organisation.as_ref().is_some_and(Organisation::is_public_service);
        let mut claims = Map::from_iter([
            ("uid".to_owned(), json!(account.id.to_string())),
            ("email".to_owned(), json!(account.email)),
            ("email_verified".to_owned(), json!(true)),
            ("phone_number_verified".to_owned(), json!(false)),
            ("siret".to_owned(), json!(siret)),
            ("is_public_service".to_owned(), json!(is_public)),
            ("is_service_public".to_owned(), json!(is_public)),
            ("is_external".to_owned(), json!(is_external)),
        ]);
        let optional = [
            ("given_name", &account.given_name),
            ("usual_name", &account.family_name),
            ("family_name", &account.family_name),
            ("phone_number", &account.phone_number),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                claims.insert(name.to_owned(), json!(value));
            }
        }
        if let Some(organisation) = organisation {
            claims.insert("label".to_owned(), json!(organisation.label()));
            claims.insert("is_commune".to_owned(), json!(organisation.is_commune()));
        }
        claims
    }
}

/// The organisation for which the service wants the person to act.
fn siret_hint(request: &AuthorizationRequest) -> Option<Siret> {
    request.hint("siret_hint").and_then(|hint| Siret::parse(hint).ok())
}

/// Whether the request hints at another person than the one who is signed in.
fn is_for_someone_else(session: &IdpSession) -> bool {
    match (&session.login_hint, &session.login) {
        (Some(hinted), Some(login)) => hinted.canonical() != login.email.canonical(),
        _ => false,
    }
}
