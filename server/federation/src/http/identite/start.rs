//! Pages before anybody is signed in: the address, its password, or a new account.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use secrecy::SecretString;

use super::session::proceed;
use super::visitor::{Posted, Visitor};
use super::{IdpError, IdpState, ok};
use crate::email::EmailAddress;
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{IdpSession, PasswordProblem, SignUpProblem, Start};
use crate::pages::{Notice, PasskeyOffer, SignInPage, SignUpPage, StartPage};
use crate::protocol::with_query;
use crate::session::Session;

pub(super) const START: &str = "/users/start-sign-in";

/// `GET /users/start-sign-in`. An address that the service knows already counts as typed, once.
pub(super) async fn start_sign_in(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let mut session = visitor.any_session().await?;
    if let Some(hinted) = session.data.login_hint.take() {
        state.idp.sessions.save(&session).await?;
        return after_email(&state, &mut session, hinted).await;
    }
    let meant = params.get("did_you_mean").and_then(|meant| EmailAddress::parse(meant).ok());
    let suggestion = meant.map(|meant| {
        let link = with_query(START, &[("login", meant.as_str())]);
        (meant.to_string(), link)
    });
    let notice = Notice::parse(params.get("notification"));
    let typed = params.get("login").unwrap_or_default().to_owned();
    let start = ok(&StartPage { csrf: &session.data.csrf, notice, typed, suggestion });
    Ok(state.cookie.set(&session, start))
}

/// `POST /users/start-sign-in`: `login`.
pub(super) async fn start_sign_in_post(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let mut session = visitor.own_form(&params)?;
    let login = params.get("login").unwrap_or_default();
    match EmailAddress::parse(&login.to_lowercase()) {
        Ok(email) => after_email(&state, &mut session, email).await,
        Err(_) => Ok(invalid_email(login, None)),
    }
}

async fn after_email(
    state: &IdpState,
    session: &mut Session<IdpSession>,
    email: EmailAddress,
) -> Result<Response, IdpError> {
    Ok(match state.idp.start(session, email.clone()).await? {
        Start::Password => see_other("/users/sign-in"),
        Start::MissingPassword => see_other("/users/sign-up?notification=new_password_needed"),
        Start::NewAccount => see_other("/users/sign-up"),
        Start::Undeliverable(meant) => invalid_email(email.as_str(), meant.as_ref()),
    })
}

fn invalid_email(typed: &str, meant: Option<&EmailAddress>) -> Response {
    let mut params = vec![("notification", "invalid_email"), ("login", typed)];
    params.extend(meant.map(|meant| ("did_you_mean", meant.as_str())));
    see_other(&with_query(START, &params))
}

/// `GET /users/change-email`. Whoever a service sent types another address where they typed the first: at
/// the hub, which may know another provider for it.
pub(super) async fn change_email(
    State(state): State<IdpState>,
    visitor: Visitor,
) -> Result<Response, IdpError> {
    let Some(session) = visitor.session else { return Ok(see_other(START)) };
    let waiting = state.idp.request(&session).await?.is_some();
    Ok(see_other(match (waiting, &session.data.login) {
        (true, _) => &state.hub_email_page,
        (false, Some(_)) => "/oauth/logout",
        (false, None) => START,
    }))
}

/// `GET /users/sign-in`
pub(super) async fn sign_in(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Some((session, email)) = with_email(visitor.session) else { return Ok(see_other(START)) };
    let key = params.get("notification");
    let (password_error, notice) = match key {
        Some("invalid_credentials") => (Notice::parse(key), None),
        _ => (None, Notice::parse(key)),
    };
    let is_offered = state.idp.has_passkey_for_signing_in(&email).await?;
    // After an error, asking again by itself could go on for ever.
    let passkey = PasskeyOffer { is_offered, is_automatic: key.is_none() };
    let (csrf, email) = (&session.data.csrf, email.as_str());
    Ok(ok(&SignInPage { csrf, notice, password_error, email, passkey }))
}

/// `POST /users/sign-in`: `password`.
pub(super) async fn sign_in_post(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let session = visitor.own_form(&params)?;
    let Some((session, email)) = with_email(Some(session)) else { return Ok(see_other(START)) };
    let password = SecretString::from(params.get("password").unwrap_or_default());
    match state.idp.sign_in(session, &visitor.browser, &email, &password).await? {
        Some(session) => proceed(&state, session, &visitor.browser).await,
        None => Ok(see_other("/users/sign-in?notification=invalid_credentials")),
    }
}

/// `GET /users/sign-up`
pub(super) async fn sign_up(
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Some((session, email)) = with_email(visitor.session) else { return Ok(see_other(START)) };
    let notice = Notice::parse(params.get("notification"));
    Ok(ok(&SignUpPage { csrf: &session.data.csrf, notice, email: email.as_str() }))
}

/// `POST /users/sign-up`: `password`.
pub(super) async fn sign_up_post(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let session = visitor.own_form(&params)?;
    let Some((session, email)) = with_email(Some(session)) else { return Ok(see_other(START)) };
    let password = SecretString::from(params.get("password").unwrap_or_default());
    match state.idp.sign_up(session, &visitor.browser, &email, &password).await? {
        Ok(session) => proceed(&state, session, &visitor.browser).await,
        Err(SignUpProblem::EmailTaken) => {
            Ok(see_other("/users/start-sign-in?notification=email_unavailable"))
        }
        Err(SignUpProblem::Password(problem)) => {
            Ok(see_other(&with_query("/users/sign-up", &[("notification", notice_of(problem))])))
        }
    }
}

/// The notice about a password that is refused.
pub(super) fn notice_of(problem: PasswordProblem) -> &'static str {
    match problem {
        PasswordProblem::Weak => "weak_password",
        PasswordProblem::Leaked => "leaked_password",
    }
}

/// The address that was given in the session.
pub(super) fn with_email(
    session: Option<Session<IdpSession>>,
) -> Option<(Session<IdpSession>, EmailAddress)> {
    let session = session?;
    let email = session.data.email.clone()?;
    Some((session, email))
}
