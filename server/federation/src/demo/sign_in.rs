//! Owns the journey at a demo administration: an earlier sign-in is reused, or the form decides.

use super::form::untouched_form;
use super::{DemoLogin, DemoProvider, DemoSession, Submission, is_reusable};
use crate::protocol::{AuthorizationRequest, AuthorizationResponse, OAuthError, Params};
use crate::provider::PageError;
use crate::session::{Session, remember_interaction};

/// What comes of an authorization request.
#[derive(Debug)]
pub(crate) enum Entry {
    /// The form, for an interaction of the session.
    Form(Box<Session<DemoSession>>, String),
    /// The client is answered at once.
    Answer(AuthorizationResponse),
    /// Somebody was signed in without a form, and the client is answered.
    SignedIn(Box<Session<DemoSession>>, AuthorizationResponse),
}

/// What comes of a form.
#[derive(Debug)]
pub(crate) enum Submitted {
    /// The client is answered, in the renewed session if someone signed in.
    Answer(Option<Box<Session<DemoSession>>>, AuthorizationResponse),
    /// The form comes back: its level is not accepted.
    Again(Box<AuthorizationRequest>),
}

impl DemoProvider {
    /// Takes a validated authorization request.
    pub(crate) async fn authorize(
        &self,
        session: Option<Session<DemoSession>>,
        request: AuthorizationRequest,
    ) -> Result<Entry, PageError> {
        let login = session.as_ref().and_then(|session| session.data.login.as_ref());
        let login = login.filter(|login| is_reusable(login, &request)).cloned();
        if request.is_silent() && login.is_none() {
            let error = OAuthError::login_required();
            return Ok(Entry::Answer(self.provider.error_response(&request, &error)));
        }
        let mut session = match session {
            Some(session) => session,
            None => self.sessions.begin(DemoSession::default()).await?,
        };
        let uid = self.provider.open_interaction(&request).await?;
        if let Some(login) = login {
            let answer = self.provider.grant(&uid, &request, &session.hash(), login.into()).await?;
            return answer.map(Entry::Answer).ok_or(PageError::InteractionOver);
        }
        remember_interaction(&mut session.data.interactions, &uid);
        self.sessions.save(&session).await?;
        if let Some(email) = self.quick.take(request.login_hint.as_deref()) {
            let untouched = untouched_form(self, &request, &email);
            if let Submission::SignIn(login) =
                Submission::read(&untouched, &request, self.clock.unix())
            {
                let (session, answer) = self.enter(session, &uid, &request, login).await?;
                return Ok(Entry::SignedIn(Box::new(session), answer));
            }
        }
        Ok(Entry::Form(Box::new(session), uid))
    }

    /// The request of an interaction that this browser opened.
    pub(crate) async fn request(
        &self,
        session: &Session<DemoSession>,
        uid: &str,
    ) -> Result<AuthorizationRequest, PageError> {
        if !session.data.interactions.iter().any(|open| open == uid) {
            return Err(PageError::InteractionOver);
        }
        self.provider.interaction(uid).await?.ok_or(PageError::InteractionOver)
    }

    /// Takes the form.
    pub(crate) async fn submit(
        &self,
        session: Session<DemoSession>,
        uid: &str,
        params: &Params,
    ) -> Result<Submitted, PageError> {
        let request = self.request(&session, uid).await?;
        match Submission::read(params, &request, self.clock.unix()) {
            Submission::LevelRefused => Ok(Submitted::Again(Box::new(request))),
            Submission::Error(error) => {
                let answer = self.provider.refuse(uid, &request, &error).await?;
                Ok(Submitted::Answer(None, answer.ok_or(PageError::InteractionOver)?))
            }
            Submission::SignIn(login) => {
                let (session, answer) = self.enter(session, uid, &request, login).await?;
                Ok(Submitted::Answer(Some(Box::new(session)), answer))
            }
        }
    }

    async fn enter(
        &self,
        mut session: Session<DemoSession>,
        uid: &str,
        request: &AuthorizationRequest,
        login: DemoLogin,
    ) -> Result<(Session<DemoSession>, AuthorizationResponse), PageError> {
        self.sessions.renew(&mut session).await?;
        session.data.login = Some(login.clone());
        self.sessions.save(&session).await?;
        let granted = self.provider.grant(uid, request, &session.hash(), login.into()).await?;
        Ok((session, granted.ok_or(PageError::InteractionOver)?))
    }
}
