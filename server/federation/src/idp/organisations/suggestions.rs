//! Owns which organisations a person without one is offered: those that their email domain was
//! approved for.

use std::collections::BTreeMap;

use crate::config::{Config, DomainStatus, Organisation};
use crate::email::EmailAddress;
use crate::idp::{Account, FreeEmails, Idp};
use crate::provider::PageError;

/// How many are offered without looking at their size.
const FEW: usize = 3;
/// The share of a domain's members that an organisation needs where there are more, as a divisor.
const SHARE: i64 = 5;

impl Idp {
    /// The organisations that are offered to a person, those with most members first.
    pub(crate) async fn suggestions(
        &self,
        account: &Account,
    ) -> Result<Vec<Organisation>, PageError> {
        let registered = self.directory.current();
        if !account.organisations.is_empty() || !is_suggestible(&registered, &account.email) {
            return Ok(Vec::new());
        }
        let members = self.store.identite_members_of_domain(&account.email.domain()).await?;
        let members: BTreeMap<String, i64> = members.into_iter().collect();
        Ok(ranked(registered.of_domain(&account.email.domain()), &members))
    }
}

/// Free addresses say nothing, and the domains of school districts are shared by too many.
fn is_suggestible(registered: &Config, email: &EmailAddress) -> bool {
    let domain = email.domain();
    let district = domain.strip_suffix(".fr").is_some_and(|name| name.starts_with("ac-"));
    !district && !registered.identite.free_emails.include(&domain)
}

/// Puts the largest first; of many, keeps those that a good part of the members belong to.
fn ranked(mut found: Vec<Organisation>, members: &BTreeMap<String, i64>) -> Vec<Organisation> {
    let count = |organisation: &Organisation| -> i64 {
        members.get(organisation.siret.as_str()).copied().unwrap_or_default()
    };
    found.sort_by_key(|organisation| std::cmp::Reverse(count(organisation)));
    if found.len() > FEW {
        let all: i64 = members.values().sum();
        found.retain(|organisation| count(organisation) * SHARE >= all);
    }
    found
}

impl Organisation {
    /// Whether the people of a domain belong to it without further proof.
    pub(crate) fn has_approved(&self, domain: &str, free: FreeEmails) -> bool {
        self.approved_domains(free).any(|(known, _)| known == domain)
    }

    /// The domains whose people belong to it: those that somebody approved, and that of a town
    /// hall's own address unless a decision says otherwise.
    pub(crate) fn approved_domains(
        &self,
        free: FreeEmails,
    ) -> impl Iterator<Item = (String, DomainStatus)> {
        let approved =
            |status| !matches!(status, DomainStatus::Refused | DomainStatus::NotVerifiedYet);
        let listed = self.domains.iter().filter(move |known| approved(known.status));
        let listed = listed.map(|known| (known.domain.clone(), known.status));
        let town_hall = self.is_commune() && !self.is_public_school();
        let contacts = self.contact_emails.iter().filter(move |_| town_hall);
        let official = contacts.map(EmailAddress::domain).filter(move |domain| {
            !free.include(domain) && !self.domains.iter().any(|known| known.domain == *domain)
        });
        listed.chain(official.map(|domain| (domain, DomainStatus::OfficialContact)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::siret::Siret;

    fn organisation(siret: &str) -> Organisation {
        Organisation::plain(Siret::parse(siret).expect("a SIRET"), "Nom".to_owned(), "7389")
    }

    #[test]
    fn free_addresses_and_school_districts_suggest_nothing() {
        let mut registered = Config::parse(crate::SAMPLE).expect("the sample parses");
        registered.identite.free_emails = FreeEmails::Listed;
        for (email, expected) in [
            ("a@gmail.com", false),
            ("a@ac-rennes.fr", false),
            ("a@academie.fr", true),
            ("a@def.gouv.fr", true),
        ] {
            let email = EmailAddress::parse(email).expect("an address");
            assert_eq!(is_suggestible(&registered, &email), expected, "{email}");
        }
    }

    #[test]
    fn of_many_only_those_with_a_fifth_of_the_members_stay() {
        let sirets = ["21690123100011", "21310555400017", "21440109300015", "21350238800019"];
        let members: BTreeMap<String, i64> =
            sirets.iter().map(|siret| (*siret).to_owned()).zip([1, 10, 4, 5]).collect();
        let names = |found: Vec<Organisation>| -> Vec<String> {
            found.into_iter().map(|found| found.siret.to_string()).collect()
        };

        let few = ranked(sirets[..3].iter().map(|siret| organisation(siret)).collect(), &members);
        assert_eq!(names(few), [sirets[1], sirets[2], sirets[0]]);
        let many = ranked(sirets.iter().map(|siret| organisation(siret)).collect(), &members);
        assert_eq!(names(many), [sirets[1], sirets[3], sirets[2]]);
    }
}
