//! Owns the four servers' routes, each table on one screen. Handlers translate between HTTP
//! and the domain; they hold no rule.

mod admin;
mod assets;
mod cookie;
mod demo;
mod developer;
mod franceconnect;
mod health;
mod hub;
mod identite;
mod input;
mod mail;
mod op;
mod output;
mod stack;

pub(crate) use cookie::SessionCookie;
pub(crate) use demo::{DemoServer, router as demo_router};
pub(crate) use franceconnect::FranceConnectState;
pub(crate) use hub::{HubState, router as hub_router};
pub(crate) use identite::{AddressLimits, IdpState, router as identite_router};
pub(crate) use mail::router as mail_router;
