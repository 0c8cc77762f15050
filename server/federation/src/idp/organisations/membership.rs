//! Owns joining and leaving: the decision's effects on the store and on the session. Joining
//! also selects the organisation.

use super::{Decision, LinkKind, Request, Standing, decide};
use crate::config::Organisation;
use crate::idp::{Account, Idp, IdpSession};
use crate::mail::{Letter, MailError};
use crate::provider::PageError;
use crate::session::Session;
use crate::siret::Siret;
use crate::storage::NewLink;

/// The kinds of requests to a moderator, under the names that the real one gives them.
const JOIN_BLOCK: &str = "organization_join_block";
const NON_VERIFIED_DOMAIN: &str = "non_verified_domain";

impl From<MailError> for PageError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Undelivered => Self::MailNotSent,
            other => Self::Unexpected(Box::new(other)),
        }
    }
}

impl Idp {
    /// The establishment of a SIRET.
    pub(crate) fn establishment(&self, siret: &Siret) -> Option<Organisation> {
        self.directory.current().establishment(siret)
    }

    /// The establishments that fit a search.
    pub(crate) fn search(&self, query: &str) -> Vec<Organisation> {
        self.directory.current().search(query)
    }

    /// Joins an organisation, or asks a moderator: then the decision is that the request waits.
    /// `confirmed` says that the person insists on their free address.
    pub(crate) async fn join(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
        siret: &Siret,
        confirmed: bool,
    ) -> Result<Decision, PageError> {
        let registered = self.directory.current();
        let establishment = registered.establishment(siret);
        let decision = decide(&Request {
            email: &account.email,
            establishment: establishment.as_ref(),
            standing: self.standing(account, siret).await?,
            confirmed,
            free: registered.identite.free_emails,
            bypass: registered.identite.bypass_moderation,
            as_leader: self.is_certification_demanded(session).await?,
        });
        let Some(organisation) = establishment else { return Ok(decision) };
        match decision {
            Decision::Certify => {
                session.data.certifying = Some(siret.clone());
                self.sessions.save(session).await?;
                Ok(decision)
            }
            Decision::Moderate if !account.is_named() => {
                session.data.joining = Some(siret.clone());
                self.sessions.save(session).await?;
                Ok(decision)
            }
            Decision::Moderate => {
                self.ask_moderator(session, account, &organisation, JOIN_BLOCK).await
            }
            Decision::Link { kind, is_external } => {
                self.make_member(session, account, siret, (kind, is_external)).await?;
                Ok(decision)
            }
            Decision::LinkAndModerate(kind) => {
                self.make_member(session, account, siret, (kind, false)).await?;
                self.ask_moderator(session, account, &organisation, NON_VERIFIED_DOMAIN).await?;
                Ok(decision)
            }
            refused => Ok(refused),
        }
    }

    /// Asks the moderator whom a person without names could not ask; the request's number.
    pub(crate) async fn finish_joining(
        &self,
        session: &mut Session<IdpSession>,
        siret: &Siret,
    ) -> Result<Option<i64>, PageError> {
        session.data.joining = None;
        self.sessions.save(session).await?;
        let Some(account) = self.signed_in(session).await? else { return Ok(None) };
        match self.join(session, &account, siret, true).await? {
            Decision::Pending(id) => Ok(Some(id)),
            _ => Ok(None),
        }
    }

    /// Selects one of the person's organisations; `false` if it is none of theirs.
    pub(crate) async fn select(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
        siret: &Siret,
    ) -> Result<bool, PageError> {
        if !account.organisations.contains(siret) {
            return Ok(false);
        }
        session.data.selected = Some(siret.clone());
        self.sessions.save(session).await?;
        Ok(true)
    }

    /// Leaves an organisation; `false` if the person did not belong to it.
    pub(crate) async fn quit(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
        siret: &Siret,
    ) -> Result<bool, PageError> {
        if session.data.selected.as_ref() == Some(siret) {
            session.data.selected = None;
            self.sessions.save(session).await?;
        }
        Ok(self.store.delete_identite_link(account.id, siret.as_str()).await?)
    }

    /// The organisation in which the person was not welcomed yet.
    pub(crate) async fn unwelcomed(
        &self,
        session: &Session<IdpSession>,
        account: &Account,
    ) -> Result<Option<Siret>, PageError> {
        let acting = match (&session.data.selected, account.organisations.as_slice()) {
            (Some(selected), _) => selected,
            (None, [only]) => only,
            (None, _) => return Ok(None),
        };
        let link = self.store.identite_link(account.id, acting.as_str()).await?;
        Ok(link.filter(|link| !link.greeted && !link.awaits_code).map(|_| acting.clone()))
    }

    /// Notes that the person was welcomed, and says so by mail, once.
    pub(crate) async fn welcome(
        &self,
        session: &Session<IdpSession>,
        account: &Account,
    ) -> Result<(), PageError> {
        let Some(siret) = self.unwelcomed(session, account).await? else { return Ok(()) };
        if !self.store.greet_identite_member(account.id, siret.as_str()).await? {
            return Ok(());
        }
        let label = self.establishment(&siret).map(|found| found.label()).unwrap_or_default();
        let letter = Letter::new("Votre compte ProConnect a bien été créé")
            .line(format!("Votre compte est rattaché à l’organisation {label}."))
            .line("Il vous ouvre tous les services qui acceptent ProConnect.");
        Ok(self.mailbox.write(account.email.as_str(), letter).await?)
    }

    async fn standing(&self, account: &Account, siret: &Siret) -> Result<Standing, PageError> {
        if account.organisations.contains(siret) {
            return Ok(Standing::Member);
        }
        let latest = self.moderations.latest(account.id, siret).await?;
        Ok(match latest {
            Some(request) if request.is_open() => Standing::Pending(request.id),
            Some(request) if request.is_rejected() => Standing::Rejected(request.id),
            _ => Standing::Stranger,
        })
    }

    async fn make_member(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
        siret: &Siret,
        (kind, is_external): (LinkKind, bool),
    ) -> Result<(), PageError> {
        let link = NewLink {
            account: account.id,
            siret: siret.as_str(),
            kind: kind.as_str(),
            is_external,
            awaits_code: kind == LinkKind::CodeSentToOfficialContactEmail,
        };
        self.store.insert_identite_link(&link, self.clock.unix()).await?;
        session.data.selected = Some(siret.clone());
        Ok(self.sessions.save(session).await?)
    }

    async fn ask_moderator(
        &self,
        session: &Session<IdpSession>,
        account: &Account,
        organisation: &Organisation,
        kind: &'static str,
    ) -> Result<Decision, PageError> {
        let request = self.request(session).await?;
        let service = request.as_ref().and_then(|(_, request)| request.hint("sp_name"));
        let id = self.moderations.open(account.id, &organisation.siret, kind, service).await?;
        if kind == JOIN_BLOCK {
            let label = organisation.label();
            let letter = Letter::new(&format!("[ProConnect] Demande pour rejoindre {label}"))
                .line(format!("Vous avez demandé à rejoindre l’organisation {label}."))
                .line("Un modérateur vérifie que vous en faites partie.");
            self.mailbox.write(account.email.as_str(), letter).await?;
        }
        Ok(Decision::Pending(id))
    }
}
