//! The pages that a person sees.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use secrecy::SecretString;

use super::session::proceed;
use super::{IdpError, IdpState, ok, own_form};
use crate::config::Organisation;
use crate::email::EmailAddress;
use crate::http::input::{form, query};
use crate::http::output::see_other;
use crate::idp::{Account, IdpSession};
use crate::pages::{
    IdpHomePage, Notice, PendingPage, SelectOrganisationPage, SignInPage, SignUpPage, StartPage,
};
use crate::session::Session;
use crate::siret::Siret;

/// `GET /`
pub(super) async fn home(
    State(state): State<IdpState>,
    headers: HeaderMap,
) -> Result<Response, IdpError> {
    let Some((_, account)) = signed_in(&state, &headers).await? else {
        return Ok(see_other("/users/start-sign-in"));
    };
    let organisations = state.idp.organisations(&account.organisations);
    Ok(ok(&IdpHomePage {
        name: account.full_name(),
        email: account.email.as_str(),
        organisations: organisations.iter().map(Organisation::label).collect(),
    }))
}

/// `GET /users/start-sign-in`. An address that the service knows already counts as typed, once.
pub(super) async fn start_sign_in(
    State(state): State<IdpState>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let mut session = match state.session(&headers).await? {
        Some(session) => session,
        None => state.idp.sessions.begin(IdpSession::default()).await?,
    };
    if let Some(hinted) = session.data.login_hint.take() {
        session.data.email = Some(hinted.clone());
        state.idp.sessions.save(&session).await?;
        return after_email(&state, &hinted).await;
    }
    let notice = Notice::parse(params.get("notification"));
    let typed = params.get("login").unwrap_or_default().to_owned();
    let start = ok(&StartPage { csrf: &session.data.csrf, notice, typed });
    Ok(state.cookie.set(&session, start))
}

/// `POST /users/start-sign-in`: `login`.
pub(super) async fn start_sign_in_post(
    State(state): State<IdpState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, IdpError> {
    let params = form(&headers, &body)?;
    let Some(mut session) = state.session(&headers).await? else {
        return Ok(see_other("/users/start-sign-in"));
    };
    own_form(&session, &params)?;
    let login = params.get("login").unwrap_or_default();
    let Ok(email) = EmailAddress::parse(&login.to_lowercase()) else {
        let again = "/users/start-sign-in?notification=invalid_email";
        return Ok(see_other(&crate::protocol::with_query(again, &[("login", login)])));
    };
    session.data.email = Some(email.clone());
    state.idp.sessions.save(&session).await?;
    after_email(&state, &email).await
}

async fn after_email(state: &IdpState, email: &EmailAddress) -> Result<Response, IdpError> {
    let known = state.idp.account(email).await?.is_some();
    Ok(see_other(if known { "/users/sign-in" } else { "/users/sign-up" }))
}

/// `GET /users/sign-in`
pub(super) async fn sign_in(
    State(state): State<IdpState>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Some((session, email)) = with_email(&state, &headers).await? else {
        return Ok(see_other("/users/start-sign-in"));
    };
    let notice = Notice::parse(params.get("notification"));
    Ok(ok(&SignInPage { csrf: &session.data.csrf, notice, email: email.as_str() }))
}

/// `POST /users/sign-in`: `password`.
pub(super) async fn sign_in_post(
    State(state): State<IdpState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, IdpError> {
    let params = form(&headers, &body)?;
    let Some((session, email)) = with_email(&state, &headers).await? else {
        return Ok(see_other("/users/start-sign-in"));
    };
    own_form(&session, &params)?;
    let password = SecretString::from(params.get("password").unwrap_or_default());
    match state.idp.sign_in(session, &email, &password).await? {
        Some(session) => Ok(state.cookie.set(&session, proceed(&state, &session, None).await?)),
        None => Ok(see_other("/users/sign-in?notification=invalid_credentials")),
    }
}

/// `GET /users/sign-up`: what to do, since this ProConnect Identité opens no accounts.
pub(super) async fn sign_up(
    State(state): State<IdpState>,
    headers: HeaderMap,
) -> Result<Response, IdpError> {
    let Some((_, email)) = with_email(&state, &headers).await? else {
        return Ok(see_other("/users/start-sign-in"));
    };
    Ok(ok(&SignUpPage { email: email.as_str() }))
}

/// `GET /users/select-organization`
pub(super) async fn select_organization(
    State(state): State<IdpState>,
    headers: HeaderMap,
) -> Result<Response, IdpError> {
    let Some((session, account)) = signed_in(&state, &headers).await? else {
        return Ok(see_other("/users/start-sign-in"));
    };
    Ok(ok(&SelectOrganisationPage {
        csrf: &session.data.csrf,
        organisations: state.idp.organisations(&account.organisations),
    }))
}

/// `POST /users/select-organization`: `organization_id`.
pub(super) async fn select_organization_post(
    State(state): State<IdpState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, IdpError> {
    let params = form(&headers, &body)?;
    let Some(session) = state.session(&headers).await? else {
        return Ok(see_other("/users/start-sign-in"));
    };
    own_form(&session, &params)?;
    let chosen = Siret::parse(params.get("organization_id").unwrap_or_default()).ok();
    proceed(&state, &session, chosen.as_ref()).await
}

/// `GET /users/unable-to-auto-join-organization`
pub(super) async fn pending(
    State(state): State<IdpState>,
    headers: HeaderMap,
) -> Result<Response, IdpError> {
    let Some((_, account)) = signed_in(&state, &headers).await? else {
        return Ok(see_other("/users/start-sign-in"));
    };
    let waiting = state.idp.organisations(&account.pending_organisations);
    Ok(ok(&PendingPage { organisations: waiting.iter().map(Organisation::label).collect() }))
}

async fn signed_in(
    state: &IdpState,
    headers: &HeaderMap,
) -> Result<Option<(Session<IdpSession>, Account)>, IdpError> {
    let Some(session) = state.session(headers).await? else { return Ok(None) };
    let account = state.idp.signed_in(&session).await?;
    Ok(account.map(|account| (session, account)))
}

async fn with_email(
    state: &IdpState,
    headers: &HeaderMap,
) -> Result<Option<(Session<IdpSession>, EmailAddress)>, IdpError> {
    let session = state.session(headers).await?;
    Ok(session.and_then(|session| {
        let email = session.data.email.clone()?;
        Some((session, email))
    }))
}
