//! Owns the hub's view of identity providers: each by its registration of this moment, with the
//! request that it is sent.

mod register;
mod request;

use std::ops::Deref;

use crate::config::IdentityProvider;
use crate::openid_client::OpenIdClient;

pub(crate) use register::{Origins, Upstreams};
pub(crate) use request::{Asker, Attempt, authorization_url};

/// One identity provider as the hub uses it.
#[derive(Debug)]
pub(crate) struct Upstream {
    provider: IdentityProvider,
    client: OpenIdClient,
}

impl Upstream {
    pub(crate) fn provider(&self) -> &IdentityProvider {
        &self.provider
    }

    pub(crate) fn redirect_uri(&self) -> &str {
        &self.client.terms.redirect_uri
    }
}

impl Deref for Upstream {
    type Target = OpenIdClient;

    fn deref(&self) -> &OpenIdClient {
        &self.client
    }
}
