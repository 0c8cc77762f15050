//! Owns the code that ties a person to a town hall or a school: it goes to the organisation's official
//! address, and whoever can be given it there belongs to it.

use std::sync::LazyLock;

use crate::email::EmailAddress;
use crate::folding::folded;
use crate::idp::limits::Limit;
use crate::idp::{Account, Idp};
use crate::mail::Letter;
use crate::provider::PageError;
use crate::secret::{Token, TokenHash, random_choice};
use crate::siret::Siret;

/// How long a code is good for, in seconds.
const LIFETIME: i64 = 3600;

/// The words of the codes. Two of 757 make 573 049 codes, a little more than 19 bits: enough with ten
/// tries in an hour, and easy to dictate.
static WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../data/words.txt").lines().collect());

/// Where a person stands with an organisation's official address.
#[derive(Debug)]
pub(crate) enum ContactCheck {
    /// No code is awaited.
    NotNeeded,
    /// No code is on its way, and one of these addresses is to receive it.
    Choose(Vec<EmailAddress>),
    /// A code was mailed to an address.
    Sent {
        contact: EmailAddress,
        /// Whether it could have been another one.
        has_others: bool,
        /// Whether it left just now.
        now: bool,
    },
}

impl Idp {
    /// The organisations whose official address is still to confirm a person.
    pub(crate) async fn awaiting_code(&self, account: &Account) -> Result<Vec<Siret>, PageError> {
        let sirets = self.store.identite_links_awaiting_code(account.id).await?;
        Ok(sirets.iter().filter_map(|siret| Siret::parse(siret).ok()).collect())
    }

    /// What is to be done about an organisation's official address. If there is no choice, a code
    /// leaves now, unless one is on its way.
    pub(crate) async fn check_contact(
        &self,
        account: &Account,
        siret: &Siret,
    ) -> Result<ContactCheck, PageError> {
        let link = self.store.identite_link(account.id, siret.as_str()).await?;
        if !link.is_some_and(|link| link.awaits_code) {
            return Ok(ContactCheck::NotNeeded);
        }
        let contacts = self.contacts(siret);
        let has_others = contacts.len() > 1;
        let sent = self.store.contact_code(account.id, siret.as_str(), self.clock.unix()).await?;
        if let Some(sent) = sent
            && let Some(contact) = named(&contacts, &sent.contact)
        {
            return Ok(ContactCheck::Sent { contact: contact.clone(), has_others, now: false });
        }
        match contacts.as_slice() {
            [only] => {
                self.send_contact_code(account, siret, only).await?;
                Ok(ContactCheck::Sent { contact: only.clone(), has_others, now: true })
            }
            // Nothing to choose from either, if the register lost its addresses: joining anew decides.
            _ => Ok(ContactCheck::Choose(contacts)),
        }
    }

    /// Sends a code to one of the organisation's addresses; the former code is void. `false` if the
    /// address is none of them, or if no code is awaited.
    pub(crate) async fn mail_contact(
        &self,
        account: &Account,
        siret: &Siret,
        contact: &str,
    ) -> Result<bool, PageError> {
        let contacts = self.contacts(siret);
        match named(&contacts, contact) {
            Some(contact) => self.send_contact_code(account, siret, contact).await,
            None => Ok(false),
        }
    }

    /// Takes a typed code; `false` if it is wrong.
    pub(crate) async fn confirm_contact(
        &self,
        account: &Account,
        siret: &Siret,
        typed: &str,
    ) -> Result<bool, PageError> {
        self.count_try(Limit::ContactCode, &account.email).await?;
        let hash = hash(account, siret, typed);
        match self.store.contact_code(account.id, siret.as_str(), self.clock.unix()).await? {
            Some(sent) if hash.equals(&sent.hash) => {
                Ok(self.store.use_contact_code(account.id, siret.as_str(), &hash).await?)
            }
            _ => Ok(false),
        }
    }

    async fn send_contact_code(
        &self,
        account: &Account,
        siret: &Siret,
        contact: &EmailAddress,
    ) -> Result<bool, PageError> {
        // By person, and by address: nobody's mailbox is flooded by many accounts.
        self.count_try(Limit::SendContactCode, &account.email).await?;
        self.count_try(Limit::SendContactCode, contact).await?;
        let (code, expires_at) = (draw(), self.clock.unix() + LIFETIME);
        let hash = hash(account, siret, &code);
        let link = (account.id, siret.as_str());
        if !self.store.put_contact_code(link, contact.as_str(), &hash, expires_at).await? {
            return Ok(false);
        }
        let label = self.establishment(siret).map(|found| found.label()).unwrap_or_default();
        let (person, email) = (account.full_name(), &account.email);
        let letter = Letter::new("[ProConnect] Authentifier un email sur ProConnect")
            .line(format!("{person} ({email}) demande à représenter {label} sur ProConnect."))
            .line(
                "Si vous connaissez cette personne et qu’elle fait partie de votre organisation, \
                 transmettez-lui ce code :",
            )
            .line(code)
            .line("Il est valable une heure. Si vous ne la connaissez pas, ignorez ce message.");
        Ok(self.mailbox.deliver(contact.as_str(), letter).await.map(|()| true)?)
    }

    /// The official addresses of an organisation.
    pub(crate) fn contacts(&self, siret: &Siret) -> Vec<EmailAddress> {
        self.establishment(siret).map(|found| found.contact_emails).unwrap_or_default()
    }
}

fn named<'c>(contacts: &'c [EmailAddress], address: &str) -> Option<&'c EmailAddress> {
    contacts.iter().find(|contact| contact.as_str() == address)
}

/// Two words.
fn draw() -> String {
    let word = || random_choice(&WORDS).copied().unwrap_or_default();
    format!("{}-{}", word(), word())
}

/// The hash names account and organisation, so that equal codes do not look alike. Neither case nor
/// accents count, nor what stands between the words.
fn hash(account: &Account, siret: &Siret, code: &str) -> TokenHash {
    let code = folded(code).join("-");
    Token::presented(&format!("{}\n{siret}\n{code}", account.id)).hash()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn words_are_short_plain_and_different_whatever_their_accents() {
        let plain: BTreeSet<String> = WORDS.iter().flat_map(|word| folded(word)).collect();

        assert_eq!(WORDS.len(), 757);
        assert_eq!(plain.len(), WORDS.len());
        for word in &plain {
            assert!((3..=9).contains(&word.len()), "{word}");
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
        assert!(WORDS.iter().all(|word| word.chars().all(char::is_lowercase)));
    }

    #[test]
    fn a_code_is_two_words() {
        let code = draw();

        let words: Vec<&str> = code.split('-').collect();
        assert!(words.len() == 2 && words.iter().all(|word| WORDS.contains(word)), "{code}");
    }
}
