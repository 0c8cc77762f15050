//! The handlers, one file a route.

pub mod backchannel_logout;
pub mod callback;
pub mod health;
pub mod login;
pub mod logout;
