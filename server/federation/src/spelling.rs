//! Owns the judgement whether an email address can exist, and which one was probably meant.
//!
//! The real federation asks the DNS whether a domain takes mail. This one never asks the network,
//! so it judges by spelling alone: a domain that nobody knows but that looks like a known one is
//! taken for a misspelling, a domain that can never exist is refused, and any other is believed.

use strsim::osa_distance;

use crate::config::Config;
use crate::email::EmailAddress;

/// How many letters a misspelling may change at most…
const MOST_CHANGES: usize = 3;
/// …and how many letters there must be for each that is changed: short names resemble each
/// other by chance.
const LETTERS_A_CHANGE: usize = 3;

/// Domains of free mail and of access providers.
const FREE_MAIL: &[&str] = &[
    "aliceadsl.fr",
    "aol.com",
    "bbox.fr",
    "club-internet.fr",
    "free.fr",
    "gmail.com",
    "gmx.com",
    "gmx.fr",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "live.com",
    "live.fr",
    "mail.com",
    "mailo.com",
    "me.com",
    "msn.com",
    "neuf.fr",
    "numericable.fr",
    "orange.fr",
    "outlook.com",
    "outlook.fr",
    "proton.me",
    "protonmail.com",
    "sfr.fr",
    "wanadoo.fr",
    "yahoo.com",
    "yahoo.fr",
    "yopmail.com",
    "ymail.com",
];

/// Domains of the State.
const GOUV: &[&str] = &[
    "agriculture.gouv.fr",
    "beta.gouv.fr",
    "culture.gouv.fr",
    "developpement-durable.gouv.fr",
    "dgfip.finances.gouv.fr",
    "diplomatie.gouv.fr",
    "douane.finances.gouv.fr",
    "education.gouv.fr",
    "emploi.gouv.fr",
    "enseignementsup.gouv.fr",
    "finances.gouv.fr",
    "gendarmerie.interieur.gouv.fr",
    "interieur.gouv.fr",
    "intradef.gouv.fr",
    "justice.gouv.fr",
    "modernisation.gouv.fr",
    "numerique.gouv.fr",
    "outre-mer.gouv.fr",
    "pm.gouv.fr",
    "recherche.gouv.fr",
    "sante.gouv.fr",
    "sg.social.gouv.fr",
    "social.gouv.fr",
    "sports.gouv.fr",
    "ssi.gouv.fr",
    "travail.gouv.fr",
];

/// Top-level domains in which organisations here are usually found.
const USUAL: &[&str] = &["com", "eu", "fr", "net", "org"];

/// Top-level domains that never lead anywhere (RFC 6761).
const NOWHERE: &[&str] = &["invalid", "localhost"];

/// What an address looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As good as any.
    Plausible,
    /// Wrong; another address may be meant.
    Doubtful(Option<EmailAddress>),
}

/// Judges an address by its domain.
pub(crate) fn judge(email: &EmailAddress, config: &Config) -> Spelling {
    let domain = email.domain();
    let known = || {
        let of_providers = config.identity_providers.iter().flat_map(|provider| &provider.domains);
        let configured = of_providers.chain(&config.mire.accepted_domains).map(String::as_str);
        configured.chain(FREE_MAIL.iter().chain(GOUV).copied())
    };
    if known().any(|other| other.eq_ignore_ascii_case(&domain)) {
        return Spelling::Plausible;
    }
    let most = MOST_CHANGES.min(domain.len() / LETTERS_A_CHANGE);
    let meant = known()
        .map(|other| (osa_distance(&domain, &other.to_ascii_lowercase()), other))
        .filter(|(distance, other)| *distance <= most && !is_neighbour(&domain, other))
        // The first of several, and providers come first.
        .min_by_key(|(distance, _)| *distance)
        .and_then(|(_, other)| {
            EmailAddress::parse(&format!("{}@{other}", email.local_part())).ok()
        });
    let nowhere = domain.rsplit('.').next().is_some_and(|top| NOWHERE.contains(&top));
    if meant.is_none() && !nowhere { Spelling::Plausible } else { Spelling::Doubtful(meant) }
}

/// Whether two domains resemble each other without one being a misspelling of the other: they
/// differ in digits only, as `fia4.fr` and `fia1.fr`, or they are the same name in another usual
/// top-level domain, as `orange.com` and `orange.fr`.
fn is_neighbour(domain: &str, other: &str) -> bool {
    let blank = |c: char| if c.is_ascii_digit() { '0' } else { c.to_ascii_lowercase() };
    let numbered = domain.chars().map(blank).eq(other.chars().map(blank));
    let namesake = match (domain.rsplit_once('.'), other.rsplit_once('.')) {
        (Some((name, top)), Some((known, _))) => {
            name.eq_ignore_ascii_case(known) && USUAL.contains(&top)
        }
        _ => false,
    };
    numbered || namesake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_domains_are_corrected_and_others_believed() {
        let mut config = Config::parse(crate::SAMPLE).expect("the sample parses");
        config.mire.accepted_domains = vec!["abcde.com".to_owned()];
        let plausible = Spelling::Plausible;
        let meant = |email: &str| Spelling::Doubtful(EmailAddress::parse(email).ok());
        let rows = [
            ("of a provider", "a@fia1.fr", plausible.clone()),
            ("in another case", "a@FIA1.fr", plausible.clone()),
            ("free mail", "a@gmail.com", plausible.clone()),
            ("of the State", "a@beta.gouv.fr", plausible.clone()),
            ("accepted by configuration", "a@abcde.com", plausible.clone()),
            ("like nothing else", "a@entreprise-inconnue.fr", plausible.clone()),
            ("short, and alike by chance", "a@fb.fr", plausible.clone()),
            ("another number", "a@fia4.fr", plausible.clone()),
            ("the same name elsewhere", "a@orange.com", plausible.clone()),
            ("a sub-domain", "a@sub.polyfi.fr", plausible),
            ("a letter left out", "a@fi1.fr", meant("a@fia1.fr")),
            ("another ending", "a@fia1.fe", meant("a@fia1.fr")),
            ("two letters exchanged", "Jean.D@gmial.com", meant("Jean.D@gmail.com")),
            ("three letters changed", "a@nomeriqu.gouf.fr", meant("a@numerique.gouv.fr")),
            ("four letters changed", "a@nomeric.gouf.fr", Spelling::Plausible),
            ("a domain that never exists", "a@administration.invalid", Spelling::Doubtful(None)),
        ];
        for (row, email, expected) in rows {
            let email = EmailAddress::parse(email).expect("well-formed");
            assert_eq!(judge(&email, &config), expected, "{row}");
        }
    }
}
