//! Owns how people belong to organisations: who may join which, by which kind of link, and what
//! each kind is worth.

mod contact;
mod decision;
mod free_email;
mod link;
mod membership;
mod moderation;
mod suggestions;

use decision::{Request, Standing, decide};

pub(crate) use contact::ContactCheck;
pub(crate) use decision::Decision;
pub use free_email::FreeEmails;
pub(crate) use link::{LinkKind, Strength};
pub(crate) use moderation::{Moderation, Moderations, Outcome};
