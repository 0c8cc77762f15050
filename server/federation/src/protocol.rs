//! The provider side of OAuth 2.0 and OpenID Connect as pure functions: what was received goes
//! in, what must be answered comes out. No clock, no randomness, no network, no store.
//!
//! The hub, the demo administrations and ProConnect Identité speak the same protocol; what
//! differs between them is data, a [`Dialect`].

mod acr;
mod alg;
mod authorize;
mod checklist;
mod claims_parameter;
mod client;
mod client_auth;
mod dialect;
mod discovery;
mod end_session;
mod error;
mod grant;
mod id_token;
mod params;
mod request;
mod response;
mod scope;
mod token;

pub(crate) use acr::{Acr, Requirement};
pub use alg::SigningAlg;
pub(crate) use authorize::{Refusal, is_http_uri, validate};
pub(crate) use checklist::{Check, Checklist, Remark};
pub(crate) use claims_parameter::ClaimsParameter;
pub(crate) use client::Client;
pub(crate) use client_auth::authenticate;
pub(crate) use dialect::{Dialect, Endpoints, ParameterRule};
pub(crate) use discovery::document;
pub(crate) use end_session::{EndSession, post_logout_target};
pub(crate) use error::OAuthError;
pub(crate) use grant::{Authentication, Grant, released_claims};
pub(crate) use id_token::{Envelope, id_token_claims};
pub(crate) use params::{MalformedParams, Params};
pub(crate) use request::AuthorizationRequest;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use response::ReplyTo;
#[cfg(test)]
pub(crate) use response::ResponseMode;
pub(crate) use response::{AuthorizationResponse, with_query};
pub use scope::ScopeSet;
pub(crate) use token::{CodeBinding, TokenRequest};
