//! Finer reasons than the public codes of a failed sign-in, for whoever counts them.

use super::error::{ExchangeError, LoginError, UserinfoError};
use super::http_client::HttpError;

impl LoginError {
    /// One stable word for the innermost cause, of a small set: a label of metrics.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Provider(error) => error.code(),
            Self::Exchange(ExchangeError::Http(error))
            | Self::Userinfo(UserinfoError::Http(error)) => error.reason(),
            Self::Exchange(ExchangeError::Refused) => "exchange.refused",
            Self::Exchange(ExchangeError::Malformed) => "exchange.malformed",
            Self::Exchange(ExchangeError::NoIdToken) => "exchange.no_id_token",
            Self::IdToken(error) | Self::Userinfo(UserinfoError::Token(error)) => error.code(),
            Self::Userinfo(UserinfoError::Status(_)) => "userinfo.status",
            Self::Userinfo(UserinfoError::Format) => "userinfo.format",
            Self::Userinfo(UserinfoError::OtherSubject) => "userinfo.other_subject",
            Self::Userinfo(UserinfoError::Claims) => "userinfo.claims",
            _ => self.code(),
        }
    }
}

impl HttpError {
    /// As for [`LoginError::reason`].
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Timeout => "http.timeout",
            Self::Connect => "http.connect",
            Self::TooLarge => "http.too_large",
            Self::Broken => "http.broken",
        }
    }
}
