//! What the tests are written with.

pub(crate) mod app;
pub(crate) mod browser;
pub(crate) mod fault;
pub(crate) mod grants;
pub(crate) mod hostile;
#[cfg(feature = "federation")]
pub(crate) mod journey;
pub(crate) mod log;
#[cfg(feature = "federation")]
pub(crate) mod proconnect;
pub(crate) mod provider;
pub(crate) mod signer;
pub(crate) mod stores;

pub(crate) use app::{TestApp, in_the_middle_of_2026};
pub(crate) use browser::Answer;
pub(crate) use provider::Fault;
