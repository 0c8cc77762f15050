//! The list of rules, row by row and in its order.

use super::LinkKind as Kind;
use super::*;
use crate::config::EmailDomain;
use crate::organisation::Headcount::{self, From1, From20, From50, From250};
use crate::siret::Siret;

/// A made-up organisation of a legal category.
fn organisation(category: &str, headcount: Headcount) -> Organisation {
    let siret = Siret::parse("21920023500014").expect("valid");
    Organisation { headcount, ..Organisation::plain(siret, "Nom".to_owned(), category) }
}

fn with_domain(organisation: Organisation, domain: &str, status: DomainStatus) -> Organisation {
    let known = EmailDomain { domain: domain.to_owned(), status };
    Organisation { domains: vec![known], ..organisation }
}

fn with_contact(organisation: Organisation, contact: &str) -> Organisation {
    Organisation { contact_emails: vec![address(contact)], ..organisation }
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

/// What a stranger with this address gets where free addresses are those of the list.
fn decided(email: &str, organisation: &Organisation) -> Decision {
    decided_with(email, organisation, |_| {})
}

fn decided_with(
    email: &str,
    organisation: &Organisation,
    change: impl FnOnce(&mut Request<'_>),
) -> Decision {
    let email = address(email);
    let mut request = Request {
        email: &email,
        establishment: Some(organisation),
        standing: Standing::Stranger,
        confirmed: false,
        free: FreeEmails::Listed,
        bypass: false,
        as_leader: false,
    };
    change(&mut request);
    decide(&request)
}

const COMPANY: &str = "5710";
const COMMUNE: &str = "7210";
const COMMUNITY: &str = "7346";
const MINISTRY: &str = "7113";
const ASSOCIATION: &str = "9220";
const HOUSE: &str = "6540";
const SOCIAL_CENTRE: &str = "7361";
const SECONDARY_SCHOOL: &str = "7331";

/// A row's number, who asks, for what, and what comes of it.
type Row = (&'static str, &'static str, Organisation, Decision);

fn check(rows: impl IntoIterator<Item = Row>) {
    for (row, email, organisation, expected) in rows {
        assert_eq!(decided(email, &organisation), expected, "row {row}, {email}");
    }
}

fn company() -> Organisation {
    organisation(COMPANY, From250)
}

fn commune() -> Organisation {
    organisation(COMMUNE, From20)
}

fn ministry() -> Organisation {
    organisation(MINISTRY, From250)
}

#[test]
fn rows_1_to_7_refuse() {
    let closed = Organisation { closed: true, ..company() };
    let listed =
        || Organisation { only_domains: vec!["finances.gouv.fr".to_owned()], ..ministry() };
    let refused = with_domain(company(), "pro.fr", DomainStatus::Refused);
    check([
        ("1 closed", "a@pro.fr", closed, Decision::InvalidSiret),
        ("5 not listed", "a@pro.fr", listed(), Decision::DomainNotAllowed),
        ("5 listed", "a@finances.gouv.fr", listed(), Decision::Moderate),
        ("6", "a@pro.fr", refused, Decision::DomainRefused),
        ("7", "a@culture.gouv.fr", company(), Decision::PrivateSectorEmailNeeded),
        ("7 public", "a@culture.gouv.fr", ministry(), Decision::Moderate),
        ("7 other name", "a@notgouv.fr", company(), Decision::Moderate),
    ]);
}

#[test]
fn rows_9_to_13_look_at_the_kind_of_organisation() {
    let alone = Decision::link(Kind::NoVerificationMeansForEntrepriseUnipersonnelle);
    let association = Decision::link(Kind::NoVerificationMeansForSmallAssociation);
    let house = Decision::link(Kind::NoVerificationMeansForSmallOrganization);
    let public = Decision::PublicSectorEmailNeeded;
    check([
        ("9 any address", "a@pro.fr", organisation(COMPANY, From1), alone),
        ("10 free", "a@gmail.com", organisation(ASSOCIATION, From20), association),
        ("10 professional", "a@pro.fr", organisation(ASSOCIATION, From20), Decision::Moderate),
        ("11 free", "a@gmail.com", organisation(HOUSE, From1), house),
        ("11 professional", "a@pro.fr", organisation(HOUSE, From1), Decision::Moderate),
        ("12", "a@gmail.com", organisation(MINISTRY, From20), public),
        ("12 commune", "a@gmail.com", commune(), Decision::Moderate),
        ("12 community", "a@gmail.com", organisation(COMMUNITY, From20), Decision::Moderate),
        ("12 small", "a@gmail.com", organisation(SOCIAL_CENTRE, From250), Decision::Moderate),
        ("13", "a@gmail.com", organisation(ASSOCIATION, From50), Decision::Confirm),
        ("13 commune", "a@gmail.com", organisation(COMMUNE, From50), Decision::Confirm),
    ]);
}

#[test]
fn rows_14_and_15_ask_the_official_contact() {
    let town = || with_contact(commune(), "mairie@ville.fr");
    let free_town = with_contact(commune(), "mairie@orange.fr");
    let primary = || Organisation { activity: "85.20Z".to_owned(), ..commune() };
    let school = with_contact(primary(), "ecole@ac-x.fr");
    let college = with_contact(organisation(SECONDARY_SCHOOL, From50), "college@ac-x.fr");
    let same = || Decision::link(Kind::OfficialContactEmail);
    let code = || Decision::link(Kind::CodeSentToOfficialContactEmail);
    check([
        ("14 the address", "Mairie@Ville.fr", town(), same()),
        ("14 the domain", "a@ville.fr", town(), Decision::link(Kind::Domain)),
        ("14 free address", "a@gmail.com", town(), code()),
        ("14 same free domain", "a@orange.fr", free_town, code()),
        ("14 another domain", "a@pro.fr", town(), Decision::Moderate),
        ("15 the address", "ecole@ac-x.fr", school, same()),
        ("15 a shared domain", "a@ac-x.fr", college, code()),
        ("15 no address", "a@ac-x.fr", primary(), Decision::Moderate),
    ]);
}

#[test]
fn rows_16_to_19_look_at_the_domain() {
    let domain = |status| with_domain(company(), "pro.fr", status);
    let link = || Decision::link(Kind::Domain);
    let external = Decision::Link { kind: Kind::Domain, is_external: true };
    let unsure = Decision::LinkAndModerate(Kind::DomainNotVerifiedYet);
    check([
        ("16", "a@pro.fr", domain(DomainStatus::Verified), link()),
        ("16", "a@pro.fr", domain(DomainStatus::OfficialContact), link()),
        ("16", "a@pro.fr", domain(DomainStatus::TrackdechetsPostalMail), link()),
        ("16 contractor", "a@pro.fr", domain(DomainStatus::External), external),
        ("18", "a@pro.fr", domain(DomainStatus::NotVerifiedYet), unsure),
        ("19", "a@pro.fr", company(), Decision::Moderate),
        ("19", "a@other.fr", domain(DomainStatus::Verified), Decision::Moderate),
    ]);
}

#[test]
fn rows_1_to_4_look_at_the_siret_and_at_how_the_person_stands() {
    let company = company();
    let email = "a@pro.fr";

    let unknown = decided_with(email, &company, |join| join.establishment = None);
    assert_eq!(unknown, Decision::InvalidSiret);
    for (standing, expected) in [
        (Standing::Member, Decision::AlreadyMember),
        (Standing::Pending(1), Decision::Pending(1)),
        (Standing::Rejected(2), Decision::Rejected(2)),
    ] {
        assert_eq!(decided_with(email, &company, |join| join.standing = standing), expected);
    }
}

#[test]
fn rows_13_and_17_follow_from_the_request() {
    let email = "a@gmail.com";
    let large = organisation(ASSOCIATION, From50);
    let strict = Organisation { needs_moderation: true, ..large.clone() };

    let confirmed = decided_with(email, &large, |join| join.confirmed = true);
    assert_eq!(confirmed, Decision::Moderate);
    let bypassed = |organisation| decided_with("a@pro.fr", organisation, |join| join.bypass = true);
    assert_eq!(bypassed(&large), Decision::link(Kind::Bypassed));
    assert_eq!(bypassed(&strict), Decision::Moderate);
}

/// Each organisation fits several rows; the earlier one must decide.
#[test]
fn the_first_row_that_applies_decides() {
    let refused = |organisation| with_domain(organisation, "gmail.com", DomainStatus::Refused);
    let approved = |organisation| with_domain(organisation, "gmail.com", DomainStatus::Verified);
    let unsure =
        |organisation| with_domain(organisation, "gmail.com", DomainStatus::NotVerifiedYet);
    let closed = Organisation { closed: true, ..organisation(COMPANY, From1) };
    let listed = |organisation| Organisation {
        only_domains: vec!["finances.gouv.fr".to_owned()],
        ..organisation
    };
    let with = |change: fn(&mut Request<'_>)| change;
    let plain = with(|_| {});
    let bypass = with(|join| join.bypass = true);
    let one_person = Decision::link(Kind::NoVerificationMeansForEntrepriseUnipersonnelle);
    let code = Decision::link(Kind::CodeSentToOfficialContactEmail);
    let town = with_contact(organisation(COMMUNE, From20), "mairie@ville.fr");

    let rows = [
        ("1 < 2", closed, with(|join| join.standing = Standing::Member), Decision::InvalidSiret),
        (
            "2 < 9",
            organisation(COMPANY, From1),
            with(|join| join.standing = Standing::Member),
            Decision::AlreadyMember,
        ),
        (
            "4 < 6",
            refused(organisation(COMPANY, From50)),
            with(|join| join.standing = Standing::Rejected(7)),
            Decision::Rejected(7),
        ),
        (
            "5 < 6",
            listed(refused(organisation(MINISTRY, From50))),
            plain,
            Decision::DomainNotAllowed,
        ),
        ("6 < 9", refused(organisation(COMPANY, From1)), plain, Decision::DomainRefused),
        ("9 < 16", approved(organisation(COMPANY, From1)), plain, one_person.clone()),
        ("9 < 17", organisation(COMPANY, From1), bypass, one_person),
        ("12 < 13", organisation(MINISTRY, From50), plain, Decision::PublicSectorEmailNeeded),
        (
            "12 < 16",
            approved(organisation(MINISTRY, From50)),
            plain,
            Decision::PublicSectorEmailNeeded,
        ),
        ("13 < 14", Organisation { headcount: From50, ..town.clone() }, plain, Decision::Confirm),
        ("13 < 17", organisation(ASSOCIATION, From50), bypass, Decision::Confirm),
        ("14 < 16", approved(town.clone()), plain, code.clone()),
        ("14 < 17", town, bypass, code),
        ("16 < 17", approved(organisation(COMMUNE, From20)), bypass, Decision::link(Kind::Domain)),
        ("17 < 18", unsure(organisation(COMMUNE, From20)), bypass, Decision::link(Kind::Bypassed)),
    ];
    for (row, organisation, change, expected) in rows {
        assert_eq!(decided_with("a@gmail.com", &organisation, change), expected, "{row}");
    }
}

#[test]
fn an_address_of_the_state_is_looked_at_between_rows_6_and_9() {
    let email = "a@culture.gouv.fr";

    let refused = with_domain(company(), "culture.gouv.fr", DomainStatus::Refused);
    assert_eq!(decided(email, &refused), Decision::DomainRefused);
    let alone = organisation(COMPANY, From1);
    assert_eq!(decided(email, &alone), Decision::PrivateSectorEmailNeeded);
}
