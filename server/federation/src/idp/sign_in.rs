//! Owns the beginning of a sign-in: a request comes in, somebody shows who they are.

use secrecy::SecretString;

use super::limits::Limit;
use super::policy::demands_only_certification;
use super::progress::siret_hint;
use super::{Account, Browser, Idp, IdpLogin, IdpSession, Method, Methods};
use crate::email::EmailAddress;
use crate::protocol::{AuthorizationRequest, AuthorizationResponse, OAuthError};
use crate::provider::PageError;
use crate::secret::random_hex;
use crate::session::Session;
use crate::siret::Siret;
use crate::storage::StoredSignIn;

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
        browser: &Browser,
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
        session.data.forget_certification();
        // A hint that cannot be read is an error later on, on a page that leads back to the client.
        let hinted = siret_hint(&request).ok().flatten();
        let selected = session.data.selected.as_ref().map(Siret::as_str);
        // Nobody is certified for an organisation that they did not choose for this.
        if request.has_prompt("select_organization")
            || demands_only_certification(&request.requirement())
            || (hinted.is_some() && hinted.as_deref() != selected)
        {
            session.data.selected = None;
        }
        self.sessions.save(&session).await?;
        if let Some(email) = self.quick.take(request.login_hint.as_deref())
            && let Some(account) = self.account(&email).await?
        {
            session = self.enter(session, browser, &account, &[Method::Password]).await?;
        }
        Ok(Entry::Interaction(Box::new(session)))
    }

    /// Gives a request up: its client is told this error.
    pub(crate) async fn abandon(
        &self,
        session: &mut Session<IdpSession>,
        uid: &str,
        error: &OAuthError,
    ) -> Result<AuthorizationResponse, PageError> {
        let (own, request) = self.request(session).await?.ok_or(PageError::InteractionOver)?;
        if own != uid {
            return Err(PageError::InteractionOver);
        }
        let answer = self.provider.refuse(uid, &request, error).await?;
        session.data.interaction = None;
        self.sessions.save(session).await?;
        answer.ok_or(PageError::InteractionOver)
    }

    /// Checks a password; the session is renewed if it is right.
    pub(crate) async fn sign_in(
        &self,
        session: Session<IdpSession>,
        browser: &Browser,
        email: &EmailAddress,
        password: &SecretString,
    ) -> Result<Option<Session<IdpSession>>, PageError> {
        self.count_try(Limit::Password, email).await?;
        match self.account_with_password(email, password).await? {
            Some(account) => {
                self.enter(session, browser, &account, &[Method::Password]).await.map(Some)
            }
            None => Ok(None),
        }
    }

    /// Signs somebody in; an identifier that was known before is worth nothing from now on.
    pub(super) async fn enter(
        &self,
        mut session: Session<IdpSession>,
        browser: &Browser,
        account: &Account,
        methods: &[Method],
    ) -> Result<Session<IdpSession>, PageError> {
        let (auth_time, methods) =
            (self.clock.unix(), methods.iter().copied().collect::<Methods>());
        let sign_in = StoredSignIn {
            at: auth_time,
            methods: methods.amr().join(" "),
            device: browser.device.clone(),
            service: self.waiting_service(&session).await?,
        };
        let sign_in = self.store.insert_identite_sign_in(account.id, &sign_in).await?;
        self.sessions.renew(&mut session).await?;
        // Forms that were made before are void, too.
        session.data.csrf = random_hex();
        let email = account.email.clone();
        session.data.login = Some(IdpLogin {
            account: account.id,
            email,
            auth_time,
            methods,
            sign_in: Some(sign_in),
            generation: account.generation,
        });
        session.data.email = None;
        session.data.selected = None;
        session.data.joining = None;
        session.data.pending_totp = None;
        session.data.forget_certification();
        self.sessions.save(&session).await?;
        Ok(session)
    }

    /// Notes that the person who is signed in showed more of who they are. The identifier changes,
    /// as at a sign-in: somebody else may have left the former one in the browser.
    pub(super) async fn add_methods(
        &self,
        session: &mut Session<IdpSession>,
        methods: &[Method],
    ) -> Result<(), PageError> {
        if let Some(login) = &mut session.data.login {
            for method in methods {
                login.methods.add(*method);
            }
            if let Some(sign_in) = login.sign_in {
                let shown = login.methods.amr().join(" ");
                self.store.amend_identite_sign_in(sign_in, &shown).await?;
            }
        }
        session.data.csrf = random_hex();
        Ok(self.sessions.renew(session).await?)
    }

    /// The account that is signed in.
    pub(crate) async fn signed_in(
        &self,
        session: &Session<IdpSession>,
    ) -> Result<Option<Account>, PageError> {
        let Some(login) = &session.data.login else { return Ok(None) };
        let account = self.account_by_id(login.account).await?;
        let valid = |account: &Account| {
            account.generation == login.generation && login.methods.open_a_session()
        };
        Ok(account.filter(valid))
    }
}

/// Whether the request hints at another person than the one who is signed in.
fn is_for_someone_else(session: &IdpSession) -> bool {
    match (&session.login_hint, &session.login) {
        (Some(hinted), Some(login)) => hinted.canonical() != login.email.canonical(),
        _ => false,
    }
}
