//! Owns which addresses count as free ones, which anybody can open: they say nothing about the
//! organisation that a person works for.

use serde::{Deserialize, Serialize};

/// Providers of free addresses in France and elsewhere.
const DOMAINS: &[&str] = &[
    "9online.fr",
    "aliceadsl.fr",
    "aol.com",
    "aol.fr",
    "bbox.fr",
    "cegetel.net",
    "club-internet.fr",
    "ecomail.fr",
    "fastmail.com",
    "free.fr",
    "gmail.com",
    "gmx.com",
    "gmx.fr",
    "googlemail.com",
    "hotmail.be",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "infonie.fr",
    "laposte.net",
    "libertysurf.fr",
    "live.com",
    "live.fr",
    "mac.com",
    "mailo.com",
    "me.com",
    "msn.com",
    "neuf.fr",
    "noos.fr",
    "numericable.fr",
    "orange.fr",
    "outlook.com",
    "outlook.fr",
    "pm.me",
    "posteo.net",
    "proton.me",
    "protonmail.com",
    "sfr.fr",
    "tutanota.com",
    "voila.fr",
    "wanadoo.fr",
    "yahoo.com",
    "yahoo.fr",
    "ymail.com",
    "yopmail.com",
    "zoho.com",
];

/// Which domains are taken for free ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FreeEmails {
    /// None: every address counts as a professional one, as in the sandbox.
    #[default]
    None,
    /// Those of well-known providers.
    Listed,
    /// All.
    All,
}

impl FreeEmails {
    /// Whether a domain, in lower case, is one of a free provider.
    pub(crate) fn include(self, domain: &str) -> bool {
        match self {
            Self::None => false,
            Self::Listed => DOMAINS.binary_search(&domain).is_ok(),
            Self::All => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_that_it_is_searched_in() {
        assert!(DOMAINS.is_sorted());
    }

    #[test]
    fn the_setting_decides_which_domains_are_free() {
        assert!(!FreeEmails::None.include("gmail.com"));
        assert!(FreeEmails::Listed.include("gmail.com"));
        assert!(!FreeEmails::Listed.include("clamart.fr"));
        assert!(FreeEmails::All.include("clamart.fr"));
    }
}
