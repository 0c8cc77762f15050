//! Owns the look-up of the people whom FranceConnect knows: the configured ones first, then those
//! that come with the federation.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::config::{Citizen, Config};

/// Who comes with the federation.
static SHIPPED: LazyLock<Vec<Citizen>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        citizen: Vec<Citizen>,
    }
    let file: File = toml::from_str(include_str!("../../data/citizens.toml"))
        .expect("a file of the federation's own, which a test reads");
    file.citizen
});

impl Config {
    /// Everybody.
    pub(crate) fn all_citizens(&self) -> impl Iterator<Item = &Citizen> {
        let replaced = |shipped: &&Citizen| self.citizens.iter().all(|own| own.id != shipped.id);
        self.citizens.iter().chain(SHIPPED.iter().filter(replaced))
    }

    /// The one with this `id`.
    pub(crate) fn citizen(&self, id: &str) -> Option<&Citizen> {
        self.all_citizens().find(|citizen| citizen.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::BirthDate;

    #[test]
    fn the_configuration_replaces_who_comes_with_the_federation() {
        let mut config = Config::parse(crate::SAMPLE).expect("the sample parses");
        let shipped = config.citizen("lea-fontaine").expect("shipped").clone();
        let before = config.all_citizens().count();
        let birthdate = BirthDate::try_from("2000-02-29".to_owned()).expect("a leap day");

        config.citizens.push(Citizen { birthdate, ..shipped });

        assert_eq!(config.all_citizens().count(), before);
        assert_eq!(config.citizen("lea-fontaine").expect("own").birthdate, birthdate);
        assert!(BirthDate::try_from("1999-02-29".to_owned()).is_err());
        assert!(config.citizen("personne").is_none());
    }
}
