//! The relying party of ProConnect: authorization code flow with PKCE, and its end.
//!
//! Nothing here knows HTTP frameworks, session stores or pages. Data that came from outside is
//! `Raw…`; data that passed its checks is `Verified…` and is made in one place only:
//!
//! 1. [`attempt`] begins a sign-in and accepts the answer of the browser;
//! 2. [`exchange`] trades the code for tokens and has them checked;
//! 3. [`verify`] is the one place that trusts a signed answer;
//! 4. [`identity`] is what a service may know of the person afterwards;
//! 5. [`access`] judges whether they may enter;
//! 6. [`refresh`] reads again what may have changed;
//! 7. [`logout`] ends it all at ProConnect, [`revocation`] gives the tokens back.

pub mod access;
pub mod attempt;
pub mod callback;
pub mod error;
pub mod exchange;
pub mod http_client;
pub mod identity;
pub mod logout;
pub mod logout_token;
pub mod provider;
mod reason;
pub mod refresh;
pub mod return_to;
pub mod revocation;
pub mod settings;
pub mod siret;
pub mod verify;
