//! The pages about organisations: joining, waiting, choosing and leaving.

use askama::Template;

use super::Notice;
use crate::config::Organisation;
use crate::idp::Moderation;
use crate::pages::ReturnLink;
use crate::siret::Siret;

/// The page that asks for the organisation.
#[derive(Template)]
#[template(path = "identite/select_organization.html")]
pub(crate) struct SelectOrganisationPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) organisations: Vec<Organisation>,
    /// The SIRETs of those whose certified leader the person is.
    pub(crate) leads: Vec<String>,
}

impl SelectOrganisationPage<'_> {
    fn is_led(&self, organisation: &Organisation) -> bool {
        self.leads.iter().any(|siret| siret == organisation.siret.as_str())
    }
}

/// The page that offers the organisations of the person's email domain.
#[derive(Template)]
#[template(path = "identite/suggestions.html")]
pub(crate) struct SuggestionsPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) organisations: Vec<Organisation>,
}

/// The page that asks for a SIRET, and searches for one.
#[derive(Template)]
#[template(path = "identite/join_organization.html")]
pub(crate) struct JoinPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) siret: &'a str,
    pub(crate) search: Option<&'a str>,
    pub(crate) found: Vec<Organisation>,
}

/// The page that asks whether a free address is the right one.
#[derive(Template)]
#[template(path = "identite/join_organization_confirm.html")]
pub(crate) struct ConfirmPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) email: &'a str,
    pub(crate) organisation: Organisation,
}

/// The page that says why an address cannot join an organisation.
#[derive(Template)]
#[template(path = "identite/restricted.html")]
pub(crate) struct RestrictedPage<'a> {
    pub(crate) restriction: Restriction,
    pub(crate) email: &'a str,
    pub(crate) way_back: Option<ReturnLink>,
}

/// Why an address cannot join an organisation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Restriction {
    DomainNotAllowed,
    DomainRefused,
    PublicSector,
    PrivateSector,
}

impl Restriction {
    pub(crate) const ALL: [Self; 4] =
        [Self::DomainNotAllowed, Self::DomainRefused, Self::PublicSector, Self::PrivateSector];

    /// Where the page is.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::DomainNotAllowed => "/users/domain-not-allowed-for-organization",
            Self::DomainRefused => "/users/domain-refused-for-organization",
            Self::PublicSector => "/users/access-restricted-to-public-sector-email",
            Self::PrivateSector => "/users/access-restricted-to-private-sector-email",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::DomainNotAllowed | Self::DomainRefused => "Accès restreint",
            Self::PublicSector | Self::PrivateSector => "Email non autorisé",
        }
    }

    /// What the service is told of it.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Self::DomainNotAllowed => "email domain is not allowed for the organization",
            Self::DomainRefused => "email domain is refused for the organization",
            Self::PublicSector => "access is restricted to public sector emails",
            Self::PrivateSector => "access is restricted to private sector emails",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::DomainNotAllowed => {
                "Cette organisation n’admet que les adresses email de certains domaines."
            }
            Self::DomainRefused => {
                "Le domaine de votre adresse email n’est pas admis pour cette organisation."
            }
            Self::PublicSector => {
                "Pour rejoindre un service public, utilisez l’adresse email professionnelle que \
                 votre administration vous a donnée."
            }
            Self::PrivateSector => {
                "Une adresse email de l’État ne permet pas de rejoindre une organisation privée."
            }
        }
    }
}

/// The page of a request that waits for a moderator.
#[derive(Template)]
#[template(path = "identite/pending.html")]
pub(crate) struct PendingPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) request: Moderation,
}

/// The page of a request that was refused.
#[derive(Template)]
#[template(path = "identite/moderation_rejected.html")]
pub(crate) struct RejectedPage<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) request: Moderation,
}

/// The page that welcomes a person in an organisation.
#[derive(Template)]
#[template(path = "identite/welcome.html")]
pub(crate) struct WelcomePage<'a> {
    pub(crate) csrf: &'a str,
}

/// The page of the organisations that a person belongs to.
#[derive(Template)]
#[template(path = "identite/manage_organizations.html")]
pub(crate) struct ManageOrganisationsPage<'a> {
    /// Who is signed in.
    pub(crate) name: String,
    pub(crate) csrf: &'a str,
    pub(crate) notice: Option<Notice>,
    pub(crate) organisations: Vec<Organisation>,
    /// Those of them whose official address has not confirmed the person yet.
    pub(crate) unconfirmed: Vec<Siret>,
    pub(crate) waiting: Vec<Moderation>,
}
