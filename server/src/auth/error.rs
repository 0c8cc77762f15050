//! Why a sign-in failed, each reason with a code that never changes.

use super::access::Refusal;
use super::http_client::HttpError;
use super::provider::ProviderError;
use super::verify::TokenError;

/// A sign-in that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// The answer of the browser is not a response of OpenID Connect.
    #[error("the callback is malformed")]
    MalformedCallback,
    /// No attempt of this browser has this `state`.
    #[error("no attempt of this browser has this state")]
    UnknownAttempt,
    /// The attempt is older than its lifetime.
    #[error("the attempt has expired")]
    ExpiredAttempt,
    /// The attempt was used by another request meanwhile.
    #[error("the attempt is already used")]
    UsedAttempt,
    /// `iss` is absent or is not the issuer of the attempt (RFC 9207).
    #[error("the issuer of the callback is not the one of the attempt")]
    IssuerMismatch,
    /// The person gave up (`access_denied`).
    #[error("the person cancelled")]
    Cancelled,
    /// ProConnect cannot reach the requested level.
    #[error("the provider cannot satisfy the requested level")]
    LevelRefused,
    /// ProConnect answered another error.
    #[error("the provider answered an error")]
    Refused,
    /// ProConnect could not be asked.
    #[error("the provider is unavailable")]
    Provider(#[from] ProviderError),
    /// The token endpoint refused, or could not be understood.
    #[error("the code was not exchanged")]
    Exchange(#[source] ExchangeError),
    /// The ID token is not valid.
    #[error("the ID token is invalid")]
    IdToken(#[source] TokenError),
    /// Userinfo could not be read.
    #[error("userinfo could not be read")]
    Userinfo(#[source] UserinfoError),
    /// The level of the sign-in is not among the accepted ones.
    #[error("the level of the sign-in is not accepted")]
    LevelInsufficient,
    /// The person may not enter.
    #[error("the person may not enter")]
    Access(Refusal),
    /// Somebody else came back than the person whose level was to be raised.
    #[error("another person came back")]
    OtherPerson,
}

/// Why the token endpoint gave no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// It could not be reached.
    #[error("the token endpoint did not answer")]
    Http(#[source] HttpError),
    /// It answered an OAuth error.
    #[error("the token endpoint refused")]
    Refused,
    /// It answered something else.
    #[error("the token endpoint's answer is not a token response")]
    Malformed,
    /// It gave no ID token.
    #[error("the token response has no ID token")]
    NoIdToken,
}

/// Why userinfo gave no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum UserinfoError {
    /// It could not be reached.
    #[error("the userinfo endpoint did not answer")]
    Http(#[source] HttpError),
    /// It answered an error status.
    #[error("the userinfo endpoint answered status {0}")]
    Status(u16),
    /// Its format is not the configured one.
    #[error("userinfo has not the configured format")]
    Format,
    /// Its signature or its claims are wrong.
    #[error("the signed userinfo is invalid")]
    Token(#[source] TokenError),
    /// It is about another person than the ID token (OpenID Connect Core §5.3.2).
    #[error("userinfo is about another subject than the ID token")]
    OtherSubject,
    /// Its claims have the wrong types.
    #[error("userinfo has malformed claims")]
    Claims,
}

impl LoginError {
    /// The stable code, shown to people and written to logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MalformedCallback => "login.malformed",
            Self::UnknownAttempt => "login.unknown_attempt",
            Self::ExpiredAttempt => "login.expired",
            Self::UsedAttempt => "login.used",
            Self::IssuerMismatch => "login.issuer",
            Self::Cancelled => "login.cancelled",
            Self::LevelRefused => "login.level_refused",
            Self::Refused => "login.refused",
            Self::Provider(_) | Self::Exchange(ExchangeError::Http(_)) => "login.unavailable",
            Self::Userinfo(UserinfoError::Http(_)) => "login.userinfo_unavailable",
            Self::Exchange(_) => "login.exchange",
            Self::IdToken(_) => "login.id_token",
            Self::Userinfo(_) => "login.userinfo",
            Self::LevelInsufficient => "login.level",
            Self::Access(refusal) => refusal.rule.code(),
            Self::OtherPerson => "login.other_person",
        }
    }
}
