//! Owns what people do to open their account, one journey a file.

mod authenticator;
mod email_code;
mod magic_link;
mod mails;
mod personal;
mod reset;
mod sign_up;
mod start;

pub(in crate::idp) use authenticator::NOT_YOU;
pub(crate) use email_code::Verification;
pub(crate) use personal::Asking;
pub(crate) use sign_up::SignUpProblem;
pub(crate) use start::Start;

/// How long codes and links are good for, in seconds.
const LIFETIME: i64 = 3600;
