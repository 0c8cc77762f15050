//! Owns the choice of identity providers for an email address: by its domain, compared exactly.

use crate::config::{BuiltIn, IdentityProvider};
use crate::email::EmailAddress;

/// What an address leads to.
#[derive(Debug)]
pub(crate) enum Route<'a> {
    /// No provider, and no default either.
    Nowhere,
    /// One provider.
    To(&'a IdentityProvider),
    /// Several, in the order in which they are offered.
    Choice(Vec<&'a IdentityProvider>),
}

/// Routes an address.
pub(crate) fn route<'a>(email: &EmailAddress, providers: &'a [IdentityProvider]) -> Route<'a> {
    let domain = email.domain();
    // How a provider that is not public yet is tried.
    let everything = email.local_part().ends_with("+proconnect");
    let mut candidates: Vec<_> = providers
        .iter()
        .filter(|provider| provider.has_domain(&domain))
        .filter(|provider| provider.routing_enabled || everything)
        .collect();
    if candidates.is_empty() {
        candidates.extend(providers.iter().find(|provider| provider.default));
    }
    match candidates.as_slice() {
        [] => Route::Nowhere,
        [only] => Route::To(only),
        _ => {
            candidates
                .sort_by_key(|provider| (is_identite(provider), collation_key(&provider.title)));
            Route::Choice(candidates)
        }
    }
}

/// The name under which a provider stands on the choice page.
pub(crate) fn choice_label(provider: &IdentityProvider) -> &str {
    if is_identite(provider) { "Autre (via ProConnect Identité)" } else { &provider.title }
}

/// ProConnect Identité stands last on the choice page.
pub(crate) fn is_identite(provider: &IdentityProvider) -> bool {
    provider.built_in == Some(BuiltIn::Identite)
}

/// French order as far as titles need it: case and the common accents do not count.
fn collation_key(title: &str) -> String {
    title
        .to_lowercase()
        .chars()
        .map(|letter| match letter {
            'à' | 'â' | 'ä' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn described(email: &str, default: bool) -> String {
        let providers = format!(
            "[hub]\nlisten = \"127.0.0.1:0\"\n[identite]\nlisten = \"127.0.0.1:0\"\n\
             [demo]\nlisten = \"127.0.0.1:0\"\n{}{}{}{}",
            entry("fia1", "Émeraude", "demo", "domains = [\"fia1.fr\", \"polyfi.fr\"]"),
            entry("fia2", "diamant", "demo", "domains = [\"polyfi.fr\", \"pci.fr\"]"),
            entry("fia3", "Caché", "demo", "domains = [\"cache.fr\"]\nrouting_enabled = false"),
            entry(
                "pci",
                "Identité",
                "identite",
                &format!("default = {default}\ndomains = [\"pci.fr\"]")
            ),
        );
        let config = Config::parse(&providers).expect("valid");
        let email = EmailAddress::parse(email).expect("valid");
        match route(&email, &config.identity_providers) {
            Route::Nowhere => "nowhere".to_owned(),
            Route::To(provider) => provider.uid.clone(),
            Route::Choice(several) => {
                several.into_iter().map(choice_label).collect::<Vec<_>>().join(" | ")
            }
        }
    }

    fn entry(uid: &str, title: &str, kind: &str, rest: &str) -> String {
        format!(
            "[[identity_provider]]\nuid = \"{uid}\"\ntitle = \"{title}\"\nbuilt_in = \"{kind}\"\n\
             client_id = \"c\"\nclient_secret = \"0123456789abcdef0123456789abcdef\"\n{rest}\n"
        )
    }

    #[test]
    fn addresses_are_routed_by_their_exact_domain() {
        let rows = [
            ("one provider", "a@fia1.fr", "fia1"),
            ("case does not count", "a@FIA1.fr", "fia1"),
            ("a sub-domain is another domain", "a@sub.fia1.fr", "pci"),
            ("an unknown domain goes to the default", "a@inconnu.fr", "pci"),
            ("several in French order", "a@polyfi.fr", "diamant | Émeraude"),
            ("Identité is last", "a@pci.fr", "diamant | Autre (via ProConnect Identité)"),
            ("routing switched off", "a@cache.fr", "pci"),
            ("+proconnect overrides that", "a+proconnect@cache.fr", "fia3"),
        ];
        for (row, email, expected) in rows {
            assert_eq!(described(email, true), expected, "{row}");
        }
        assert_eq!(described("a@inconnu.fr", false), "nowhere");
    }
}
