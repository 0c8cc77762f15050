//! Owns the people and organisations of the local ProConnect: invented stand-ins for the
//! register of establishments and the accounts of ProConnect Identité.

use std::collections::BTreeSet;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::Passkey;
use super::people::{ConfirmedIdentity, Leader};
use super::totp_secret::TotpSecret;
use super::{Config, ConfigError};
use crate::email::EmailAddress;
use crate::idp::LinkKind;
use crate::organisation::Headcount;
use crate::siret::Siret;

/// An establishment of the local register.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of the register")]
pub struct Organisation {
    /// Its SIRET.
    pub siret: Siret,
    /// The legal unit's full name.
    pub name: String,
    /// The establishment's own name, if it differs.
    pub sign: Option<String>,
    /// The four digits of its legal category (INSEE).
    pub legal_category: String,
    /// Whether the legal unit has ceased to exist.
    #[serde(default)]
    pub closed: bool,
    /// Whether the register may only show part of the entry.
    #[serde(default)]
    pub partial_diffusion: bool,
    /// Whether it is one of the State's operators.
    #[serde(default)]
    pub state_operator: bool,
    /// How many people the legal unit employs, as a code of INSEE.
    #[serde(default)]
    pub headcount: Headcount,
    /// The establishment's postal address.
    #[serde(default)]
    pub address: String,
    /// The code of its main activity (NAF), such as `84.11Z`.
    #[serde(default)]
    pub activity: String,
    /// Email domains about which something was decided.
    #[serde(default)]
    pub domains: Vec<EmailDomain>,
    /// The only email domains whose people may join; everyone's if empty.
    #[serde(default)]
    pub only_domains: Vec<String>,
    /// The addresses of a town hall or of a school, to which a code can be sent.
    #[serde(default)]
    pub contact_emails: Vec<EmailAddress>,
    /// Whether joining it needs a moderator's consent even where moderation is bypassed.
    #[serde(default)]
    pub needs_moderation: bool,
    /// The people whom the register of companies names as its leaders.
    #[serde(default)]
    pub leaders: Vec<Leader>,
}

/// What was decided about an email domain for one organisation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct EmailDomain {
    /// What stands after the `@`, in lower case.
    pub domain: String,
    /// The decision.
    #[serde(default)]
    pub status: DomainStatus,
}

/// The decisions about an email domain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainStatus {
    /// It belongs to the organisation.
    #[default]
    Verified,
    /// It is that of the town hall's or school's public address.
    OfficialContact,
    /// It was confirmed by a letter.
    TrackdechetsPostalMail,
    /// It belongs to a contractor of the organisation.
    External,
    /// Nobody looked at it yet.
    NotVerifiedYet,
    /// Its people may not join.
    Refused,
}

/// A test account of ProConnect Identité.
///
/// The password is written in clear because the account is a public fixture, which the home
/// page shows to everyone.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The address that names the account.
    pub email: EmailAddress,
    /// The password, in clear.
    #[serde(skip_serializing)]
    pub password: SecretString,
    /// Given names.
    pub given_name: String,
    /// Family name in use.
    pub usual_name: String,
    /// Telephone number.
    pub phone_number: Option<String>,
    /// The SIRETs of the organisations that the person belongs to.
    #[serde(default)]
    pub organisations: Vec<Siret>,
    /// The SIRETs of the organisations that have not confirmed the person yet.
    #[serde(default)]
    pub pending_organisations: Vec<Siret>,
    /// What else ties the person to organisations, and how.
    #[serde(default, rename = "link")]
    pub links: Vec<Link>,
    /// The organisations that refused the person.
    #[serde(default, rename = "rejected")]
    pub rejections: Vec<Rejection>,
    /// The passkeys that open the account, too.
    #[serde(default, rename = "passkey")]
    pub passkeys: Vec<Passkey>,
    /// The secret of the person's authenticator, in clear for the same reason as the password.
    pub totp_secret: Option<TotpSecret>,
    /// Whether every service gets a second factor, not only those that demand one.
    #[serde(default)]
    pub second_factor_everywhere: bool,
    /// How many days ago the person proved to read the address.
    #[serde(default)]
    pub email_verified_days_ago: u16,
    /// What FranceConnect said about the person.
    pub identity: Option<ConfirmedIdentity>,
    /// What a tester finds here, for the list of test accounts.
    #[serde(default)]
    pub description: String,
}

/// What ties a test account to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The organisation's SIRET.
    pub siret: Siret,
    /// How the link came about, under the name that the real one gives it.
    pub kind: String,
    /// Whether the person works for a contractor.
    #[serde(default)]
    pub is_external: bool,
    /// Whether a code from the organisation's official address is still to be typed.
    #[serde(default)]
    pub awaits_code: bool,
}

/// A request to join an organisation that a moderator refused.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// The organisation's SIRET.
    pub siret: Siret,
    /// What the person reads.
    pub reason: Option<String>,
    /// Whether the request may be corrected.
    #[serde(default)]
    pub allow_editing: bool,
}

impl Account {
    /// Checks that it can be written: every organisation exists, and nothing contradicts itself.
    pub(super) fn validate(&self, registered: &Config) -> Result<(), ConfigError> {
        let refused = |reason: String| {
            Err(ConfigError::Inconsistent(format!("[[account]] \"{}\" {reason}", self.email)))
        };
        let links = self.links.iter().map(|link| &link.siret);
        let rejections = self.rejections.iter().map(|rejection| &rejection.siret);
        let members = self.organisations.iter().chain(links);
        let named = members.clone().chain(&self.pending_organisations).chain(rejections);
        for siret in named {
            if !registered.knows(siret) {
                return refused(format!("names SIRET {siret}, which no [[organisation]] has"));
            }
        }
        let mut seen = BTreeSet::new();
        for siret in members {
            if !seen.insert(siret.as_str()) {
                return refused(format!("belongs to SIRET {siret} twice"));
            }
        }
        if let Some(identity) = &self.identity
            && registered.citizen(&identity.citizen).is_none()
        {
            return refused(format!("is \"{}\", who is no [[citizen]]", identity.citizen));
        }
        if self.second_factor_everywhere && self.totp_secret.is_none() && self.passkeys.is_empty() {
            return refused("has a second factor asked for everywhere, and none".to_owned());
        }
        for Link { siret, kind, awaits_code, .. } in &self.links {
            let Some(known) = LinkKind::parse(kind) else {
                return refused(format!("has a link of an unknown kind, \"{kind}\""));
            };
            let contacts = registered.establishment(siret).map(|found| found.contact_emails);
            let mailed = known == LinkKind::CodeSentToOfficialContactEmail
                && contacts.is_some_and(|contacts| !contacts.is_empty());
            if *awaits_code && !mailed {
                return refused(format!("awaits a code that nobody sends for SIRET {siret}"));
            }
        }
        Ok(())
    }
}
