//! Owns the journey at ProConnect Identité: what does a person still have to do before the
//! service gets its answer?

use super::gate::{Obstacle, Rung, SecondFactor, Standing, obstacle};
use super::policy::{self, Assurance, Verdict};
use super::{Account, Browser, Idp, IdpLogin, IdpSession};
use crate::config::{Organisation, Profile};
use crate::protocol::{AuthorizationRequest, AuthorizationResponse, Requirement};
use crate::provider::PageError;
use crate::session::Session;
use crate::siret::Siret;

/// What stands between a person and the service.
#[derive(Debug)]
pub(crate) enum Gate {
    /// They must show who they are.
    Obstacle(Obstacle),
    /// They signed in, and no service is waiting.
    Home,
    /// They have no organisation yet, or not the one that the service names.
    Join(Option<String>),
    /// Their names are known now, without which they could not ask to join an organisation.
    AskModerator(Siret),
    /// They have no organisation, and their request to join one waits.
    Waiting,
    /// They must say for which organisation they act.
    SelectOrganisation,
    /// They must say what they are called.
    PersonalInformation,
    /// FranceConnect must confirm who they are.
    FranceConnect,
    /// The register must be asked whether they lead this organisation.
    Certify(Siret),
    /// They became its certified leader, and were not told yet.
    WelcomeLeader,
    /// The organisation's official address must confirm that they belong to it.
    ConfirmContact(Siret),
    /// They joined the organisation for which they act, and were not welcomed yet.
    Welcome,
    /// Nothing that they could do reaches a level that the service demands in this interaction.
    LevelOutOfReach(String),
    /// Nothing: the service is answered.
    Answer(AuthorizationResponse),
}

/// For which organisation somebody acts.
enum Acting<'a> {
    For(&'a Siret),
    /// That is not settled yet.
    Unsettled(Gate),
}

impl Idp {
    /// What keeps the person of a session from a rung.
    pub(crate) async fn obstacle(
        &self,
        session: &Session<IdpSession>,
        browser: &Browser,
        rung: Rung,
    ) -> Result<Option<Obstacle>, PageError> {
        let standing = match (&session.data.login, self.signed_in(session).await?) {
            (Some(login), Some(account)) => Some(Standing {
                verified_at: account.email_verified_at,
                auth_time: login.auth_time,
                browser: self.browser_trust(browser, account.id).await?,
                second_factor: self.second_factor(session, login, &account).await?,
                could_be_stronger: account.factors.exist() && !login.methods.are_strong(),
            }),
            _ => None,
        };
        Ok(obstacle(standing, rung, self.clock.unix()))
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

    /// The name of the service that is waiting, as far as it is known.
    pub(crate) async fn waiting_service(
        &self,
        session: &Session<IdpSession>,
    ) -> Result<Option<String>, PageError> {
        let request = self.request(session).await?;
        Ok(request.and_then(|(_, request)| request.hint("sp_name").map(str::to_owned)))
    }

    /// Goes as far as it can without the person.
    pub(crate) async fn proceed(
        &self,
        session: &Session<IdpSession>,
        browser: &Browser,
    ) -> Result<Gate, PageError> {
        let request = self.request(session).await?;
        let hinted = request.as_ref().map_or(Ok(None), |(_, request)| siret_hint(request))?;
        if let Some(obstacle) = self.obstacle(session, browser, Rung::Browser).await? {
            return Ok(Gate::Obstacle(obstacle));
        }
        let (Some(login), Some(account)) = (&session.data.login, self.signed_in(session).await?)
        else {
            return Ok(Gate::Obstacle(Obstacle::SignIn));
        };
        if let Some(siret) = &session.data.joining {
            return Ok(if account.is_named() {
                Gate::AskModerator(siret.clone())
            } else {
                Gate::PersonalInformation
            });
        }
        let Some((uid, request)) = request else {
            return self.without_a_service(&account, session).await;
        };
        if let Some(siret) = &session.data.certifying {
            let identity = self.store.identite_identity(account.id).await?;
            return Ok(match self.assurance(identity.as_ref()) {
                Assurance::Certified => Gate::Certify(siret.clone()),
                Assurance::Declared | Assurance::Stale => Gate::FranceConnect,
            });
        }
        let choose = request.has_prompt("select_organization")
            || policy::demands_only_certification(&request.requirement());
        let siret = match acting_for(&account, &session.data, (hinted, choose)) {
            Acting::For(siret) => siret,
            Acting::Unsettled(gate) => return Ok(gate),
        };
        let link = self.store.identite_link(account.id, siret.as_str()).await?;
        let Some(link) = link else { return Ok(Gate::SelectOrganisation) };
        let proof = self.proof(login, &link).await?;
        let level = match policy::verdict(self.profile_for(&request), &request, proof) {
            Verdict::Level(level) => level,
            Verdict::FranceConnect => return Ok(Gate::FranceConnect),
            Verdict::Certification => return Ok(Gate::Certify(siret.clone())),
            Verdict::Denied if request.is_silent() => {
                let answer = self.deny(&uid, &request).await?;
                return Ok(Gate::Answer(answer.ok_or(PageError::InteractionOver)?));
            }
            Verdict::Denied => return Ok(Gate::LevelOutOfReach(uid)),
        };
        let update = request.has_prompt("update_userinfo");
        if !account.is_named() || (update && session.data.informed.as_ref() != Some(&uid)) {
            return Ok(Gate::PersonalInformation);
        }
        if link.awaits_code {
            return Ok(Gate::ConfirmContact(siret.clone()));
        }
        if session.data.certified {
            return Ok(Gate::WelcomeLeader);
        }
        if !link.greeted {
            return Ok(Gate::Welcome);
        }
        let authentication = self.authentication(login, &account, (siret, &link), level);
        let answer = self.provider.grant(&uid, &request, &session.hash(), authentication).await?;
        Ok(Gate::Answer(answer.ok_or(PageError::InteractionOver)?))
    }

    /// Nobody waits: only an organisation that was just joined may still ask for its code.
    async fn without_a_service(
        &self,
        account: &Account,
        session: &Session<IdpSession>,
    ) -> Result<Gate, PageError> {
        let Some(siret) = &session.data.selected else { return Ok(Gate::Home) };
        let link = self.store.identite_link(account.id, siret.as_str()).await?;
        Ok(match link.filter(|link| link.awaits_code) {
            None => Gate::Home,
            // The mail to the organisation says who asks.
            Some(_) if !account.is_named() => Gate::PersonalInformation,
            Some(_) => Gate::ConfirmContact(siret.clone()),
        })
    }

    /// Organisations as the register knows them.
    pub(crate) fn organisations(&self, sirets: &[Siret]) -> Vec<Organisation> {
        let registered = self.directory.current();
        sirets.iter().filter_map(|siret| registered.establishment(siret)).collect()
    }

    /// The rules for levels that hold for the service on whose behalf the hub asks.
    fn profile_for(&self, request: &AuthorizationRequest) -> Profile {
        self.directory.current().profile_of(request.hint("sp_id").unwrap_or_default())
    }

    async fn second_factor(
        &self,
        session: &Session<IdpSession>,
        login: &IdpLogin,
        account: &Account,
    ) -> Result<SecondFactor, PageError> {
        let request = self.request(session).await?;
        let (profile, demand) = match &request {
            Some((_, request)) => (self.profile_for(request), request.requirement()),
            None => (self.directory.current().profile, Requirement::None),
        };
        Ok(policy::second_factor(profile, &demand, &login.methods, account.factors))
    }
}

/// The organisation that is settled by the person's choice, by the service's hint, or because
/// there is no other.
fn acting_for<'a>(
    account: &'a Account,
    session: &IdpSession,
    (hinted, choose): (Option<String>, bool),
) -> Acting<'a> {
    let members = account.organisations.as_slice();
    if members.is_empty() {
        let waiting = !account.pending_organisations.is_empty();
        return Acting::Unsettled(if waiting { Gate::Waiting } else { Gate::Join(hinted) });
    }
    if let Some(selected) = &session.selected
        && let Some(member) = members.iter().find(|member| *member == selected)
    {
        return Acting::For(member);
    }
    match (hinted, members) {
        (Some(hinted), _) => match members.iter().find(|member| member.as_str() == hinted) {
            Some(member) => Acting::For(member),
            None => Acting::Unsettled(Gate::Join(Some(hinted))),
        },
        // Nobody is sent by themselves where the register has just refused them.
        (None, [only]) if !choose && session.uncertified.as_ref() != Some(only) => {
            Acting::For(only)
        }
        (None, _) => Acting::Unsettled(Gate::SelectOrganisation),
    }
}

/// The organisation for which the service wants the person to act: 14 digits, which need not be those of
/// any organisation.
pub(super) fn siret_hint(request: &AuthorizationRequest) -> Result<Option<String>, PageError> {
    let Some(hint) = request.hint("siret_hint") else { return Ok(None) };
    let digits: String = hint.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(Some(digits))
    } else {
        Err(PageError::Malformed(vec!["siret_hint must have 14 digits".to_owned()]))
    }
}
