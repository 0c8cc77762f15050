//! The backend-for-frontend of a service that signs people in with ProConnect.
//!
//! The browser gets documents, a program and claims; codes, tokens and secrets stay here. Entry
//! points: [`config::Config`] and [`application::Application`].

pub mod application;
pub mod audit;
pub mod auth;
pub mod check;
pub mod clock;
pub mod config;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
pub mod http;
#[cfg(feature = "federation")]
mod local;
#[cfg(not(feature = "federation"))]
#[path = "local_absent.rs"]
mod local;
pub mod metrics;
pub mod operations;
pub mod random;
pub mod refresher;
pub mod sealing;
pub mod serving;
pub mod session;
pub mod state;
pub mod telemetry;
