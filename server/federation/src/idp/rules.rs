//! Owns what people may type about themselves: pure rules.

mod name;
mod password;

pub(crate) use name::name;
pub(crate) use password::{PasswordProblem, judge};
