//! Demo administrations: complete OpenID providers whose sign-in is a form in which every claim,
//! the level, the methods and even an error can be chosen.

mod administrations;
mod form;
mod sign_in;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::clock::Clock;
use crate::config::DemoClaims;
use crate::protocol::{Acr, Authentication, AuthorizationRequest, Dialect, Endpoints, Requirement};
use crate::provider::Provider;
use crate::quick::QuickSignIns;
use crate::secret::random_hex;
use crate::session::Sessions;

pub(crate) use administrations::Administrations;
pub(crate) use form::{FIELDS, Submission};
pub(crate) use sign_in::{Entry, Submitted};

/// What a demo administration understands: the hub's scopes, and nothing refused.
pub(crate) static DIALECT: Dialect = Dialect {
    endpoints: Endpoints {
        authorization: "/authorize",
        token: "/token",
        userinfo: "/userinfo",
        jwks: "/jwks",
        end_session: "/session/end",
        introspection: "/token/introspection",
        revocation: "/token/revocation",
    },
    parameter_rules: &[],
    only_known_parameters: false,
    scopes: &[
        ("openid", &["sub"]),
        ("uid", &["uid"]),
        ("given_name", &["given_name"]),
        ("usual_name", &["usual_name"]),
        ("email", &["email"]),
        ("siren", &["siren"]),
        ("siret", &["siret"]),
        ("organizational_unit", &["organizational_unit"]),
        ("belonging_population", &["belonging_population"]),
        ("phone", &["phone_number"]),
        ("chorusdt", &["chorusdt:matricule", "chorusdt:societe"]),
    ],
    further_claims: &["acr", "amr", "auth_time", "iss"],
    acr_values: &Acr::NAMES,
    prompts: &["login", "consent", "none"],
    hints: &["sp_id", "sp_name", "siret_hint", "remember_me"],
};

/// What a demo administration remembers about a browser.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DemoSession {
    pub(crate) csrf: String,
    pub(crate) interactions: Vec<String>,
    pub(crate) login: Option<DemoLogin>,
}

impl Default for DemoSession {
    fn default() -> Self {
        Self { csrf: random_hex(), interactions: Vec::new(), login: None }
    }
}

/// The person that someone chose to be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct DemoLogin {
    pub(crate) sub: String,
    pub(crate) acr: Option<Value>,
    pub(crate) amr: Option<Value>,
    pub(crate) auth_time: i64,
    pub(crate) claims: Map<String, Value>,
}

impl From<DemoLogin> for Authentication {
    fn from(login: DemoLogin) -> Self {
        Self {
            sub: login.sub,
            acr: login.acr,
            amr: login.amr,
            auth_time: login.auth_time,
            claims: login.claims,
        }
    }
}

/// A demo administration, by its registration of this moment.
#[derive(Debug)]
pub(crate) struct DemoProvider {
    pub(crate) uid: String,
    pub(crate) title: String,
    pub(crate) provider: Arc<Provider>,
    pub(crate) sessions: Sessions<DemoSession>,
    pub(crate) defaults: DemoClaims,
    pub(crate) quick: QuickSignIns,
    pub(crate) clock: Arc<dyn Clock>,
}

/// Whether an earlier sign-in answers a request: not if a new one is asked for, and not if it
/// had a level that the request does not accept.
pub(crate) fn is_reusable(login: &DemoLogin, request: &AuthorizationRequest) -> bool {
    let level = Acr::of_provider(login.acr.as_ref().and_then(Value::as_str));
    !request.has_prompt("login") && request.requirement().is_met_by(level)
}

/// The level that the form shows at first: the first one asked for.
pub(crate) fn suggested_level(request: &AuthorizationRequest) -> &str {
    match request.requirement() {
        Requirement::OneOf(levels) => levels.first().copied().unwrap_or(Acr::Eidas1).as_str(),
        Requirement::None => request.acr_values.first().map_or(Acr::Eidas1.as_str(), |acr| acr),
    }
}
