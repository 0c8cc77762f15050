//! Owns the last check of a sign-in, new or reused: may this person enter this service now?

use super::error::{HubError, Stopped};
use super::sso::{Login, is_reusable};
use super::{Hub, HubSession, occurrence};
use crate::config::{Audience, Service};
use crate::protocol::{
    Authentication, AuthorizationRequest, AuthorizationResponse, Checklist, OAuthError,
};
use crate::session::Session;
use crate::trail::{Endpoint, Event, Outcome, Report};

/// What the checks come to.
#[derive(Debug)]
enum Verdict {
    /// The service gets a code.
    Granted,
    /// The service gets an error.
    Refused(OAuthError),
}

impl Hub {
    /// Verifies the sign-in against the interaction and answers the service.
    pub(crate) async fn verify(
        &self,
        session: &Session<HubSession>,
        uid: &str,
    ) -> Result<AuthorizationResponse, Stopped> {
        let request = self.request(session, uid).await?;
        let login = session.data.login.as_ref().ok_or(HubError::SessionNotFound)?;
        let fresh = login.interaction == uid;
        if !fresh && !is_reusable(login, &request) {
            return Err(HubError::SessionNotFound.at(uid));
        }

        let verdict = self.judge(login, &request).await.map_err(|error| error.at(uid))?;
        self.report_sign_in(
            Some(&request.client_id),
            match &verdict {
                Verdict::Granted => Outcome::Accepted,
                Verdict::Refused(error) => Outcome::refused(error),
            },
        );
        let answer = match verdict {
            Verdict::Refused(error) => self.provider.refuse(uid, &request, &error).await?,
            Verdict::Granted => {
                let authentication = self.authentication(login);
                let session = session.hash();
                self.provider.grant(uid, &request, &session, authentication).await?
            }
        };
        let verified = occurrence(Event::Verified, session)
            .for_service(&request.client_id)
            .at_provider(&login.provider_uid);
        self.trail.record(verified);
        Ok(answer.ok_or(HubError::SessionNotFound)?)
    }

    /// Reports how a sign-in ended for a service.
    pub(crate) fn report_sign_in(&self, client_id: Option<&str>, outcome: Outcome) {
        let checklist = Checklist::default();
        let (now, endpoint) = (self.trail.now(), Endpoint::SignIn);
        self.trail.report(Report::new(now, endpoint, client_id, checklist, outcome));
    }

    /// Reports the error page that a person sees, unless the request itself was reported.
    pub(crate) fn report_stop(&self, error: &HubError) {
        let reported = matches!(
            error,
            HubError::BadRequest(_) | HubError::Rendered(_) | HubError::NotFound { .. }
        );
        if !reported {
            let (code, description) = (error.code(), error.to_string());
            self.report_sign_in(None, Outcome::Refused { code, description });
        }
    }

    async fn judge(
        &self,
        login: &Login,
        request: &AuthorizationRequest,
    ) -> Result<Verdict, HubError> {
        if !self.store.account_is_active(&login.sub).await? {
            return Err(HubError::AccountInactive);
        }
        let registered = self.directory.current();
        let provider = registered.identity_provider(&login.provider_uid);
        let active = provider.is_some_and(|provider| provider.active);
        if !active {
            return Err(HubError::ProviderDisabled);
        }
        if let Some(service) = registered.active_service(&request.client_id) {
            check_audience(service, login)?;
        }
        Ok(if request.requirement().is_met_by(login.acr) {
            Verdict::Granted
        } else {
            Verdict::Refused(OAuthError::unmet_acr())
        })
    }

    /// `auth_time` is the time of passage through ProConnect, also when a session is reused.
    fn authentication(&self, login: &Login) -> Authentication {
        Authentication {
            sub: login.sub.clone(),
            acr: Some(login.acr.as_str().to_owned()),
            amr: login.amr.clone(),
            auth_time: self.clock.unix(),
            claims: login.claims.clone(),
        }
    }
}

fn check_audience(service: &Service, login: &Login) -> Result<(), HubError> {
    if service.audience == Audience::Private || login.is_public {
        return Ok(());
    }
    Err(HubError::NotPublic {
        label: login.organisation_label.clone().unwrap_or_default(),
        siret: login.siret.clone(),
    })
}
