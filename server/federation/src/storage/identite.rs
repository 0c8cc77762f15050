//! The accounts of ProConnect Identité and what belongs to them. Addresses are given in lower
//! case.

mod accounts;
mod browsers;
mod contact_codes;
mod credentials;
mod deletion;
mod fixtures;
mod identities;
mod links;
mod moderations;
mod passkeys;
mod secrets;
mod sign_ins;
mod totp;

pub(crate) use accounts::StoredAccount;
pub(crate) use browsers::TrustedBrowser;
pub(crate) use fixtures::StoredFixture;
pub(crate) use identities::StoredIdentity;
pub(crate) use links::{Approval, NewLink, StoredLink};
pub(crate) use moderations::{NewModeration, StoredModeration};
pub(crate) use passkeys::{Ceremony, PasskeyUse, StoredPasskey};
pub(crate) use secrets::{NewSecret, Try};
pub(crate) use sign_ins::StoredSignIn;
pub(crate) use totp::StoredTotp;
