//! The local ProConnect, started beside the application when no issuer is configured.
//!
//! The only file that knows the `federation` crate. Once started, the application talks to it like to
//! any provider: over HTTP.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use federation::{Federation, Parts};
use openidconnect::IssuerUrl;
use secrecy::SecretString;

use crate::auth::settings::RelyingParty;
use crate::clock::Clock;
use crate::config::{CALLBACK_PATH, Config, LOGOUT_CALLBACK_PATH, PublicUrl};

/// The running local ProConnect, and the application's registration there.
pub(crate) struct Local {
    federation: Federation,
    credentials: (String, SecretString),
}

impl Local {
    /// Starts it from its configuration file, or the sample. The application is its first service,
    /// or the one with the configured client identifier; its addresses are made to fit.
    pub(crate) async fn start(
        config: &Config,
        public_url: &PublicUrl,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        let text = match &config.federation.federation_config {
            Some(path) => std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?,
            None => federation::SAMPLE.to_owned(),
        };
        let mut settings = federation::Config::parse(&text)
            .context("the configuration of the local ProConnect is wrong")?;
        let wanted = config.provider.proconnect_client_id.as_deref();
        let service = settings
            .services
            .iter_mut()
            .find(|service| wanted.is_none_or(|client_id| service.client_id == client_id))
            .context("the local ProConnect has no service for this application")?;
        service.redirect_uris = vec![public_url.join(CALLBACK_PATH).into()];
        service.post_logout_redirect_uris = vec![public_url.join(LOGOUT_CALLBACK_PATH).into()];
        let credentials = (service.client_id.clone(), service.client_secret.expose().into());
        let data_dir = config.http.app_data_dir.join("federation");
        let parts = Parts { clock: Arc::new(Given(clock)), data_dir: Some(data_dir), events: None };
        let federation = Federation::start(settings, parts).await?;
        Ok(Self { federation, credentials })
    }

    /// The time there, which a developer can move: the application goes by it, so that sessions
    /// age along with ProConnect's, and its tokens never seem to come from the future.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(Followed(self.federation.clock()))
    }

    /// The application's settings there.
    pub(crate) fn relying_party(
        &self,
        config: &Config,
        public_url: &PublicUrl,
    ) -> anyhow::Result<RelyingParty> {
        let issuer = IssuerUrl::from_url(self.federation.addresses().issuer.clone());
        Ok(config.provider.relying_party(issuer, self.credentials.clone(), public_url)?)
    }

    /// Its addresses and test accounts, for people.
    pub(crate) fn welcome(&self) -> String {
        let addresses = self.federation.addresses();
        let mut text = format!(
            "  Local ProConnect     {}\n  ProConnect Identité  {}\n  Demo administrations {}\n  \
             Mail sink            {}\n\n    \
             Test account                         password             leads to\n",
            addresses.hub, addresses.identite, addresses.demo, addresses.mail
        );
        for account in self.federation.test_accounts() {
            let password = account.password.as_deref().unwrap_or("(none)");
            let _infallible =
                writeln!(text, "    {:<36} {password:<20} {}", account.email, account.provider);
        }
        text
    }

    /// Stops it; requests in flight finish.
    pub(crate) async fn stop(self) {
        self.federation.stop().await;
    }
}

/// The application's time, as the local ProConnect asks for it.
struct Given(Arc<dyn Clock>);

impl fmt::Debug for Given {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Given")
    }
}

impl federation::Clock for Given {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}

/// The local ProConnect's time, as the application asks for it.
struct Followed(Arc<dyn federation::Clock>);

impl Clock for Followed {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}
