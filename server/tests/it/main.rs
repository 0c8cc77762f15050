//! Integration tests of the backend-for-frontend: the real application on real sockets, against a
//! scripted provider that can lie in every way, and against the real local ProConnect.
#![expect(clippy::unwrap_used, reason = "in tests, a failed unwrap is a failed test")]

mod support;

mod access;
mod answers;
mod audit;
mod backchannel;
mod browser_rules;
mod callback;
mod check;
mod checks;
mod crowds;
mod expiry;
mod hostile;
mod limits;
#[cfg(feature = "federation")]
mod local_proconnect;
mod login;
mod logs;
mod my_sessions;
mod operations;
mod outage;
mod refresh;
#[cfg(feature = "federation")]
mod scenarios;
mod session_backends;
mod sign_out;
mod site;
mod step_up;
mod stores;
#[cfg(feature = "otel")]
mod traces;
mod ways_in;
