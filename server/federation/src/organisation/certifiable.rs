//! Owns the question which organisations have leaders that a register names, so that one of them
//! can be certified. The legal categories stand in a file with its source.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::config::Organisation;

static COVERED: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    include_str!("../../data/certifiable-legal-forms.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(code, _)| code)
        .filter(|code| *code != "#")
        .collect()
});

impl Organisation {
    /// Whether its leaders can be certified.
    pub(crate) fn is_certifiable(&self) -> bool {
        !self.closed && COVERED.contains(self.legal_category.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::siret::Siret;

    fn organisation(category: &str) -> Organisation {
        let siret = Siret::parse("99990018600019").expect("valid");
        Organisation::plain(siret, "Nom".to_owned(), category)
    }

    #[test]
    fn companies_are_covered_and_associations_and_public_bodies_are_not() {
        for category in ["1000", "5499", "5710", "5720", "5599", "5485", "6540", "6533", "6220"] {
            assert!(organisation(category).is_certifiable(), "{category}");
        }
        for category in ["9220", "9230", "7210", "7120", "7389", "4110", "5546", "8450", ""] {
            assert!(!organisation(category).is_certifiable(), "{category}");
        }
        let closed = Organisation { closed: true, ..organisation("5710") };
        assert!(!closed.is_certifiable());
    }

    #[test]
    fn the_file_holds_codes_of_private_bodies_only() {
        assert!(COVERED.len() > 100);
        for code in COVERED.iter() {
            assert!(code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
            assert!(organisation(code).roles().is_empty(), "{code}");
        }
    }
}
