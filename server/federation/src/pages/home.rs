//! The developer's home page.

use askama::Template;

/// What is there, and with which accounts to try it.
#[derive(Debug, Template)]
#[template(path = "hub/home.html")]
pub(crate) struct HomePage {
    pub(crate) issuer: String,
    pub(crate) identite: String,
    pub(crate) demo: String,
    pub(crate) profile: &'static str,
    pub(crate) services: Vec<ServiceRow>,
    pub(crate) providers: Vec<ProviderRow>,
    pub(crate) accounts: Vec<crate::TestAccount>,
}

/// A registered service.
#[derive(Debug)]
pub(crate) struct ServiceRow {
    pub(crate) name: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) algorithms: String,
}

/// A registered identity provider.
#[derive(Debug)]
pub(crate) struct ProviderRow {
    pub(crate) uid: String,
    pub(crate) title: String,
    pub(crate) domains: String,
    pub(crate) algorithms: String,
    pub(crate) active: bool,
}
