//! The accounts of ProConnect Identité and what belongs to them. Addresses are given in lower
//! case.

mod accounts;
mod fixtures;

pub(crate) use accounts::StoredAccount;
pub(crate) use fixtures::StoredFixture;
