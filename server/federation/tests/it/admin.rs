//! The admin API: its routes, its guard, its errors, and that changes count at once.

mod documentation;
mod guard;
pub(crate) mod providers;
pub(crate) mod services;
mod settings;
mod users;
