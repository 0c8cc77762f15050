//! What the tests are written with: a federation, a browser, a service.

mod admin;
mod browser;
mod http;
mod service;
mod smtp;
mod stack;

/// Names and values of a query or form.
pub(crate) type Fields<'a> = &'a [(&'a str, &'a str)];

pub(crate) use admin::{Admin, answer};
pub(crate) use browser::{Browser, Page};
pub(crate) use http::client;
pub(crate) use service::{AFTER_LOGOUT, CALLBACK, Callback, Service, base64url, decode};
pub(crate) use smtp::{MailServer, Mood};
pub(crate) use stack::{Folder, Stack, add_service, config};
