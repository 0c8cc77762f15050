//! The provider and our registration there.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration as StdDuration;

use chrono::Duration;
use openidconnect::{ClientId, ClientSecret, IssuerUrl};
use secrecy::{ExposeSecret as _, SecretString};

use super::duration::parse_duration;
use super::http::PublicUrl;
use super::{ConfigError, ProviderChoice, is_loopback, secret};
use crate::auth::http_client::Outbound;
use crate::auth::settings::{RelyingParty, SigningAlg, UserinfoFormat};

/// Path of the redirect URI.
pub const CALLBACK_PATH: &str = "/auth/callback";
/// Path of the post-logout redirect URI.
pub const LOGOUT_CALLBACK_PATH: &str = "/auth/logout/callback";

const DEFAULT_SCOPES: &str = "openid given_name usual_name email uid siret phone idp_id \
                              organization_label roles";

/// Options of the relying party.
#[derive(Debug, clap::Args)]
pub struct ProviderOptions {
    /// Issuer, byte for byte as in its discovery document; unset: the local ProConnect.
    #[arg(long, env = "PROCONNECT_ISSUER", value_name = "URL")]
    pub proconnect_issuer: Option<String>,
    /// Client identifier.
    #[arg(long, env = "PROCONNECT_CLIENT_ID", value_name = "ID")]
    pub proconnect_client_id: Option<String>,
    /// Client secret; or PROCONNECT_CLIENT_SECRET_FILE.
    #[arg(long, env = "PROCONNECT_CLIENT_SECRET", hide_env_values = true, value_name = "SECRET")]
    pub proconnect_client_secret: Option<SecretString>,
    /// File that holds the client secret.
    #[arg(long, env = "PROCONNECT_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub proconnect_client_secret_file: Option<PathBuf>,
    /// The one accepted algorithm of ID tokens: RS256, ES256 or HS256.
    #[arg(long, env = "PROCONNECT_ID_TOKEN_ALG", default_value = "RS256", value_name = "ALG")]
    pub proconnect_id_token_alg: SigningAlg,
    /// The one accepted algorithm of userinfo: RS256, ES256, HS256, or none for JSON.
    #[arg(long, env = "PROCONNECT_USERINFO_ALG", default_value = "RS256", value_name = "ALG")]
    pub proconnect_userinfo_alg: UserinfoFormat,
    /// Scopes to request, separated by spaces.
    #[arg(long, env = "PROCONNECT_SCOPES", default_value = DEFAULT_SCOPES, value_name = "SCOPES")]
    pub proconnect_scopes: String,
    /// Levels (acr) accepted at sign-in, separated by spaces; empty: any.
    #[arg(long, env = "PROCONNECT_ACR", default_value = "", value_name = "LEVELS")]
    pub proconnect_acr: String,
    /// Sign visitors in without asking if ProConnect knows them already, once a browser session.
    #[arg(long, env = "SILENT_SIGN_IN")]
    pub silent_sign_in: bool,
    /// Let the provider end sessions by OpenID Connect Back-Channel Logout; ProConnect has it off.
    #[arg(long, env = "BACKCHANNEL_LOGOUT")]
    pub backchannel_logout: bool,
    /// A certificate authority to trust for the provider, besides the system's (PEM file).
    #[arg(long, env = "OUTBOUND_CA_FILE", value_name = "FILE")]
    pub outbound_ca_file: Option<PathBuf>,
    /// Addresses to use for host names of the provider: host:port=ip:port, separated by commas.
    #[arg(long, env = "OUTBOUND_RESOLVE", value_delimiter = ',', value_parser = parse_resolve,
          value_name = "HOST:PORT=ADDRESS")]
    pub outbound_resolve: Vec<(String, SocketAddr)>,
    /// How long the provider may take for one answer; ten seconds at most, whatever is said.
    #[arg(long, env = "OUTBOUND_TIMEOUT", default_value = "10s", value_parser = parse_duration,
          value_name = "DURATION")]
    pub outbound_timeout: Duration,
}

/// A person waits no longer, and what waits for a whole reading of the identity counts on it.
const LONGEST_TIMEOUT: StdDuration = StdDuration::from_secs(10);

impl ProviderOptions {
    /// The configured provider, or the choice of the local one.
    pub fn choice(&self, public_url: &PublicUrl) -> Result<ProviderChoice, ConfigError> {
        let Some(issuer) = &self.proconnect_issuer else { return Ok(ProviderChoice::Local) };
        let issuer = IssuerUrl::new(issuer.clone()).map_err(|_| ConfigError::Issuer)?;
        let client_id = self
            .proconnect_client_id
            .clone()
            .ok_or(ConfigError::MissingWithIssuer("PROCONNECT_CLIENT_ID"))?;
        let client_secret = secret(
            "PROCONNECT_CLIENT_SECRET",
            self.proconnect_client_secret.as_ref(),
            self.proconnect_client_secret_file.as_ref(),
        )?
        .ok_or(ConfigError::MissingWithIssuer("PROCONNECT_CLIENT_SECRET"))?;
        let party = self.relying_party(issuer, (client_id, client_secret), public_url)?;
        Ok(ProviderChoice::Configured(Box::new(party)))
    }

    /// Our settings at this issuer, with these credentials (identifier, secret).
    pub fn relying_party(
        &self,
        issuer: IssuerUrl,
        (client_id, client_secret): (String, SecretString),
        public_url: &PublicUrl,
    ) -> Result<RelyingParty, ConfigError> {
        if issuer.url().scheme() != "https" && !is_loopback(issuer.url()) {
            return Err(ConfigError::Insecure("PROCONNECT_ISSUER"));
        }
        Ok(RelyingParty {
            issuer,
            client_id: ClientId::new(client_id),
            client_secret: ClientSecret::new(client_secret.expose_secret().to_owned()),
            id_token_alg: self.proconnect_id_token_alg,
            userinfo: self.proconnect_userinfo_alg,
            scopes: words(&self.proconnect_scopes).filter(|scope| scope != "openid").collect(),
            accepted_acr: words(&self.proconnect_acr).collect(),
            redirect_uri: public_url.join(CALLBACK_PATH),
            post_logout_redirect_uri: public_url.join(LOGOUT_CALLBACK_PATH),
        })
    }

    /// How to reach the provider.
    pub fn outbound(&self) -> Outbound {
        Outbound {
            timeout: self.outbound_timeout.to_std().unwrap_or(LONGEST_TIMEOUT).min(LONGEST_TIMEOUT),
            ca_file: self.outbound_ca_file.clone(),
            resolve: self.outbound_resolve.clone(),
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_ascii_whitespace().map(str::to_owned)
}

fn parse_resolve(text: &str) -> Result<(String, SocketAddr), String> {
    let expected = || "expected host:port=ip:port".to_owned();
    let (name, address) = text.split_once('=').ok_or_else(expected)?;
    let (host, port) = name.rsplit_once(':').ok_or_else(expected)?;
    port.parse::<u16>().map_err(|_| expected())?;
    Ok((host.to_owned(), address.parse().map_err(|_| expected())?))
}
