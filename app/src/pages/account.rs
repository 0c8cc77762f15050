//! The account: an overview, and a page for each part of it.

mod facts;
mod frame;
mod identity;
mod organisation;
mod overview;
mod refresh;
mod security;

pub(super) use identity::IdentityPage;
pub(super) use organisation::OrganisationPage;
pub(super) use overview::AccountPage;
pub(super) use security::SecurityPage;
