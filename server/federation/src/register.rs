//! Owns the look-up of establishments: the configured ones first, then those that come with the
//! federation, then, unless that is switched off, one made up for any valid SIRET, as the
//! sandbox of the real one knows every SIRET. Nothing is asked of a network.

mod citizens;
mod generated;
mod search;

use std::sync::LazyLock;

use serde::Deserialize;

use crate::config::{Config, DomainStatus, Organisation};
use crate::siret::Siret;
use crate::storage::Approval;

/// What comes with the federation.
static SHIPPED: LazyLock<Vec<Organisation>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        organisation: Vec<Organisation>,
    }
    let file: File = toml::from_str(include_str!("../data/organisations.toml"))
        .expect("a file of the federation's own, which a test reads");
    file.organisation
});

impl Config {
    /// The establishment that is registered under a SIRET.
    pub(crate) fn establishment(&self, siret: &Siret) -> Option<Organisation> {
        let known = self.known_establishments().find(|known| known.siret == *siret).cloned();
        known.or_else(|| self.identite.any_siret.then(|| generated::establishment(siret)))
    }

    /// The open establishments for which an email domain was approved.
    pub(crate) fn of_domain(&self, domain: &str) -> Vec<Organisation> {
        let known = self.known_establishments();
        let free = self.identite.free_emails;
        known.filter(|known| !known.closed && known.has_approved(domain, free)).cloned().collect()
    }

    /// All email domains that are approved for an establishment.
    pub(crate) fn approvals(&self) -> Vec<Approval> {
        let free = self.identite.free_emails;
        self.known_establishments()
            .flat_map(|known| {
                known.approved_domains(free).map(|(domain, status)| Approval {
                    siret: known.siret.to_string(),
                    domain,
                    is_external: status == DomainStatus::External,
                })
            })
            .collect()
    }

    /// Whether an establishment is registered, and not made up.
    pub(crate) fn knows(&self, siret: &Siret) -> bool {
        self.known_establishments().any(|known| known.siret == *siret)
    }

    /// The establishments that a search can find.
    fn known_establishments(&self) -> impl Iterator<Item = &Organisation> {
        let shipped = SHIPPED.iter().filter(|shipped| self.organisation(&shipped.siret).is_none());
        self.organisations.iter().chain(shipped)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn config() -> Config {
        Config::parse(crate::SAMPLE).expect("the sample parses")
    }

    fn siret(text: &str) -> Siret {
        Siret::parse(text).expect("a SIRET")
    }

    #[test]
    fn the_shipped_register_holds_each_establishment_once() {
        let sirets: BTreeSet<&str> = SHIPPED.iter().map(|shipped| shipped.siret.as_str()).collect();

        assert_eq!(sirets.len(), SHIPPED.len());
        assert!(SHIPPED.len() > 30);
        for shipped in SHIPPED.iter() {
            assert!(shipped.activity_label().is_some(), "{}", shipped.activity);
            assert!(shipped.legal_category.len() == 4, "{}", shipped.legal_category);
        }
    }

    #[test]
    fn the_shipped_register_has_every_family_that_a_rule_knows() {
        type Family = fn(&Organisation) -> bool;
        let families: [Family; 9] = [
            Organisation::is_public_service,
            Organisation::is_commune,
            Organisation::is_community_of_communes,
            Organisation::is_public_school,
            Organisation::is_one_person_business,
            Organisation::is_small_association,
            Organisation::is_small_civil_company,
            Organisation::is_small_public_body,
            |organisation| organisation.closed,
        ];
        for (number, family) in families.into_iter().enumerate() {
            assert!(SHIPPED.iter().any(family), "family {number}");
        }
    }

    #[test]
    fn the_configuration_comes_first_and_any_other_siret_is_made_up() {
        let mut config = config();
        let lyon = siret("21690123100011");
        assert_eq!(config.establishment(&lyon).expect("shipped").name, "Commune de lyon");

        let own = Organisation::plain(lyon.clone(), "Lyon à nous".to_owned(), "7210");
        config.organisations.push(own);
        assert_eq!(config.establishment(&lyon).expect("configured").name, "Lyon à nous");

        let unknown = siret("73282932000074");
        assert_eq!(config.establishment(&unknown).expect("made up").siret, unknown);
        config.identite.any_siret = false;
        assert!(config.establishment(&unknown).is_none());
    }
}
