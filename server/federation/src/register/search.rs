//! Owns the search for establishments: by SIRET, by the beginning of it, or by words of their
//! name. Case and accents do not count; what fits best comes first.

use crate::config::{Config, Organisation};
use crate::folding::folded;
use crate::siret::Siret;

/// How many results are shown.
const RESULTS: usize = 10;
/// A SIREN; fewer digits say too little.
const SIREN: usize = 9;

/// How well a name fits; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Same,
    Beginning,
    Words,
    BeginningOfWords,
    Somewhere,
}

impl Config {
    /// The open establishments that fit a search, the best first.
    pub(crate) fn search(&self, query: &str) -> Vec<Organisation> {
        let digits: String = query.chars().filter(|c| !c.is_whitespace()).collect();
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.search_number(&digits);
        }
        let wanted = folded(query);
        let mut found: Vec<(Fit, &Organisation)> = self
            .known_establishments()
            .filter(|known| !known.closed && !known.partial_diffusion)
            .filter_map(|known| best_fit(&wanted, known).map(|fit| (fit, known)))
            .collect();
        found.sort_by(|(left, a), (right, b)| left.cmp(right).then_with(|| a.name.cmp(&b.name)));
        found.into_iter().take(RESULTS).map(|(_, known)| known.clone()).collect()
    }

    fn search_number(&self, digits: &str) -> Vec<Organisation> {
        if let Ok(siret) = Siret::parse(digits) {
            return self.establishment(&siret).filter(|found| !found.closed).into_iter().collect();
        }
        if digits.len() < SIREN {
            return Vec::new();
        }
        let open = self.known_establishments().filter(|known| !known.closed);
        open.filter(|known| known.siret.as_str().starts_with(digits))
            .take(RESULTS)
            .cloned()
            .collect()
    }
}

fn best_fit(wanted: &[String], organisation: &Organisation) -> Option<Fit> {
    let names = [Some(&organisation.name), organisation.sign.as_ref()];
    let each = names.into_iter().flatten().filter_map(|name| fit(wanted, &folded(name)));
    each.min().or_else(|| fit(wanted, &folded(&organisation.label())))
}

fn fit(wanted: &[String], name: &[String]) -> Option<Fit> {
    let all = |fits: fn(&str, &str) -> bool| {
        wanted.iter().all(|word| name.iter().any(|known| fits(known, word)))
    };
    if wanted.is_empty() {
        None
    } else if name == wanted {
        Some(Fit::Same)
    } else if name.starts_with(wanted) {
        Some(Fit::Beginning)
    } else if all(|known, word| known == word) {
        Some(Fit::Words)
    } else if all(|known, word| known.starts_with(word)) {
        Some(Fit::BeginningOfWords)
    } else if all(|known, word| known.contains(word)) {
        Some(Fit::Somewhere)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str) -> Vec<String> {
        let config = Config::parse(crate::SAMPLE).expect("the sample parses");
        config.search(query).iter().map(|found| found.siret.to_string()).collect()
    }

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        let expected = ["11000201100044"];

        assert_eq!(found("MINISTÈRE de l’Économie"), expected);
        assert_eq!(found("  economie, ministere "), expected);
        assert_eq!(found("chorus"), expected);
    }

    #[test]
    fn what_fits_best_comes_first() {
        let config = Config::parse(crate::SAMPLE).expect("the sample parses");
        let names = |query: &str| -> Vec<String> {
            config.search(query).into_iter().map(|found| found.name).collect()
        };

        assert_eq!(names("commune de nantes")[0], "Commune de nantes");
        assert_eq!(names("danone"), ["Danone"]);
        let some = names("de nulle");
        assert!(some.iter().any(|name| name == "Les amis de nulle-part"), "{some:?}");
        let amis = names("amis");
        assert_eq!(amis[0], "Les amis de nulle-part");
    }

    #[test]
    fn numbers_are_looked_up() {
        assert_eq!(found("216 901 231 00011"), ["21690123100011"]);
        assert_eq!(found("216901231"), ["21690123100011"], "a SIREN");
        assert_eq!(found("73282932000074"), ["73282932000074"], "made up");
        assert!(found("2169").is_empty(), "too short");
        assert!(found("21690123100012").is_empty(), "a wrong key");
    }

    #[test]
    fn closed_and_hidden_ones_are_not_found_by_name() {
        assert!(found("entreprise fermee").is_empty());
        assert!(found("discrete").is_empty());
        assert!(found("").is_empty() && found("…").is_empty());
    }
}
