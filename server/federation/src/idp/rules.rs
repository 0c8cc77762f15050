//! Owns what people may type about themselves: pure rules.

mod information;
mod name;
mod password;

pub(crate) use information::{Information, Misfits, TypedInformation, information};
pub(crate) use password::{PasswordProblem, judge};
