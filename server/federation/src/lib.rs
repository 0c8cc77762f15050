//! A local ProConnect: the federation, ProConnect Identité and demo administrations in one
//! process, without a network.
//!
//! It imitates what a service sees of the real federation: endpoints, parameters, errors, pages
//! and their test hooks, lifetimes and levels. The three kinds of server are separate OpenID
//! providers that talk HTTP to each other, so that each can be replaced by a foreign one.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::sync::Arc;
//! use federation::{Config, Federation, Parts, SystemClock};
//!
//! let config = Config::parse(federation::SAMPLE)?;
//! let parts = Parts { clock: Arc::new(SystemClock), data_dir: None, events: None };
//! let federation = Federation::start(config, parts).await?;
//! println!("{}", federation.addresses().issuer);
//! federation.stop().await;
//! # Ok(())
//! # }
//! ```

mod clock;
mod config;
mod controls;
mod demo;
mod directory;
mod email;
mod folding;
mod franceconnect;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod http;
mod hub;
mod idp;
mod jose;
mod mail;
mod openid_client;
mod organisation;
mod pages;
mod paris;
mod protocol;
mod provider;
mod quick;
mod register;
mod registration;
mod runtime;
mod scenario;
mod sealing;
mod secret;
mod session;
mod siret;
mod spelling;
mod storage;
mod test_accounts;
mod trail;
mod trial;

pub use clock::{Clock, ManualClock, SystemClock};
pub use config::{
    Account, Admin, Audience, BirthDate, BuiltIn, Citizen, Config, ConfigError, ConfirmedIdentity,
    Demo, DemoClaims, DomainStatus, EmailDomain, Features, Gender, Hub, Identite, IdentityProvider,
    InvalidBirthDate, InvalidTotpSecret, Leader, Lifetimes, Link, MailSink, Mire, Organisation,
    Outbound, Passkey, Profile, Rejection, Service, Source, TotpSecret,
};
pub use email::{EmailAddress, InvalidEmail};
pub use idp::FreeEmails;
pub use organisation::Headcount;
pub use protocol::{ScopeSet, SigningAlg};
pub use runtime::{Addresses, Federation, Parts, StartError};
pub use secret::{ClientSecret, ShortSecret};
pub use siret::{InvalidSiret, Siret};
pub use test_accounts::TestAccount;

/// The sample configuration, which is also the default.
pub const SAMPLE: &str = include_str!("../federation.toml");
