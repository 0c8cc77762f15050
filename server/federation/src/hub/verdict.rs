//! Owns the last check of a sign-in, new or reused: may this person enter this service now?

use super::error::{HubError, Stopped};
use super::interaction::Step;
use super::level::{Decision, decide, only_in_2025};
use super::sso::{Login, is_reusable};
use super::{Hub, HubSession, occurrence};
use crate::config::{Audience, Service};
use crate::protocol::{
    Acr, Authentication, AuthorizationRequest, AuthorizationResponse, Checklist, OAuthError,
    Remark, Requirement,
};
use crate::scenario::Scenario;
use crate::session::Session;
use crate::trail::{Endpoint, Event, Outcome, Report};

/// What the checks come to.
#[derive(Debug)]
enum Verdict {
    /// The service gets a code, and is told this level.
    Granted(Acr),
    /// The service gets an error.
    Refused(OAuthError),
    /// The person has to type a code sent by email first.
    AskCode,
    /// The person has to sign in again.
    StartOver,
}

impl Hub {
    /// Verifies the sign-in against the interaction; if nothing is missing, the service is
    /// answered.
    pub(crate) async fn verify(
        &self,
        session: &mut Session<HubSession>,
        uid: &str,
    ) -> Result<Step, Stopped> {
        let request = self.request(session, uid).await?;
        let login = session.data.login.as_ref().ok_or(HubError::SessionNotFound)?;
        let fresh = login.interaction == uid;
        if !fresh && !is_reusable(login, &request, self.profile_of(&request.client_id)) {
            return Err(HubError::SessionNotFound.at(uid));
        }

        let verdict = self.judge(login, &request).await.map_err(|error| {
            self.stopped_at(error, uid, &request.client_id, &login.provider_uid)
        })?;
        match verdict {
            Verdict::AskCode => Ok(Step::AskCode),
            Verdict::StartOver => {
                self.record(Event::IdpDisabled, session);
                session.data.login = None;
                self.sessions.save(session).await?;
                Ok(Step::StartOver(uid.to_owned()))
            }
            Verdict::Refused(error) => {
                self.report_sign_in(Some(&request.client_id), Outcome::refused(&error));
                let answer = self.provider.refuse(uid, &request, &error).await?;
                self.answered(session, login, &request, answer)
            }
            Verdict::Granted(level) => {
                self.report_granted(login, &request);
                let (session_id, authentication) =
                    (session.hash(), self.authentication(login, level));
                let answer =
                    self.provider.grant(uid, &request, &session_id, authentication).await?;
                self.answered(session, login, &request, answer)
            }
        }
    }

    /// The answer that the service gets, unless it got one before.
    fn answered(
        &self,
        session: &Session<HubSession>,
        login: &Login,
        request: &AuthorizationRequest,
        answer: Option<AuthorizationResponse>,
    ) -> Result<Step, Stopped> {
        let verified = occurrence(Event::Verified, session)
            .for_service(&request.client_id)
            .at_provider(&login.provider_uid);
        self.trail.record(verified);
        Ok(Step::Answer(answer.ok_or(HubError::SessionNotFound)?))
    }

    /// What the level of a sign-in is for a request.
    pub(super) fn decision(&self, login: &Login, request: &AuthorizationRequest) -> Decision {
        let registered = self.directory.current();
        let profile = registered.profile_of(&request.client_id);
        match decide(profile, &request.requirement(), login.evidence()) {
            Decision::AskCode if !registered.features.email_code => Decision::Refused,
            decision => decision,
        }
    }

    /// Reports a sign-in that succeeded, and whether it would have failed in production.
    fn report_granted(&self, login: &Login, request: &AuthorizationRequest) {
        let mut checklist = Checklist::default();
        let profile = self.profile_of(&request.client_id);
        if only_in_2025(profile, &request.requirement(), login.evidence()) {
            tracing::warn!(
                client_id = request.client_id,
                "the profile 2025 grants a level that today's production (2026) would refuse"
            );
            checklist.remark(Remark::RefusedByProduction);
        }
        self.report(Some(&request.client_id), checklist, Outcome::Accepted);
    }

    /// Reports how a sign-in ended for a service.
    pub(crate) fn report_sign_in(&self, client_id: Option<&str>, outcome: Outcome) {
        self.report(client_id, Checklist::default(), outcome);
    }

    fn report(&self, client_id: Option<&str>, checklist: Checklist, outcome: Outcome) {
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
        self.check_email(request, &login.email)?;
        let registered = self.directory.current();
        let provider = registered.identity_provider(&login.provider_uid);
        let active = provider.is_some_and(|provider| provider.active);
        if !active {
            return Ok(if request.is_silent() {
                Verdict::Refused(OAuthError::silent_login_required())
            } else {
                Verdict::StartOver
            });
        }
        if let Some(service) = registered.active_service(&request.client_id) {
            check_audience(service, login)?;
        }
        let decision = match request.scenario {
            Some(Scenario::LowerLevel) => Decision::Granted(lower_level(request)),
            _ => self.decision(login, request),
        };
        Ok(match decision {
            Decision::Granted(level) => Verdict::Granted(level),
            Decision::AskCode => Verdict::AskCode,
            Decision::Refused => Verdict::Refused(OAuthError::unmet_acr()),
        })
    }

    /// Whether the service admits people with this address.
    pub(super) fn check_email(
        &self,
        request: &AuthorizationRequest,
        email: &str,
    ) -> Result<(), HubError> {
        let registered = self.directory.current();
        match registered.active_service(&request.client_id) {
            Some(service) if !service.admits(email) => {
                Err(HubError::EmailNotAllowed { domains: service.email_domains.clone() })
            }
            _ => Ok(()),
        }
    }

    /// `auth_time` is the time of passage through ProConnect, also when a session is reused.
    fn authentication(&self, login: &Login, level: Acr) -> Authentication {
        let mut amr = login.amr.clone();
        if login.email_verified {
            amr.get_or_insert_default().push("mail".to_owned());
        }
        Authentication {
            sub: login.sub.clone(),
            acr: Some(level.as_str().into()),
            amr: amr.map(Into::into),
            auth_time: self.clock.unix(),
            claims: login.claims.clone(),
        }
    }
}

/// A level that was not asked for.
fn lower_level(request: &AuthorizationRequest) -> Acr {
    let demanded = request.requirement();
    let unwanted = |level: &Acr| demanded == Requirement::None || !demanded.is_met_by(*level);
    [Acr::Eidas0, Acr::Eidas1].into_iter().find(unwanted).unwrap_or(Acr::Eidas0)
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
