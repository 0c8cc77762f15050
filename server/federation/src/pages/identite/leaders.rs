//! The pages about FranceConnect and about the certification of leaders.

use askama::Template;

use super::Notice;
use crate::idp::{Agreement, Detail, Finding};
use crate::pages::ReturnLink;
use crate::storage::StoredIdentity;

/// The page that leads to FranceConnect.
#[derive(Template)]
#[template(path = "identite/franceconnect.html")]
pub(crate) struct FranceConnectPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    /// Whether the person wants to be certified as a leader.
    pub(crate) certification: bool,
    /// Whether FranceConnect confirmed the identity before.
    pub(crate) renewal: bool,
    /// Whether the person could act for an organisation of theirs.
    pub(crate) several: bool,
    /// Where the person gives up.
    pub(crate) way_back: Option<ReturnLink>,
}

impl FranceConnectPage<'_> {
    fn title(&self) -> &'static str {
        if self.certification { "Certifier votre statut" } else { "Certifier votre identité" }
    }
}

/// The page that says why somebody is not certified.
#[derive(Template)]
#[template(path = "identite/uncertified.html")]
pub(crate) struct UncertifiedPage {
    pub(crate) finding: Finding,
    /// Whom the register was asked about.
    pub(crate) identity: Option<StoredIdentity>,
    pub(crate) organisation: String,
    /// Whether there are organisations to choose from.
    pub(crate) has_organisations: bool,
    /// Where the person gives up.
    pub(crate) way_back: Option<ReturnLink>,
}

/// A detail of a person, and whether the register says the same.
struct Compared {
    name: &'static str,
    value: String,
    agrees: bool,
}

impl UncertifiedPage {
    fn title(&self) -> &'static str {
        match self.finding {
            Finding::NotCovered => "Structure non certifiable",
            Finding::Close(_) => "Impossible de vous certifier",
            Finding::Leader | Finding::Unknown => "Identité non trouvée",
        }
    }

    fn details(&self) -> Vec<Compared> {
        match (&self.finding, &self.identity) {
            (Finding::Close(agreement), Some(identity)) => details(identity, *agreement),
            _ => Vec::new(),
        }
    }
}

fn details(identity: &StoredIdentity, agreement: Agreement) -> Vec<Compared> {
    let gender = if identity.gender == "female" { "féminin" } else { "masculin" };
    let place = match identity.birthplace.as_str() {
        "" => format!("pays {}", identity.birthcountry),
        commune => format!("commune {commune}"),
    };
    let born = identity.birthdate.split('-').rev().collect::<Vec<_>>().join("/");
    let rows = Detail::ALL.into_iter().map(|detail| {
        let (name, value) = match detail {
            Detail::FamilyName => ("Nom de naissance", identity.family_name.clone()),
            Detail::GivenName => ("Premier prénom", identity.first_given_name().to_owned()),
            Detail::Gender => ("Genre", gender.to_owned()),
            Detail::Birthdate => ("Date de naissance", born.clone()),
            Detail::Birthplace => ("Lieu de naissance (code Insee)", place.clone()),
        };
        Compared { name, value, agrees: agreement.includes(detail) }
    });
    rows.collect()
}

/// The page that says that somebody is certified now.
#[derive(Template)]
#[template(path = "identite/welcome_leader.html")]
pub(crate) struct WelcomeLeaderPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) name: String,
    pub(crate) organisation: String,
}
