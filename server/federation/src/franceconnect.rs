//! The local imitation of FranceConnect: an OpenID provider whose only client is ProConnect
//! Identité. Nobody has a password here: one picks the citizen whom one wants to be, each time.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use crate::clock::Clock;
use crate::config::Citizen;
use crate::directory::Directory;
use crate::protocol::{
    Acr, Authentication, AuthorizationRequest, AuthorizationResponse, Dialect, Endpoints,
    OAuthError,
};
use crate::provider::{PageError, Provider};
use crate::secret::{random_hex, stable_bytes};
use crate::session::{Session, Sessions, remember_interaction};

/// Where it is on the server of the demo administrations.
pub(crate) const PATH: &str = "/franceconnect";

/// What it understands.
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
        ("given_name", &["given_name"]),
        ("family_name", &["family_name"]),
        ("preferred_username", &["preferred_username"]),
        ("gender", &["gender"]),
        ("birthdate", &["birthdate"]),
        ("birthplace", &["birthplace"]),
        ("birthcountry", &["birthcountry"]),
    ],
    further_claims: &["acr", "auth_time", "iss"],
    acr_values: &["eidas1", "eidas2", "eidas3"],
    prompts: &["login", "consent", "none"],
    hints: &[],
};

/// What FranceConnect remembers about a browser.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CitizenSession {
    pub(crate) csrf: String,
    interactions: Vec<String>,
}

impl Default for CitizenSession {
    fn default() -> Self {
        Self { csrf: random_hex(), interactions: Vec::new() }
    }
}

/// The local FranceConnect.
#[derive(Debug)]
pub(crate) struct FranceConnect {
    pub(crate) provider: Arc<Provider>,
    pub(crate) sessions: Sessions<CitizenSession>,
    pub(crate) directory: Directory,
    pub(crate) clock: Arc<dyn Clock>,
}

/// What comes of an authorization request.
#[derive(Debug)]
pub(crate) enum Entry {
    /// The page, for an interaction of the session.
    Page(Box<Session<CitizenSession>>, String),
    /// The client is answered at once.
    Answer(AuthorizationResponse),
}

impl FranceConnect {
    /// Takes a validated authorization request.
    pub(crate) async fn authorize(
        &self,
        session: Option<Session<CitizenSession>>,
        request: AuthorizationRequest,
    ) -> Result<Entry, PageError> {
        if request.is_silent() {
            let error = OAuthError::login_required();
            return Ok(Entry::Answer(self.provider.error_response(&request, &error)));
        }
        let mut session = match session {
            Some(session) => session,
            None => self.sessions.begin(CitizenSession::default()).await?,
        };
        let uid = self.provider.open_interaction(&request).await?;
        remember_interaction(&mut session.data.interactions, &uid);
        self.sessions.save(&session).await?;
        Ok(Entry::Page(Box::new(session), uid))
    }

    /// The request of an interaction that this browser opened.
    pub(crate) async fn request(
        &self,
        session: &Session<CitizenSession>,
        uid: &str,
    ) -> Result<AuthorizationRequest, PageError> {
        if !session.data.interactions.iter().any(|open| open == uid) {
            return Err(PageError::InteractionOver);
        }
        self.provider.interaction(uid).await?.ok_or(PageError::InteractionOver)
    }

    /// Somebody picked a citizen; nothing if there is none with this `id`.
    pub(crate) async fn choose(
        &self,
        session: &Session<CitizenSession>,
        uid: &str,
        id: &str,
    ) -> Result<Option<AuthorizationResponse>, PageError> {
        let request = self.request(session, uid).await?;
        let registered = self.directory.current();
        let Some(citizen) = registered.citizen(id) else { return Ok(None) };
        let authentication = self.authentication(citizen);
        let answer = self.provider.grant(uid, &request, &session.hash(), authentication).await?;
        answer.map(Some).ok_or(PageError::InteractionOver)
    }

    /// Somebody gave up.
    pub(crate) async fn refuse(
        &self,
        session: &Session<CitizenSession>,
        uid: &str,
    ) -> Result<AuthorizationResponse, PageError> {
        let request = self.request(session, uid).await?;
        let error = OAuthError::new("access_denied", "User auth aborted");
        let answer = self.provider.refuse(uid, &request, &error).await?;
        answer.ok_or(PageError::InteractionOver)
    }

    fn authentication(&self, citizen: &Citizen) -> Authentication {
        let mut claims = Map::from_iter([
            ("given_name".to_owned(), json!(citizen.given_name)),
            ("family_name".to_owned(), json!(citizen.family_name)),
            ("gender".to_owned(), json!(citizen.gender)),
            ("birthdate".to_owned(), json!(citizen.birthdate)),
            // The real one has an empty text for people born abroad.
            ("birthplace".to_owned(), json!(citizen.birthplace.as_deref().unwrap_or_default())),
            ("birthcountry".to_owned(), json!(citizen.birthcountry)),
        ]);
        if let Some(name) = &citizen.preferred_username {
            claims.insert("preferred_username".to_owned(), json!(name));
        }
        Authentication {
            sub: sub_of(citizen),
            acr: Some(Acr::Eidas1.as_str().into()),
            amr: None,
            auth_time: self.clock.unix(),
            claims,
        }
    }
}

/// What stands for somebody in tokens.
pub(crate) fn sub_of(citizen: &Citizen) -> String {
    let bytes = stable_bytes(&format!("franceconnect:{}", citizen.id));
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
