//! Owns the list of rules by which someone joins an organisation. The rules are tried in order
//! and the first that applies decides; nothing here asks or changes anything.

use super::{FreeEmails, LinkKind};
use crate::config::{DomainStatus, Organisation};
use crate::email::EmailAddress;

/// How the person already stands with the organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    #[default]
    Stranger,
    Member,
    /// Their request waits, under this number.
    Pending(i64),
    /// Their request was refused, under this number.
    Rejected(i64),
}

/// Someone who wants to join an organisation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'a> {
    pub(crate) email: &'a EmailAddress,
    /// The establishment that the register has under the SIRET.
    pub(crate) establishment: Option<&'a Organisation>,
    pub(crate) standing: Standing,
    /// Whether the person insisted on their address.
    pub(crate) confirmed: bool,
    /// Which addresses are free ones.
    pub(crate) free: FreeEmails,
    /// Whether nobody moderates.
    pub(crate) bypass: bool,
    /// Whether they want to join as its certified leader.
    pub(crate) as_leader: bool,
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    InvalidSiret,
    AlreadyMember,
    Pending(i64),
    Rejected(i64),
    DomainNotAllowed,
    DomainRefused,
    /// An address of the State is not for private organisations.
    PrivateSectorEmailNeeded,
    /// A free address is not for this public body.
    PublicSectorEmailNeeded,
    /// They join it if the register names them as its leader.
    Certify,
    /// The person must confirm that a free address is what they want to use.
    Confirm,
    /// They belong to it from now on.
    Link {
        kind: LinkKind,
        is_external: bool,
    },
    /// They belong to it, and a moderator looks at the domain afterwards.
    LinkAndModerate(LinkKind),
    /// A moderator decides.
    Moderate,
}

impl Decision {
    fn link(kind: LinkKind) -> Self {
        Self::Link { kind, is_external: false }
    }
}

/// Decides.
pub(crate) fn decide(join: &Request<'_>) -> Decision {
    let Some(organisation) = join.establishment.filter(|found| !found.closed) else {
        return Decision::InvalidSiret;
    };
    match join.standing {
        Standing::Member => return Decision::AlreadyMember,
        Standing::Pending(id) => return Decision::Pending(id),
        Standing::Rejected(id) => return Decision::Rejected(id),
        Standing::Stranger => {}
    }
    let domain = join.email.domain();
    let status = status_of(organisation, &domain);
    let free = join.free.include(&domain);

    if !organisation.only_domains.is_empty() && !organisation.only_domains.contains(&domain) {
        return Decision::DomainNotAllowed;
    }
    if status == Some(DomainStatus::Refused) {
        return Decision::DomainRefused;
    }
    if is_of_the_state(&domain) && !organisation.is_public_service() {
        return Decision::PrivateSectorEmailNeeded;
    }
    if join.as_leader {
        return Decision::Certify;
    }
    if let Some(kind) = without_verification(organisation, free) {
        return Decision::link(kind);
    }
    let small_body = organisation.is_small_public_body();
    let commune = organisation.is_commune() || organisation.is_community_of_communes();
    if free && organisation.is_public_service() && !commune && !small_body {
        return Decision::PublicSectorEmailNeeded;
    }
    if free && !organisation.headcount.is_small() && !small_body && !join.confirmed {
        return Decision::Confirm;
    }
    if let Some(kind) = by_official_contact(organisation, join.email, join.free) {
        return Decision::link(kind);
    }
    match status {
        Some(
            DomainStatus::Verified
            | DomainStatus::OfficialContact
            | DomainStatus::TrackdechetsPostalMail,
        ) => Decision::link(LinkKind::Domain),
        Some(DomainStatus::External) => {
            Decision::Link { kind: LinkKind::Domain, is_external: true }
        }
        _ if join.bypass && !organisation.needs_moderation => Decision::link(LinkKind::Bypassed),
        Some(DomainStatus::NotVerifiedYet) => {
            Decision::LinkAndModerate(LinkKind::DomainNotVerifiedYet)
        }
        Some(DomainStatus::Refused) | None => Decision::Moderate,
    }
}

fn status_of(organisation: &Organisation, domain: &str) -> Option<DomainStatus> {
    organisation.domains.iter().find(|known| known.domain == domain).map(|known| known.status)
}

/// `gouv.fr` and whatever is below it.
fn is_of_the_state(domain: &str) -> bool {
    domain == "gouv.fr" || domain.ends_with(".gouv.fr")
}

/// The link of people whom nothing could verify: of one-person businesses whatever their
/// address, of small associations and civil companies with a free one.
fn without_verification(organisation: &Organisation, free: bool) -> Option<LinkKind> {
    if organisation.is_one_person_business() {
        Some(LinkKind::NoVerificationMeansForEntrepriseUnipersonnelle)
    } else if free && organisation.is_small_association() {
        Some(LinkKind::NoVerificationMeansForSmallAssociation)
    } else if free && organisation.is_small_civil_company() {
        Some(LinkKind::NoVerificationMeansForSmallOrganization)
    } else {
        None
    }
}

/// The link that the public address of a town hall or a school gives. A town hall's own domain
/// is good for all its people; a school's is shared by many schools, so only the address counts.
fn by_official_contact(
    organisation: &Organisation,
    email: &EmailAddress,
    free: FreeEmails,
) -> Option<LinkKind> {
    let school = organisation.is_public_school();
    if !school && !organisation.is_commune() {
        return None;
    }
    let contacts = &organisation.contact_emails;
    if contacts.iter().any(|contact| contact.canonical() == email.canonical()) {
        return Some(LinkKind::OfficialContactEmail);
    }
    let domain = email.domain();
    if school || free.include(&domain) {
        return (!contacts.is_empty()).then_some(LinkKind::CodeSentToOfficialContactEmail);
    }
    contacts.iter().any(|contact| contact.domain() == domain).then_some(LinkKind::Domain)
}

#[cfg(test)]
mod tests;
