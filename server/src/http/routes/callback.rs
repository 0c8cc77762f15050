//! `GET /auth/callback`: the redirect URI, where ProConnect sends the browser back.

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::header::{LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use tower_sessions::Session;

use crate::audit::{self, About, Event};
use crate::auth::access::Refusal;
use crate::auth::attempt::{Accepted, LIFETIME, LoginAttempt};
use crate::auth::callback::RawCallback;
use crate::auth::error::LoginError;
use crate::auth::exchange::exchange;
use crate::auth::identity::Identity;
use crate::auth::logout::LogoutAttempt;
use crate::auth::return_to::ReturnTo;
use crate::auth::revocation::revoke_in_background;
use crate::http::attempts::{self, StoredAttempt};
use crate::http::cookie_hygiene::SessionChange;
use crate::http::problem::{Problem, Way, leads_to_another_account};
use crate::http::request_context::RequestId;
use crate::metrics::SessionEnd;
use crate::session::device::Device;
use crate::session::{SessionError, Sessions};
use crate::state::AppState;

/// The handler.
pub async fn finish(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    browser: Session,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let home = Way::home();
    let callback = match RawCallback::parse(query.as_deref().unwrap_or_default()) {
        Ok(callback) => callback,
        Err(error) => return Problem::login(&state, &id, &error, &home).into_response(),
    };
    let attempt = match attempts::find(&state, &headers, &callback.state) {
        Some(StoredAttempt::Pending { attempt }) => attempt,
        // Back button, reload, double click: the person is where the sign-in led.
        Some(StoredAttempt::Finished { return_to, .. }) => return see(&return_to).into_response(),
        None => {
            let unknown = LoginError::UnknownAttempt;
            return Problem::login(&state, &id, &unknown, &home).into_response();
        }
    };
    let return_to = attempt.return_to();
    match complete((&state, &id), (&browser, device(&headers)), &attempt, callback).await {
        Ok(Completed::SignedIn) => {
            state.metrics.sign_in_finished("succeeded", "succeeded");
            let cookie = attempts::finished(&state, attempt.state(), return_to);
            (Extension(SessionChange::SignedIn), with_cookie(cookie), see(return_to))
                .into_response()
        }
        Ok(Completed::NobodySignedIn) => {
            state.metrics.sign_in_finished("nobody_signed_in", "nobody_signed_in");
            let cookie = attempts::finished(&state, attempt.state(), return_to);
            (with_cookie(cookie), see(return_to)).into_response()
        }
        Err(Failure::Login(error)) => refuse(&state, &id, (&attempt, &error), None).into_response(),
        Err(Failure::Access(refusal, hint)) => {
            let error = LoginError::Access(refusal);
            refuse(&state, &id, (&attempt, &error), Some(hint)).into_response()
        }
        // The attempt is kept: it was not used.
        Err(Failure::Store(error)) => {
            Problem::store(&state, &id, &error, return_to).into_response()
        }
    }
}

/// The page of a failure. Where ProConnect's session is in the way, a sign-out is prepared that
/// comes back to start again.
fn refuse(
    state: &AppState,
    id: &RequestId,
    (attempt, error): (&LoginAttempt, &LoginError),
    hint: Option<String>,
) -> impl IntoResponse {
    let way = Way::of_attempt(attempt);
    let sign_out = leads_to_another_account(error).then(|| {
        let sign_out = LogoutAttempt::begin(hint, state.entropy.as_ref()).then(way.link());
        attempts::keep_logout(state, &sign_out)
    });
    let forget = attempts::forget(state, attempt.state());
    let cookies = AppendHeaders([(SET_COOKIE, forget)]);
    let sign_out = AppendHeaders(sign_out.map(|cookie| (SET_COOKIE, cookie)));
    (cookies, sign_out, Problem::login(state, id, error, &way))
}

enum Completed {
    SignedIn,
    NobodySignedIn,
}

enum Failure {
    Login(LoginError),
    /// With the ID token, for signing out at ProConnect.
    Access(Refusal, String),
    Store(SessionError),
}

impl From<LoginError> for Failure {
    fn from(error: LoginError) -> Self {
        Self::Login(error)
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        Self::Store(error)
    }
}

/// The flow: the answer matches, the attempt is used up, then the provider is asked, and last of
/// all the session changes.
async fn complete(
    (state, id): (&AppState, &RequestId),
    (browser, device): (&Session, Device),
    attempt: &LoginAttempt,
    callback: RawCallback,
) -> Result<Completed, Failure> {
    let ready = state.provider.ready().await.map_err(LoginError::from)?;
    let now = state.clock.now();
    let accepted = attempt.accept(callback, ready.iss_in_callback, now)?;
    if !state.sessions.use_attempt(attempt.state(), now + LIFETIME).await? {
        return Err(LoginError::UsedAttempt.into());
    }
    let Accepted::Code(validated) = accepted else { return Ok(Completed::NobodySignedIn) };
    let sign_in = exchange(&state.provider, &ready, validated).await?;
    let identity = sign_in.identity.clone();
    if let Err(refusal) = state.access.judge(&identity) {
        let hint = sign_in.tokens.id_token.clone();
        revoke_in_background(&state.provider, sign_in.tokens);
        return Err(Failure::Access(refusal, hint));
    }
    state.sessions.sign_in(browser, sign_in, (device, state.clock.now())).await?;
    state.metrics.session_started();
    note(state, id, attempt, &identity, Sessions::key(browser).as_deref());
    if let Some(replaced) = attempt.replaces() {
        match state.sessions.end(replaced).await {
            Ok(()) => state.metrics.sessions_ended(SessionEnd::Replaced, 1),
            // The person is signed in; what is left over expires by itself.
            Err(error) => tracing::warn!(%error, "a replaced session was not ended"),
        }
    }
    tracing::info!(event = "signed_in", "somebody signed in");
    Ok(Completed::SignedIn)
}

fn device(headers: &HeaderMap) -> Device {
    let text = headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
    Device::from_user_agent(text.unwrap_or_default())
}

fn note(
    state: &AppState,
    id: &RequestId,
    attempt: &LoginAttempt,
    identity: &Identity,
    session: Option<&str>,
) {
    let event = if attempt.replaces().is_some() { Event::StepUp } else { Event::SignIn };
    let about = About {
        person: Some(&identity.sub),
        session,
        level: identity.acr.as_deref(),
        provider: identity.idp_id.as_deref(),
    };
    state.audit.record(id.origin(), event, audit::OK, about);
}

fn see(path: &ReturnTo) -> (StatusCode, [(axum::http::HeaderName, HeaderValue); 1]) {
    let location =
        HeaderValue::try_from(path.as_str()).expect("a parsed path is visible ASCII only");
    (StatusCode::SEE_OTHER, [(LOCATION, location)])
}

fn with_cookie(cookie: HeaderValue) -> AppendHeaders<[(axum::http::HeaderName, HeaderValue); 1]> {
    AppendHeaders([(SET_COOKIE, cookie)])
}
