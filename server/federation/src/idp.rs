//! ProConnect Identité: the provider of all professionals whose administration has none. It
//! knows accounts by email address, checks their password, and asks on behalf of which
//! organisation a person signs in.

mod accounts;
mod answer;
mod browser;
mod fixtures;
mod franceconnect;
mod gate;
mod identity;
mod journey;
mod leaders;
mod limits;
mod methods;
mod organisations;
mod passkeys;
mod password;
mod policy;
mod progress;
mod rules;
mod settings;
mod sign_in;
mod totp;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::directory::Directory;
use crate::email::EmailAddress;
use crate::mail::Mailbox;
use crate::protocol::{Dialect, Endpoints};
use crate::provider::Provider;
use crate::quick::QuickSignIns;
use crate::sealing::SealingKey;
use crate::secret::random_hex;
use crate::session::Sessions;
use crate::siret::Siret;
use crate::storage::Store;

pub(crate) use accounts::{Account, Factors};
pub(crate) use browser::{Browser, TRUSTED_FOR};
pub(crate) use fixtures::Fixtures;
pub(crate) use franceconnect::{AFTER_LOGOUT, CALLBACK, FranceConnectClient};
pub(crate) use gate::{Obstacle, Occasion, Rung};
pub(crate) use journey::{Asking, SignUpProblem, Start, Verification};
pub(crate) use leaders::{Agreement, Certification, Detail, Finding};
pub(crate) use methods::{Method, Methods};
pub use organisations::FreeEmails;
pub(crate) use organisations::{
    ContactCheck, Decision, LinkKind, Moderation, Moderations, Outcome,
};
pub(crate) use passkeys::{Passkey, RelyingParty};
pub(crate) use progress::Gate;
pub(crate) use rules::{Information, Misfits, PasswordProblem, TypedInformation, information};
pub(crate) use settings::{KnownBrowser, SignIn};
pub(crate) use sign_in::Entry;
pub(crate) use totp::AppSetup;

/// ProConnect Identité as the hub meets it.
pub(crate) static DIALECT: Dialect = Dialect {
    endpoints: Endpoints {
        authorization: "/oauth/authorize",
        token: "/oauth/token",
        userinfo: "/oauth/userinfo",
        jwks: "/oauth/jwks",
        end_session: "/oauth/logout",
        introspection: "/oauth/token/introspection",
        revocation: "/oauth/token/revocation",
    },
    parameter_rules: &[],
    only_known_parameters: false,
    scopes: &[
        ("openid", &["sub"]),
        ("email", &["email", "email_verified"]),
        ("profile", &["family_name", "given_name", "job"]),
        ("phone", &["phone_number", "phone_number_verified"]),
        ("organization", &["label", "siret", "is_commune", "is_external", "is_public_service"]),
        ("uid", &["uid"]),
        ("given_name", &["given_name"]),
        ("usual_name", &["usual_name"]),
        ("siret", &["siret"]),
        ("is_public_service", &["is_public_service"]),
        ("is_service_public", &["is_service_public"]),
    ],
    further_claims: &["acr", "amr", "auth_time", "iss"],
    acr_values: &[
        "eidas0",
        "eidas0-mfa",
        "eidas1",
        "eidas1-mfa",
        "https://proconnect.gouv.fr/assurance/certification-dirigeant",
    ],
    prompts: &["login", "consent", "none", "select_organization", "update_userinfo"],
    hints: &["sp_id", "sp_name", "siret_hint", "remember_me"],
};

/// What ProConnect Identité remembers about a browser.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IdpSession {
    pub(crate) csrf: String,
    /// The interaction that is going on.
    pub(crate) interaction: Option<String>,
    /// The address that the service already knows; it counts as typed, once.
    pub(crate) login_hint: Option<EmailAddress>,
    /// The address of the account that the person is about to sign in to.
    pub(crate) email: Option<EmailAddress>,
    /// The page that the person asked for before they had to sign in.
    #[serde(default)]
    pub(crate) return_path: Option<String>,
    pub(crate) login: Option<IdpLogin>,
    /// The organisation for which the person acts.
    #[serde(default)]
    pub(crate) selected: Option<Siret>,
    /// The organisation that they will ask to join once their names are known.
    #[serde(default)]
    pub(crate) joining: Option<Siret>,
    /// The interaction in which they last said what they are called.
    #[serde(default)]
    pub(crate) informed: Option<String>,
    /// What they typed about themselves that does not follow the rules yet.
    #[serde(default)]
    pub(crate) draft: Option<(Asking, TypedInformation)>,
    /// The secret that an authenticator is to learn, sealed for the account.
    #[serde(default)]
    pub(crate) pending_totp: Option<String>,
    /// Where the person is while they are at FranceConnect.
    #[serde(default)]
    pub(crate) visit: Option<franceconnect::Visit>,
    /// The organisation that they will join as its leader once FranceConnect knows them.
    #[serde(default)]
    pub(crate) certifying: Option<Siret>,
    /// The organisation whose leader they turned out not to be.
    #[serde(default)]
    pub(crate) uncertified: Option<Siret>,
    /// Whether they became a certified leader, and have not been told yet.
    #[serde(default)]
    pub(crate) certified: bool,
}

impl Default for IdpSession {
    fn default() -> Self {
        Self {
            csrf: random_hex(),
            interaction: None,
            login_hint: None,
            email: None,
            return_path: None,
            login: None,
            selected: None,
            joining: None,
            informed: None,
            draft: None,
            pending_totp: None,
            visit: None,
            certifying: None,
            uncertified: None,
            certified: false,
        }
    }
}

impl IdpSession {
    /// Forgets how far a certification has come: it is one request's.
    fn forget_certification(&mut self) {
        self.visit = None;
        self.certifying = None;
        self.uncertified = None;
        self.certified = false;
    }
}

/// A person who signed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct IdpLogin {
    /// The number of the account.
    pub(crate) account: i64,
    pub(crate) email: EmailAddress,
    pub(crate) auth_time: i64,
    /// How they showed who they are.
    #[serde(default)]
    pub(crate) methods: Methods,
    /// The number of the sign-in in the person's list.
    #[serde(default)]
    pub(crate) sign_in: Option<i64>,
    /// The account's number of this kind at that time.
    #[serde(default)]
    pub(crate) generation: i64,
}

/// ProConnect Identité.
#[derive(Debug)]
pub(crate) struct Idp {
    pub(crate) provider: Arc<Provider>,
    pub(crate) sessions: Sessions<IdpSession>,
    pub(crate) directory: Directory,
    pub(crate) store: Store,
    pub(crate) sealing: Arc<SealingKey>,
    pub(crate) fixtures: Fixtures,
    pub(crate) mailbox: Mailbox,
    pub(crate) quick: QuickSignIns,
    pub(crate) moderations: Moderations,
    /// The site for which passkeys are good.
    pub(crate) relying_party: RelyingParty,
    pub(crate) france_connect: FranceConnectClient,
    pub(crate) clock: Arc<dyn Clock>,
}
