//! Owns where the servers listen, under which address the world knows them, whether they can be
//! arranged while they run, and how the hub reaches identity providers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

use crate::idp::FreeEmails;

/// The federation itself: the provider that services talk to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hub {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Under which origin browsers and services reach it; `http://localhost:<port>` if absent.
    pub public_url: Option<Url>,
    /// Whom the error pages name.
    #[serde(default = "default_support")]
    pub support_email: String,
}

/// ProConnect Identité, the provider of all professionals whose administration has none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches")]
pub struct Identite {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Under which origin browsers and the hub reach it.
    pub public_url: Option<Url>,
    /// Whether a browser that is not known has to show a code sent by email.
    #[serde(default)]
    pub browser_check: bool,
    /// Whether each address of the network may ask for so many pages only.
    #[serde(default)]
    pub rate_limit_by_ip: bool,
    /// Which addresses count as free ones, which say nothing about a person's organisation.
    #[serde(default)]
    pub free_emails: FreeEmails,
    /// Whether people may join without a moderator where one would have to decide. Organisations
    /// with `needs_moderation` keep theirs.
    #[serde(default = "yes")]
    pub bypass_moderation: bool,
    /// Whether an organisation is made up for a valid SIRET that the register does not have.
    #[serde(default = "yes")]
    pub any_siret: bool,
}

/// The demo administrations, each below the path of its uid.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// Where they listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Under which origin browsers and the hub reach them.
    pub public_url: Option<Url>,
}

/// The mail sink, where all mails end.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailSink {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Under which origin browsers reach it.
    pub public_url: Option<Url>,
    /// The address that mails come from.
    pub sender: String,
    /// The mail server that delivers mails besides: `smtp://user:password@host:port`, or `smtps://…`.
    pub smtp: Option<SecretString>,
    /// The file that holds the password of the mail server, instead of the address.
    pub smtp_password_file: Option<PathBuf>,
}

impl Default for MailSink {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3400)),
            public_url: None,
            sender: "ne-pas-repondre@proconnect.example".to_owned(),
            smtp: None,
            smtp_password_file: None,
        }
    }
}

/// The API that arranges the running federation, below `/admin` on the hub.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admin {
    /// Whether it is there.
    pub enabled: bool,
}

impl Default for Admin {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// How the hub reaches identity providers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbound {
    /// A PEM file of certification authorities trusted on top of the system's.
    pub ca_file: Option<PathBuf>,
    /// Host names that are answered from here, without a look-up.
    #[serde(default)]
    pub resolve: BTreeMap<String, SocketAddr>,
}

fn yes() -> bool {
    true
}

fn default_support() -> String {
    "support@proconnect.example".to_owned()
}
