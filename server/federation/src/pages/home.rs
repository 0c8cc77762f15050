//! The developer's home page.

use askama::Template;

use crate::config::{Config, IdentityProvider, Profile, Service};
use crate::protocol::SigningAlg;
use crate::{Addresses, TestAccount, test_accounts};

/// What is there, and with which accounts to try it.
#[derive(Debug, Template)]
#[template(path = "hub/home.html")]
pub(crate) struct HomePage {
    issuer: String,
    identite: String,
    demo: String,
    profile: &'static str,
    services: Vec<ServiceRow>,
    providers: Vec<ProviderRow>,
    accounts: Vec<TestAccount>,
}

/// A registered service.
#[derive(Debug)]
struct ServiceRow {
    name: String,
    client_id: String,
    redirect_uris: Vec<String>,
    algorithms: String,
}

/// A registered identity provider.
#[derive(Debug)]
struct ProviderRow {
    uid: String,
    title: String,
    domains: String,
    algorithms: String,
    active: bool,
}

impl HomePage {
    /// The page for what is registered now.
    pub(crate) fn of(registered: &Config, addresses: &Addresses) -> Self {
        let origin = |url: &url::Url| url.as_str().trim_end_matches('/').to_owned();
        Self {
            issuer: addresses.issuer.to_string(),
            identite: origin(&addresses.identite),
            demo: origin(&addresses.demo),
            profile: match registered.profile {
                Profile::Synthesis2025 => "2025",
                Profile::Production2026 => "2026",
            },
            services: registered.services.iter().filter(|s| s.active).map(ServiceRow::of).collect(),
            providers: registered.identity_providers.iter().map(ProviderRow::of).collect(),
            accounts: test_accounts::list(registered),
        }
    }
}

impl ServiceRow {
    fn of(service: &Service) -> Self {
        Self {
            name: service.name.clone(),
            client_id: service.client_id.clone(),
            redirect_uris: service.redirect_uris.clone(),
            algorithms: algorithms(
                service.id_token_signed_response_alg,
                service.userinfo_signed_response_alg,
            ),
        }
    }
}

impl ProviderRow {
    fn of(provider: &IdentityProvider) -> Self {
        Self {
            uid: provider.uid.clone(),
            title: provider.title.clone(),
            domains: if provider.default {
                "tous les autres".to_owned()
            } else {
                provider.domains.join(", ")
            },
            algorithms: algorithms(
                provider.id_token_signed_response_alg,
                provider.userinfo_signed_response_alg,
            ),
            active: provider.active,
        }
    }
}

fn algorithms(id_token: SigningAlg, userinfo: Option<SigningAlg>) -> String {
    let userinfo = userinfo.map_or("JSON", SigningAlg::as_str);
    format!("id_token {}, userinfo {userinfo}", id_token.as_str())
}
