//! One sign-in attempt: what is sent with the browser, and what its answer must match.
//!
//! An attempt lives in a sealed cookie of its own, so that several tabs may sign in at once and an
//! anonymous visitor leaves nothing in the store. It is used up by [`LoginAttempt::accept`].

use chrono::{DateTime, Duration, Utc};
use openidconnect::core::{CoreAuthPrompt, CoreResponseType};
use openidconnect::{
    AuthenticationFlow, CsrfToken, LoginHint, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use super::callback::{Answer, ProviderRefusal, RawCallback};
use super::error::LoginError;
use super::provider::Ready;
use super::return_to::ReturnTo;
use super::settings::RelyingParty;
use super::siret::Siret;
use crate::random::{Entropy, token};

/// How long a person may take at ProConnect.
pub const LIFETIME: Duration = Duration::minutes(30);

/// What a page asks when it starts a sign-in.
#[derive(Debug, Clone, Default)]
pub struct LoginRequest {
    /// Where to go afterwards.
    pub return_to: Option<ReturnTo>,
    /// Levels of which one is required; empty: those of the configuration.
    pub acr: Vec<String>,
    /// Email address to propose.
    pub login_hint: Option<String>,
    /// Organisation to propose.
    pub siret_hint: Option<Siret>,
    /// Identity provider to go to directly.
    pub idp_hint: Option<String>,
    /// Only sign in without showing anything (`prompt=none`).
    pub silent: bool,
}

/// The session that a sign-in starts from, and replaces when it succeeds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Its key in the store: on the way back from ProConnect the browser does not send its cookie.
    pub key: String,
    /// Whose level is to be raised (`sub`), if that is what the sign-in is for: nobody else may come
    /// back.
    pub step_up_of: Option<String>,
}

/// A sign-in that was started and has no answer yet.
#[derive(Clone, Serialize, Deserialize)]
pub struct LoginAttempt {
    state: String,
    nonce: String,
    code_verifier: String,
    issuer: String,
    required_acr: Vec<String>,
    silent: bool,
    return_to: ReturnTo,
    origin: Option<Origin>,
    started_at: DateTime<Utc>,
}

/// The answer of the browser matched its attempt; made by [`LoginAttempt::accept`] only.
pub struct ValidatedCallback {
    pub(super) code: String,
    pub(super) nonce: Nonce,
    pub(super) code_verifier: PkceCodeVerifier,
    pub(super) required_acr: Vec<String>,
    pub(super) expected_sub: Option<String>,
    /// Since when the person must have been at the provider, if that matters.
    pub(super) present_since: Option<DateTime<Utc>>,
}

/// What the answer to an attempt means.
pub enum Accepted {
    /// ProConnect gave a code.
    Code(ValidatedCallback),
    /// A silent sign-in found nobody signed in.
    NobodySignedIn,
}

impl LoginAttempt {
    /// Starts an attempt and gives the address of ProConnect's authorization endpoint for it.
    pub fn begin(
        request: LoginRequest,
        ready: &Ready,
        settings: &RelyingParty,
        origin: Option<Origin>,
        (now, entropy): (DateTime<Utc>, &dyn Entropy),
    ) -> (Url, Self) {
        let required_acr =
            if request.acr.is_empty() { settings.accepted_acr.clone() } else { request.acr };
        let attempt = Self {
            state: token(entropy),
            nonce: token(entropy),
            code_verifier: token(entropy),
            issuer: settings.issuer.to_string(),
            required_acr,
            silent: request.silent,
            return_to: request.return_to.unwrap_or_else(ReturnTo::home),
            origin,
            started_at: now,
        };
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(
            attempt.code_verifier.clone(),
        ));
        let (state, nonce) = (attempt.state.clone(), attempt.nonce.clone());
        let mut authorization = ready
            .client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .set_pkce_challenge(challenge)
            .add_scopes(settings.scopes.iter().cloned().map(Scope::new))
            .add_extra_param("claims", attempt.claims_parameter());
        if let Some(hint) = request.login_hint {
            authorization = authorization.set_login_hint(LoginHint::new(hint));
        }
        if let Some(hint) = &request.siret_hint {
            authorization = authorization.add_extra_param("siret_hint", hint.as_str().to_owned());
        }
        if let Some(hint) = request.idp_hint {
            authorization = authorization.add_extra_param("idp_hint", hint);
        }
        if request.silent {
            authorization = authorization.add_prompt(CoreAuthPrompt::None);
        }
        let (url, _, _) = authorization.url();
        (url, attempt)
    }

    /// `acr` and `amr` come back only when asked for; a required level is asked as essential, the
    /// only form that ProConnect enforces. Who raises a level has to have been there for it.
    fn claims_parameter(&self) -> String {
        let acr = if self.required_acr.is_empty() {
            json!(null)
        } else {
            json!({ "essential": true, "values": self.required_acr })
        };
        let mut claims = json!({ "acr": acr, "amr": null });
        if self.step_up_of().is_some() {
            claims["auth_time"] = json!({ "essential": true });
        }
        json!({ "id_token": claims }).to_string()
    }

    /// Matches the browser's answer with the attempt: age, `iss` (RFC 9207), then the outcome.
    /// `state` was matched when the attempt was found by it.
    pub fn accept(
        &self,
        callback: RawCallback,
        iss_required: bool,
        now: DateTime<Utc>,
    ) -> Result<Accepted, LoginError> {
        if now - self.started_at > LIFETIME {
            return Err(LoginError::ExpiredAttempt);
        }
        match callback.iss.as_deref() {
            Some(iss) if iss != self.issuer => return Err(LoginError::IssuerMismatch),
            None if iss_required => return Err(LoginError::IssuerMismatch),
            _ => {}
        }
        match callback.answer {
            Answer::Code(code) => Ok(Accepted::Code(ValidatedCallback {
                code,
                nonce: Nonce::new(self.nonce.clone()),
                code_verifier: PkceCodeVerifier::new(self.code_verifier.clone()),
                required_acr: self.required_acr.clone(),
                expected_sub: self.step_up_of().map(str::to_owned),
                present_since: self.step_up_of().map(|_| self.started_at),
            })),
            Answer::Error(ProviderRefusal::InteractionNeeded) if self.silent => {
                Ok(Accepted::NobodySignedIn)
            }
            Answer::Error(ProviderRefusal::LevelRefused) => Err(LoginError::LevelRefused),
            Answer::Error(ProviderRefusal::AccessDenied) => Err(LoginError::Cancelled),
            Answer::Error(_) => Err(LoginError::Refused),
        }
    }

    /// The `state` that names this attempt.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Where to go afterwards.
    pub fn return_to(&self) -> &ReturnTo {
        &self.return_to
    }

    /// Store key of the session that this sign-in replaces.
    pub fn replaces(&self) -> Option<&str> {
        self.origin.as_ref().map(|origin| origin.key.as_str())
    }

    /// Whose level this sign-in raises.
    pub fn step_up_of(&self) -> Option<&str> {
        self.origin.as_ref()?.step_up_of.as_deref()
    }

    /// Levels of which one is required; empty: any.
    pub fn required_acr(&self) -> &[String] {
        &self.required_acr
    }

    /// When it was started.
    pub fn started_at(&self) -> DateTime<Utc> {
        self.started_at
    }
}
