//! The handlers, one file a route.

pub mod callback;
pub mod health;
pub mod login;
pub mod logout;
