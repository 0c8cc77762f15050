//! What crosses the network between the interface and its server.
//!
//! Invariant: nothing here is a secret, and everything that ProConnect may leave out is optional.
//! A token, a code or a session id has no field to travel in.

use std::fmt;

use leptos::server_fn::{codec::JsonEncoding, error::FromServerFnError, error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Who is looking at the page, as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", try_from = "SessionObject")]
pub enum SessionView {
    /// Nobody is signed in.
    Anonymous(AnonymousView),
    /// A person is signed in.
    SignedIn(Box<SignedInView>),
}

/// Nobody who was ever signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AnonymousView {
    /// Whether the page may find out by itself if ProConnect knows the visitor.
    #[serde(skip_serializing_if = "is_false")]
    pub may_try_silently: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// A signed-in person, the organisation they act for, and how they signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedInView {
    /// The person.
    pub identity: IdentityView,
    /// The organisation they act for.
    pub organisation: OrganisationView,
    /// The identity provider (FI) that vouched for them.
    pub provider: ProviderView,
    /// How sure the provider is of all this.
    pub level: LevelView,
    /// Start of the session, in seconds since 1970-01-01 UTC.
    pub signed_in_at: i64,
    /// End of the session without further activity, in seconds since 1970-01-01 UTC.
    pub expires_at: i64,
    /// End of the session whatever the activity, in seconds since 1970-01-01 UTC.
    pub ends_at: i64,
    /// When all this was read at ProConnect, in seconds since 1970-01-01 UTC.
    pub read_at: i64,
    /// The server's time, in seconds since 1970-01-01 UTC: the browser's clock may be wrong.
    pub now: i64,
    /// Tells one person from another, and nothing else.
    pub person: String,
}

/// Both answers as they are read: serde's own way to tell them apart would keep every value twice, and
/// is 4 kB of the browser's program.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SessionObject {
    state: String,
    may_try_silently: bool,
    identity: IdentityView,
    organisation: OrganisationView,
    provider: ProviderView,
    level: LevelView,
    signed_in_at: i64,
    expires_at: i64,
    ends_at: i64,
    read_at: i64,
    now: i64,
    person: String,
}

impl TryFrom<SessionObject> for SessionView {
    type Error = ApiProblem;

    fn try_from(object: SessionObject) -> Result<Self, ApiProblem> {
        let SessionObject { identity, organisation, provider, level, .. } = object;
        let SessionObject { signed_in_at, expires_at, ends_at, read_at, now, person, .. } = object;
        match object.state.as_str() {
            "anonymous" => {
                Ok(Self::Anonymous(AnonymousView { may_try_silently: object.may_try_silently }))
            }
            "signed_in" => Ok(Self::SignedIn(Box::new(SignedInView {
                identity,
                organisation,
                provider,
                level,
                signed_in_at,
                expires_at,
                ends_at,
                read_at,
                now,
                person,
            }))),
            _ => Err(ApiProblem::Outdated),
        }
    }
}

/// What the protected space holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceView {
    /// The person's note, kept with their session.
    pub note: String,
}

/// Most characters of a note.
pub const MAX_NOTE: usize = 1000;

/// A person, in the words of ProConnect's claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityView {
    /// Claim `given_name`.
    pub given_name: Option<String>,
    /// Claim `usual_name`.
    pub usual_name: Option<String>,
    /// Claim `email`.
    pub email: Option<String>,
    /// Claim `phone_number`.
    pub phone_number: Option<String>,
    /// Identifiers, and claims that few services are granted.
    #[serde(default)]
    pub details: Vec<DetailView>,
}

/// A claim that is only shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailView {
    /// Its name, such as `uid`; those inside the claim `custom` as `custom.NAME`.
    pub claim: String,
    /// Its value.
    pub value: String,
}

impl IdentityView {
    /// The value of the claim among the details.
    pub fn detail(&self, claim: &str) -> Option<String> {
        let found = self.details.iter().find(|detail| detail.claim == claim);
        found.map(|detail| detail.value.clone())
    }

    /// The name to greet the person with: given and usual name, else the address.
    pub fn display_name(&self) -> Option<String> {
        match (&self.given_name, &self.usual_name) {
            (Some(given), Some(usual)) => Some(format!("{given} {usual}")),
            (Some(name), None) | (None, Some(name)) => Some(name.clone()),
            (None, None) => self.email.clone(),
        }
    }
}

/// An organisation, in the words of ProConnect's claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationView {
    /// Claim `organization_label`.
    pub label: Option<String>,
    /// Claim `siret`: 14 digits.
    pub siret: Option<String>,
    /// Claim `roles`.
    #[serde(default)]
    pub roles: Vec<String>,
}

/// An identity provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderView {
    /// Claim `idp_id`.
    pub idp_id: Option<String>,
    /// Its name, if the server knows one.
    pub name: Option<String>,
}

/// The level of a sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelView {
    /// Claim `acr`.
    pub acr: Option<String>,
    /// Claim `amr`.
    #[serde(default)]
    pub amr: Vec<String>,
}

/// The sessions of the person who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsView {
    /// The one that asks, then the others, the latest used first.
    pub sessions: Vec<ListedSession>,
}

/// A session in the list of its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedSession {
    /// Names the session, and gives no access to it.
    pub id: String,
    /// The browser, such as `Firefox`, if it is known.
    pub browser: Option<String>,
    /// The system, such as `Windows`, if it is known.
    pub system: Option<String>,
    /// When it began, in seconds since 1970-01-01 UTC.
    pub first_seen: i64,
    /// The last noted activity, in seconds since 1970-01-01 UTC.
    pub last_seen: i64,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Why a server function could not answer. The code is all that crosses the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiProblem {
    /// Nobody is signed in.
    SignedOut,
    /// Nobody is signed in any more: the session is over.
    SessionExpired,
    /// Nobody is signed in any more: the person ended this session from another one.
    SessionRevoked,
    /// What was asked for does not exist (any more).
    Unknown,
    /// ProConnect has ended the session.
    EndedByProvider,
    /// The person may no longer enter.
    AccessRefused,
    /// The sign-in was not made at the level that this needs.
    LevelInsufficient,
    /// Somebody else is signed in than the person who asked.
    OtherPerson,
    /// ProConnect does not answer: nobody was signed out, try again later.
    ProviderUnavailable,
    /// The session store does not answer: nobody was signed out, try again.
    Unavailable,
    /// Too many requests in too little time.
    TooManyRequests,
    /// The server was not reached.
    Unreachable,
    /// The answer was not understood: the page is probably older than the server.
    Outdated,
    /// An unexpected failure of the server.
    Internal,
}

impl ApiProblem {
    /// The stable code, for logs and support.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedOut => "api.signed_out",
            Self::SessionExpired => "api.session_expired",
            Self::SessionRevoked => "api.session_revoked",
            Self::Unknown => "api.unknown",
            Self::EndedByProvider => "api.ended_by_provider",
            Self::AccessRefused => "api.access_refused",
            Self::LevelInsufficient => "api.level_insufficient",
            Self::OtherPerson => "api.other_person",
            Self::ProviderUnavailable => "api.provider_unavailable",
            Self::Unavailable => "api.unavailable",
            Self::TooManyRequests => "api.too_many_requests",
            Self::Unreachable => "api.unreachable",
            Self::Outdated => "api.outdated",
            Self::Internal => "api.internal",
        }
    }
}

impl ApiProblem {
    /// Whether it says that nobody is signed in, or no longer.
    pub const fn is_signed_out(self) -> bool {
        matches!(
            self,
            Self::SignedOut
                | Self::SessionExpired
                | Self::SessionRevoked
                | Self::EndedByProvider
                | Self::AccessRefused
        )
    }

    /// The HTTP status to answer with.
    pub const fn status(self) -> u16 {
        match self {
            Self::Outdated => 400,
            Self::SignedOut
            | Self::SessionExpired
            | Self::SessionRevoked
            | Self::EndedByProvider => 401,
            Self::LevelInsufficient | Self::AccessRefused => 403,
            Self::Unknown => 404,
            Self::OtherPerson => 409,
            Self::TooManyRequests => 429,
            Self::Unreachable | Self::Internal => 500,
            Self::Unavailable | Self::ProviderUnavailable => 503,
        }
    }
}

impl fmt::Display for ApiProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl std::error::Error for ApiProblem {}

impl FromServerFnError for ApiProblem {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => Self::Outdated,
            _ => Self::Internal,
        }
    }
}
