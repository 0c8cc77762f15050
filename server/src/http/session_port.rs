//! The interface's server functions, answered.
//!
//! Invariant: asking who is signed in is no activity, since pages ask by themselves; everything else
//! is somebody's doing, and keeps the session alive.

use std::sync::Arc;
use std::time::Duration as StdDuration;

use app::api;
use app::level;
use app::port::SessionPort;
use app::wire::{
    AnonymousView, ApiProblem, DetailView, IdentityView, LevelView, ListedSession, MAX_NOTE,
    OrganisationView, ProviderView, SessionView, SessionsView, SignedInView, SpaceView,
};
use async_trait::async_trait;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

use super::problem::causes;
use super::request_context::RequestId;
use crate::audit::{self, About, Event};
use crate::metrics::SessionEnd;
use crate::refresher::Outcome;
use crate::session::change::Begun;
use crate::session::mine::{Listed, Revocation};
use crate::session::{Absence, Current, SessionError, Sessions, SignedIn};
use crate::state::AppState;

/// A change that asks nobody is made within this time.
const SHORT: Duration = Duration::seconds(5);
/// How often, and after which pauses, a change waits for another one.
const TRIES: u32 = 50;
const PAUSE: StdDuration = StdDuration::from_millis(100);
/// Most bytes of a problem's name.
const MAX_PROBLEM: usize = 1024;

/// Runs a server function of the interface.
pub async fn answer(
    State(state): State<AppState>,
    browser: Session,
    mut request: Request<Body>,
) -> Response {
    // Asked for HTML, the library would redirect to the referrer with the error in the address.
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    let may_try_silently =
        state.silent_sign_in && !state.cookies.was_tried_silently(request.headers());
    let id = request.extensions().get::<RequestId>().cloned();
    let port: Arc<dyn SessionPort> = Arc::new(Port { state, browser, id, may_try_silently });
    let context = move || provide_context(Arc::clone(&port));
    let answered = leptos_axum::handle_server_fns_with_context(context, request).await;
    let mut response = with_own_status(answered.into_response()).await;
    response.headers_mut().insert(VARY, HeaderValue::from_static("cookie"));
    response
}

/// The library answers 500 to arguments that it cannot read; the problem says what it is.
async fn with_own_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, MAX_PROBLEM).await.unwrap_or_default();
    if let Ok(problem) = serde_json::from_slice::<ApiProblem>(&body)
        && let Ok(status) = StatusCode::from_u16(problem.status())
    {
        parts.status = status;
    }
    Response::from_parts(parts, Body::from(body))
}

/// Makes the interface's server functions known to the library that dispatches them.
pub fn register() {
    leptos::server_fn::axum::register_explicit::<api::Session>();
    leptos::server_fn::axum::register_explicit::<api::Sessions>();
    leptos::server_fn::axum::register_explicit::<api::RevokeSession>();
    leptos::server_fn::axum::register_explicit::<api::RevokeOtherSessions>();
    leptos::server_fn::axum::register_explicit::<api::Stay>();
    leptos::server_fn::axum::register_explicit::<api::RefreshIdentity>();
    leptos::server_fn::axum::register_explicit::<api::Space>();
    leptos::server_fn::axum::register_explicit::<api::SaveNote>();
}

struct Port {
    state: AppState,
    browser: Session,
    id: Option<RequestId>,
    may_try_silently: bool,
}

#[async_trait]
impl SessionPort for Port {
    async fn current(&self) -> Result<SessionView, ApiProblem> {
        let found = self.state.sessions.peek(&self.browser).await.map_err(|error| store(&error))?;
        self.seen(found).await
    }

    async fn sessions(&self) -> Result<SessionsView, ApiProblem> {
        match self.state.sessions.list(&self.browser).await.map_err(|error| store(&error))? {
            Some(sessions) => {
                Ok(SessionsView { sessions: sessions.into_iter().map(listed).collect() })
            }
            None => Err(self.signed_out().await),
        }
    }

    async fn revoke(&self, id: &str) -> Result<(), ApiProblem> {
        match self.state.sessions.revoke(&self.browser, id).await.map_err(|error| store(&error))? {
            Revocation::Done => {
                self.state.metrics.sessions_ended(SessionEnd::Revoked, 1);
                tracing::info!(event = "session_revoked", "a session was revoked");
                self.note_revocation().await;
                Ok(())
            }
            Revocation::Unknown => Err(refuse(ApiProblem::Unknown)),
            Revocation::NobodySignedIn => Err(self.signed_out().await),
        }
    }

    async fn revoke_others(&self) -> Result<u64, ApiProblem> {
        match self
            .state
            .sessions
            .revoke_others(&self.browser)
            .await
            .map_err(|error| store(&error))?
        {
            Some(sessions) => {
                self.state.metrics.sessions_ended(SessionEnd::Revoked, sessions);
                tracing::info!(event = "sessions_revoked", sessions, "other sessions were revoked");
                self.note_revocation().await;
                Ok(sessions)
            }
            None => Err(self.signed_out().await),
        }
    }

    async fn stay(&self) -> Result<SessionView, ApiProblem> {
        let found = self.state.sessions.current(&self.browser).await;
        self.seen(found.map_err(|error| store(&error))?).await
    }

    async fn refresh_identity(&self) -> Result<SessionView, ApiProblem> {
        let outcome = self.state.refresher.refresh(&self.browser).await;
        match outcome.map_err(|error| store(&error))? {
            Outcome::Read => self.current().await,
            Outcome::Later => Err(refuse(ApiProblem::ProviderUnavailable)),
            Outcome::SignedOut => Err(refuse(ApiProblem::SignedOut)),
            Outcome::Over => {
                self.state.metrics.sessions_ended(SessionEnd::Withdrawn, 1);
                Err(refuse(ApiProblem::EndedByProvider))
            }
            Outcome::Refused => {
                self.state.metrics.sessions_ended(SessionEnd::Withdrawn, 1);
                Err(refuse(ApiProblem::AccessRefused))
            }
        }
    }

    async fn space(&self) -> Result<SpaceView, ApiProblem> {
        let signed_in = self.signed_in().await?;
        check_level(&signed_in)?;
        Ok(SpaceView { note: signed_in.note })
    }

    async fn save_note(&self, note: String, person: String) -> Result<(), ApiProblem> {
        let signed_in = self.signed_in().await?;
        // First of all: another person must not even learn what is wrong with it.
        if self.person(&signed_in) != person {
            return Err(refuse(ApiProblem::OtherPerson));
        }
        check_level(&signed_in)?;
        if note.chars().count() > MAX_NOTE {
            return Err(refuse(ApiProblem::Outdated));
        }
        self.change(|signed_in| signed_in.note = note).await
    }
}

impl Port {
    async fn seen(&self, found: Option<Current>) -> Result<SessionView, ApiProblem> {
        if let Some(current) = found {
            return Ok(SessionView::SignedIn(Box::new(self.view(current))));
        }
        if self.browser.id().is_none() {
            let may_try_silently = self.may_try_silently;
            return Ok(SessionView::Anonymous(AnonymousView { may_try_silently }));
        }
        Err(self.signed_out().await)
    }

    /// The answer to a browser that shows no living session, with the reason.
    async fn signed_out(&self) -> ApiProblem {
        match self.state.sessions.absence(&self.browser).await {
            Ok(Absence::NeverSignedIn) => refuse(ApiProblem::SignedOut),
            Ok(Absence::Expired) => refuse(ApiProblem::SessionExpired),
            Ok(Absence::Revoked) => refuse(ApiProblem::SessionRevoked),
            Err(error) => store(&error),
        }
    }

    /// Writes into the audit trail who ended sessions of theirs, and from which one.
    async fn note_revocation(&self) {
        let Some(id) = &self.id else { return };
        let current = self.state.sessions.peek(&self.browser).await.ok().flatten();
        let person = current.map(|current| current.signed_in.identity.sub);
        let session = Sessions::key(&self.browser);
        let about =
            About { person: person.as_deref(), session: session.as_deref(), ..About::default() };
        self.state.audit.record(id.origin(), Event::Revocation, audit::OK, about);
    }

    /// Who is signed in; that they ask is activity.
    async fn signed_in(&self) -> Result<SignedIn, ApiProblem> {
        let current = self.state.sessions.current(&self.browser).await;
        let current = current.map_err(|error| store(&error))?;
        match current {
            Some(current) => Ok(current.signed_in),
            None => Err(self.signed_out().await),
        }
    }

    /// Changes the session; waits while somebody else does.
    async fn change(&self, change: impl FnOnce(&mut SignedIn)) -> Result<(), ApiProblem> {
        let sessions = &self.state.sessions;
        for _ in 0..TRIES {
            let begun = sessions.begin_change(&self.browser, SHORT).await;
            match begun.map_err(|error| store(&error))? {
                Begun::Busy => tokio::time::sleep(PAUSE).await,
                Begun::Gone => return Err(refuse(ApiProblem::SignedOut)),
                Begun::Change(mut begun) => {
                    change(&mut begun.signed_in);
                    let written = sessions.commit(&begun).await.map_err(|error| store(&error))?;
                    return if written { Ok(()) } else { Err(refuse(ApiProblem::SignedOut)) };
                }
            }
        }
        Err(refuse(ApiProblem::Unavailable))
    }

    /// What tells this person from others in the browser.
    fn person(&self, signed_in: &SignedIn) -> String {
        let subject = format!("browser {}", signed_in.identity.sub);
        // By the oldest key, so that the arrival of a new one makes nobody another person.
        let pseudonyms = self.state.keys.pseudonyms(&subject);
        pseudonyms.last().map(|oldest| URL_SAFE_NO_PAD.encode(&oldest[..9])).unwrap_or_default()
    }

    fn view(&self, current: Current) -> SignedInView {
        let person = self.person(&current.signed_in);
        let SignedIn { identity, signed_in_at, reading, .. } = current.signed_in;
        let identifiers = [("sub", Some(identity.sub)), ("uid", identity.uid)];
        let identifiers =
            identifiers.into_iter().filter_map(|(claim, value)| Some((claim.to_owned(), value?)));
        let details = identifiers.chain(identity.details);
        SignedInView {
            identity: IdentityView {
                given_name: identity.given_name,
                usual_name: identity.usual_name,
                email: identity.email,
                phone_number: identity.phone_number,
                details: details.map(|(claim, value)| DetailView { claim, value }).collect(),
            },
            organisation: OrganisationView {
                label: identity.organization_label,
                siret: identity.siret.map(String::from),
                roles: identity.roles,
            },
            provider: ProviderView { idp_id: identity.idp_id, name: None },
            level: LevelView { acr: identity.acr, amr: identity.amr },
            signed_in_at: signed_in_at.timestamp(),
            expires_at: current.expires_at.timestamp(),
            ends_at: current.ends_at.timestamp(),
            read_at: reading.at.unwrap_or(signed_in_at).timestamp(),
            now: self.state.clock.now().timestamp(),
            person,
        }
    }
}

fn check_level(signed_in: &SignedIn) -> Result<(), ApiProblem> {
    if level::is_two_steps(signed_in.identity.acr.as_deref()) {
        Ok(())
    } else {
        Err(refuse(ApiProblem::LevelInsufficient))
    }
}

fn store(error: &SessionError) -> ApiProblem {
    tracing::error!(causes = causes(error), "the session store failed");
    refuse(ApiProblem::Unavailable)
}

/// The problem, with its status on the answer.
fn refuse(problem: ApiProblem) -> ApiProblem {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(status) = StatusCode::from_u16(problem.status())
    {
        response.set_status(status);
    }
    problem
}

fn listed(session: Listed) -> ListedSession {
    ListedSession {
        id: session.id,
        browser: session.device.browser,
        system: session.device.system,
        first_seen: session.first_seen.timestamp(),
        last_seen: session.last_seen.timestamp(),
        current: session.current,
    }
}
