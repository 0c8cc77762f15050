//! A build without the local ProConnect: an issuer must be configured.

use std::future::{self, Ready};
use std::sync::Arc;

use anyhow::anyhow;

use crate::auth::settings::RelyingParty;
use crate::clock::Clock;
use crate::config::{Config, PublicUrl};

/// Never exists in this build.
pub(crate) enum Local {}

impl Local {
    pub(crate) fn start(
        _config: &Config,
        _public_url: &PublicUrl,
        _clock: Arc<dyn Clock>,
    ) -> Ready<anyhow::Result<Self>> {
        future::ready(Err(anyhow!(
            "PROCONNECT_ISSUER is needed: this build has no local ProConnect"
        )))
    }

    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        match *self {}
    }

    pub(crate) fn relying_party(
        &self,
        _config: &Config,
        _public_url: &PublicUrl,
    ) -> anyhow::Result<RelyingParty> {
        match *self {}
    }

    pub(crate) fn welcome(&self) -> String {
        match *self {}
    }

    pub(crate) fn stop(self) -> Ready<()> {
        match self {}
    }
}
