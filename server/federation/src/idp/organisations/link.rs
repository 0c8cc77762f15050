//! Owns the kinds of links between a person and an organisation, under the names that the real
//! one gives them, and what each is worth.

/// How a link came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkKind {
    OrganizationDirigeant,
    Domain,
    DomainNotVerifiedYet,
    OfficialContactEmail,
    CodeSentToOfficialContactEmail,
    ProofReceived,
    InListeDirigeantsRna,
    InListeDirigeantsRne,
    OrdreProfessionnelDomain,
    ImportedFromInclusionConnect,
    ImportedFromCoopMediationNumerique,
    VerifiedByCoopMediationNumerique,
    Bypassed,
    NoValidationMeansAvailable,
    NoVerificationMeansForEntrepriseUnipersonnelle,
    NoVerificationMeansForSmallAssociation,
    NoVerificationMeansForSmallOrganization,
}

/// What a link says about the person's belonging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Nothing but the person's word.
    Unverified,
    /// Something outside their reach confirms it.
    Weak,
    /// A register names them.
    Strong,
}

impl LinkKind {
    const ALL: [(Self, &'static str, Strength); 17] = [
        (Self::OrganizationDirigeant, "organization_dirigeant", Strength::Strong),
        (Self::Domain, "domain", Strength::Weak),
        (Self::DomainNotVerifiedYet, "domain_not_verified_yet", Strength::Weak),
        (Self::OfficialContactEmail, "official_contact_email", Strength::Weak),
        (
            Self::CodeSentToOfficialContactEmail,
            "code_sent_to_official_contact_email",
            Strength::Weak,
        ),
        (Self::ProofReceived, "proof_received", Strength::Weak),
        (Self::InListeDirigeantsRna, "in_liste_dirigeants_rna", Strength::Weak),
        (Self::InListeDirigeantsRne, "in_liste_dirigeants_rne", Strength::Weak),
        (Self::OrdreProfessionnelDomain, "ordre_professionnel_domain", Strength::Weak),
        (Self::ImportedFromInclusionConnect, "imported_from_inclusion_connect", Strength::Weak),
        (
            Self::ImportedFromCoopMediationNumerique,
            "imported_from_coop_mediation_numerique",
            Strength::Weak,
        ),
        (
            Self::VerifiedByCoopMediationNumerique,
            "verified_by_coop_mediation_numerique",
            Strength::Weak,
        ),
        (Self::Bypassed, "bypassed", Strength::Weak),
        (Self::NoValidationMeansAvailable, "no_validation_means_available", Strength::Unverified),
        (
            Self::NoVerificationMeansForEntrepriseUnipersonnelle,
            "no_verification_means_for_entreprise_unipersonnelle",
            Strength::Unverified,
        ),
        (
            Self::NoVerificationMeansForSmallAssociation,
            "no_verification_means_for_small_association",
            Strength::Unverified,
        ),
        (
            Self::NoVerificationMeansForSmallOrganization,
            "no_verification_means_for_small_organization",
            Strength::Unverified,
        ),
    ];

    /// Reads a name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known, _)| *known == name).map(|(kind, ..)| kind)
    }

    /// Reads the name of a kind that a moderator gives.
    pub(crate) fn of_moderator(name: &str) -> Option<Self> {
        Self::parse(name).filter(|kind| matches!(kind, Self::Domain | Self::ProofReceived))
    }

    /// The name.
    pub(crate) fn as_str(self) -> &'static str {
        self.row().1
    }

    /// What it is worth.
    pub(crate) fn strength(self) -> Strength {
        self.row().2
    }

    fn row(self) -> (Self, &'static str, Strength) {
        Self::ALL[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_row() {
        for (kind, name, strength) in LinkKind::ALL {
            assert_eq!((kind.as_str(), kind.strength()), (name, strength));
            assert_eq!(LinkKind::parse(name), Some(kind));
        }
        assert_eq!(LinkKind::parse("unknown"), None);
        assert_eq!(LinkKind::of_moderator("domain"), Some(LinkKind::Domain));
        assert_eq!(LinkKind::of_moderator("organization_dirigeant"), None);
    }

    #[test]
    fn only_leaders_are_strong_and_only_words_are_unverified() {
        let count =
            |wanted| LinkKind::ALL.iter().filter(|(.., strength)| *strength == wanted).count();

        assert_eq!(count(Strength::Strong), 1);
        assert_eq!(count(Strength::Unverified), 4);
        assert!(Strength::Strong > Strength::Weak && Strength::Weak > Strength::Unverified);
    }
}
