//! The authorization endpoint around the interaction: opening it for a validated request and
//! closing it, once, with a code or an error.

use super::{PageError, Provider, Rejection, faults};
use crate::protocol::{
    Authentication, AuthorizationRequest, AuthorizationResponse, Checklist, CodeBinding, Grant,
    OAuthError, Params, Refusal, validate,
};
use crate::secret::{Token, TokenHash, random_uid};
use crate::storage::StoreError;
use crate::trail::{Endpoint, Outcome};

impl Provider {
    /// Validates an authorization request.
    pub(crate) fn validate(&self, params: &Params) -> Result<AuthorizationRequest, Rejection> {
        let mut checklist = Checklist::default();
        let result = validate(params, self.dialect(), &mut checklist, |id| self.client(id));
        let outcome = result.as_ref().map_or_else(Refusal::outcome, |_| Outcome::Accepted);
        self.report(Endpoint::Authorize, params.non_empty("client_id"), checklist, outcome);
        result.map_err(|refusal| match refusal {
            Refusal::Malformed(problems) => Rejection::Page(PageError::Malformed(problems)),
            Refusal::Untrusted(error) => Rejection::Page(PageError::Untrusted(error)),
            Refusal::Redirected(reply_to, error) => {
                Rejection::Answer(AuthorizationResponse::error(&reply_to, self.issuer(), &error))
            }
        })
    }

    /// Opens an interaction and returns its uid.
    pub(crate) async fn open_interaction(
        &self,
        request: &AuthorizationRequest,
    ) -> Result<String, StoreError> {
        let uid = random_uid();
        let expires_at = self.clock.unix() + i64::from(self.lifetimes().interaction);
        self.store.insert_interaction(self.name(), &uid, request, expires_at).await?;
        Ok(uid)
    }

    /// The request of an open interaction.
    pub(crate) async fn interaction(
        &self,
        uid: &str,
    ) -> Result<Option<AuthorizationRequest>, StoreError> {
        self.store.interaction(self.name(), uid, self.clock.unix()).await
    }

    /// Closes the interaction with a code; nothing if it was closed before.
    pub(crate) async fn grant(
        &self,
        uid: &str,
        request: &AuthorizationRequest,
        session: &TokenHash,
        authentication: Authentication,
    ) -> Result<Option<AuthorizationResponse>, StoreError> {
        if !self.store.close_interaction(self.name(), uid).await? {
            return Ok(None);
        }
        self.issue_code(request, session, authentication).await.map(Some)
    }

    /// Closes the interaction with an error; nothing if it was closed before.
    pub(crate) async fn refuse(
        &self,
        uid: &str,
        request: &AuthorizationRequest,
        error: &OAuthError,
    ) -> Result<Option<AuthorizationResponse>, StoreError> {
        let closed = self.store.close_interaction(self.name(), uid).await?;
        Ok(closed.then(|| self.error_response(request, error)))
    }

    /// An error for a request that needed no interaction.
    pub(crate) fn error_response(
        &self,
        request: &AuthorizationRequest,
        error: &OAuthError,
    ) -> AuthorizationResponse {
        AuthorizationResponse::error(&request.reply_to, self.issuer(), error)
    }

    async fn issue_code(
        &self,
        request: &AuthorizationRequest,
        session: &TokenHash,
        authentication: Authentication,
    ) -> Result<AuthorizationResponse, StoreError> {
        let now = self.clock.unix();
        let lifetimes = self.lifetimes();
        let code = Token::random();
        let binding = CodeBinding {
            client_id: request.client_id.clone(),
            redirect_uri: request.reply_to.redirect_uri.clone(),
            code_challenge: request.code_challenge.clone(),
        };
        let grant = Grant::new(request, authentication);
        let expires_at = now + i64::from(lifetimes.authorization_code);
        self.store
            .insert_grant(
                self.name(),
                session,
                (&grant, now + i64::from(lifetimes.session)),
                (&code.hash(), &binding, faults::code_expiry(request.scenario, now, expires_at)),
            )
            .await?;
        let response = AuthorizationResponse::code(&request.reply_to, self.issuer(), code.expose());
        Ok(faults::authorization_response(request.scenario, response))
    }
}

impl Refusal {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Malformed(problems) => {
                Outcome::Refused { code: "Y000400".to_owned(), description: problems.join(", ") }
            }
            Self::Untrusted(error) | Self::Redirected(_, error) => Outcome::refused(error),
        }
    }
}
