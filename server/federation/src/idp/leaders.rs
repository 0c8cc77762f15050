//! Owns the certification of leaders: the register of companies has to name a person, whom
//! FranceConnect knows, as a leader of the organisation for which they act.

mod comparison;

use super::{Idp, IdpSession, LinkKind};
use crate::config::Organisation;
use crate::provider::PageError;
use crate::session::Session;
use crate::siret::Siret;
use crate::storage::{StoredIdentity, StoredLink};

pub(crate) use comparison::{Agreement, Detail};
use comparison::{Comparison, compare};

/// How long the register's word is good for, in seconds.
const CERTIFIED_FOR: i64 = 24 * 3600;

/// What the register says of a person and an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// The person leads it.
    Leader,
    /// No register names the leaders of such organisations.
    NotCovered,
    /// It names a leader who is like the person, but for some details.
    Close(Agreement),
    /// It names nobody like the person.
    Unknown,
}

/// What came of a certification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certification {
    /// The person is certified now.
    New,
    /// They were, and still are.
    Renewed,
    /// They are not.
    Failed(Finding),
}

/// Whether a leader's link has to be checked again: a day later, and when FranceConnect has said
/// something new about the person since.
pub(super) fn is_outdated(link: &StoredLink, identity: Option<&StoredIdentity>, now: i64) -> bool {
    let Some(verified_at) = link.verified_at else { return is_leaders(link) };
    let newer = identity.is_some_and(|identity| identity.confirmed_at > verified_at);
    is_leaders(link) && (newer || now - verified_at > CERTIFIED_FOR)
}

/// Whether a link is a certified leader's.
fn is_leaders(link: &StoredLink) -> bool {
    link.kind == LinkKind::OrganizationDirigeant.as_str()
}

impl Idp {
    /// Asks the register about the person of a session, and notes what it says. If they are no
    /// leader of the organisation, it is selected no longer.
    pub(crate) async fn certify(
        &self,
        session: &mut Session<IdpSession>,
        siret: &Siret,
    ) -> Result<Certification, PageError> {
        session.data.certifying = None;
        let account = self.signed_in(session).await?.ok_or(PageError::InteractionOver)?;
        let finding = self.finding(account.id, siret).await?;
        if finding != Finding::Leader {
            session.data.selected = None;
            session.data.uncertified = Some(siret.clone());
            self.sessions.save(session).await?;
            return Ok(Certification::Failed(finding));
        }
        let link = self.store.identite_link(account.id, siret.as_str()).await?;
        let (kind, now) = (LinkKind::OrganizationDirigeant.as_str(), self.clock.unix());
        // The clock can be moved back: an identity of the future would make this outdated at once.
        let identity = self.store.identite_identity(account.id).await?;
        let at = identity.map_or(now, |identity| identity.confirmed_at.max(now));
        self.store.certify_identite_member(account.id, siret.as_str(), kind, at).await?;
        let renewed = link.is_some_and(|link| is_leaders(&link));
        session.data.selected = Some(siret.clone());
        session.data.uncertified = None;
        session.data.certified |= !renewed;
        self.sessions.save(session).await?;
        Ok(if renewed { Certification::Renewed } else { Certification::New })
    }

    /// What the register says about a person whom FranceConnect knows.
    pub(crate) async fn finding(&self, account: i64, siret: &Siret) -> Result<Finding, PageError> {
        let organisation = self.establishment(siret).filter(Organisation::is_certifiable);
        let Some(organisation) = organisation else { return Ok(Finding::NotCovered) };
        let Some(identity) = self.store.identite_identity(account).await? else {
            return Ok(Finding::Unknown);
        };
        Ok(match compare(&identity, &organisation.leaders) {
            Comparison::Same => Finding::Leader,
            Comparison::Close(agreement) => Finding::Close(agreement),
            Comparison::Different => Finding::Unknown,
        })
    }

    /// Those of a person's organisations whose certified leader they are.
    pub(crate) async fn leads(&self, account: i64) -> Result<Vec<String>, PageError> {
        let kind = LinkKind::OrganizationDirigeant.as_str();
        Ok(self.store.identite_links_of_kind(account, kind).await?)
    }

    /// Whether the certification of leaders is what the waiting service demands.
    pub(crate) async fn is_certification_demanded(
        &self,
        session: &Session<IdpSession>,
    ) -> Result<bool, PageError> {
        let request = self.request(session).await?;
        Ok(request.is_some_and(|(_, request)| {
            super::policy::demands_only_certification(&request.requirement())
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaders_link_is_checked_again_after_a_day_or_a_new_identity() {
        let link = |kind: LinkKind, verified_at| StoredLink {
            kind: kind.as_str().to_owned(),
            is_external: false,
            greeted: true,
            awaits_code: false,
            verified_at,
        };
        let leader = |verified_at| link(LinkKind::OrganizationDirigeant, verified_at);
        let rows = [
            ("fresh", leader(Some(1000)), 1000, false),
            ("a day old", leader(Some(1000)), 1000 + CERTIFIED_FOR, false),
            ("older", leader(Some(1000)), 1001 + CERTIFIED_FOR, true),
            ("older than the identity", leader(Some(499)), 1000, true),
            ("never checked", leader(None), 1000, true),
            ("no leader's", link(LinkKind::Domain, Some(1)), 1_000_000, false),
        ];
        let identity = StoredIdentity {
            sub: String::new(),
            given_name: "A".to_owned(),
            family_name: "B".to_owned(),
            preferred_username: None,
            gender: "female".to_owned(),
            birthdate: "1984-03-12".to_owned(),
            birthplace: String::new(),
            birthcountry: String::new(),
            confirmed_at: 500,
        };
        for (row, link, now, expected) in rows {
            assert_eq!(is_outdated(&link, Some(&identity), now), expected, "{row}");
        }
    }
}
