//! Owns what is made up about a SIRET that no register has. It is always the same for the same
//! SIRET; the first digits say what kind of body it is, as they do in reality.

use crate::config::Organisation;
use crate::organisation::Headcount;
use crate::siret::Siret;

/// Kinds of public bodies by the beginning of their SIREN, with their legal category.
const KINDS: &[(&str, &str, &str)] = &[
    ("11", "7113", "Ministère"),
    ("18", "7381", "Chambre consulaire"),
    ("19", "7331", "Établissement d'enseignement"),
    ("1", "7389", "Établissement public national"),
    ("21", "7210", "Commune"),
    ("22", "7220", "Département"),
    ("23", "7230", "Région"),
    ("20", "7346", "Communauté de communes"),
    ("24", "7346", "Communauté de communes"),
    ("25", "7353", "Syndicat intercommunal"),
    ("26", "7364", "Établissement hospitalier"),
    ("2", "7379", "Établissement public local"),
];

/// The establishment: a public body, or a company too large to consist of one person.
pub(super) fn establishment(siret: &Siret) -> Organisation {
    let kind = KINDS.iter().find(|(beginning, ..)| siret.as_str().starts_with(beginning));
    let (_, category, name) = kind.copied().unwrap_or(("", "5710", "Société"));
    let name = format!("{name} {}", siret.siren());
    Organisation {
        headcount: Headcount::From20,
        address: "Adresse inconnue".to_owned(),
        ..Organisation::plain(siret.clone(), name, category)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_says_what_kind_of_body_it_is() {
        let rows = [
            ("21690123100011", "Commune 216901231", true, true),
            ("11000201100044", "Ministère 110002011", true, false),
            ("13002526500013", "Établissement public national 130025265", true, false),
            ("73282932000074", "Société 732829320", false, false),
        ];
        for (siret, name, public, commune) in rows {
            let made_up = establishment(&Siret::parse(siret).expect("a SIRET"));

            assert_eq!(made_up.name, name);
            assert_eq!(made_up.is_public_service(), public, "{siret}");
            assert_eq!(made_up.is_commune(), commune, "{siret}");
            assert!(!made_up.is_one_person_business());
        }
    }
}
