//! What the script of the pages with passkeys asks for, and the forms that it sends. The fields
//! carry the browser's answer as JSON.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::Value;

use super::place::Place;
use super::session::proceed;
use super::start::{START, with_email};
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{Rung, TRUSTED_FOR};
use crate::pages::{Notice, PasskeyPage, PasskeySettingsPage};
use crate::protocol::Params;

const SETTINGS: &str = "/connection-and-account";

pub(super) fn routes() -> Router<IdpState> {
    Router::new()
        .route("/api/webauthn/generate-registration-options", get(creation_options))
        .route(
            "/api/webauthn/generate-authentication-options-for-first-factor",
            get(first_factor_options),
        )
        .route(
            "/api/webauthn/generate-authentication-options-for-second-factor",
            get(second_factor_options),
        )
        .route("/users/passkey-configuration", get(add))
        .route("/passkey-configuration", get(add_in_settings))
        .route("/passkeys/verify-registration", post(verify_registration))
        .route("/users/sign-in-with-passkey", post(sign_in))
        .route("/users/2fa-sign-in-with-passkey", post(second_factor))
        .route("/delete-passkeys/{credential_id}", post(delete))
}

/// `GET /users/passkey-configuration`
async fn add(visitor: Visitor, RawQuery(raw): RawQuery) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, .. } = visitor.adding_a_factor().await?;
    let notice = Notice::parse(params.get("notification"));
    Ok(ok(&PasskeyPage { csrf: &session.data.csrf, notice }))
}

/// `GET /passkey-configuration`
async fn add_in_settings(visitor: Visitor, RawQuery(raw): RawQuery) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Settings).await?;
    let (name, csrf) = (account.full_name(), &session.data.csrf);
    let notice = Notice::parse(params.get("notification"));
    Ok(ok(&PasskeySettingsPage { name, csrf, notice }))
}

/// `GET /api/webauthn/generate-registration-options`
async fn creation_options(
    State(state): State<IdpState>,
    visitor: Visitor,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.adding_a_factor().await?;
    let options = state.idp.passkey_creation_options(&session, &account).await?;
    Ok(Json(options).into_response())
}

/// `GET /api/webauthn/generate-authentication-options-for-first-factor`
async fn first_factor_options(
    State(state): State<IdpState>,
    visitor: Visitor,
) -> Result<Response, IdpError> {
    let Some((session, email)) = with_email(visitor.session) else { return Ok(see_other(START)) };
    Ok(found(state.idp.first_factor_options(&session, &email).await?))
}

/// `GET /api/webauthn/generate-authentication-options-for-second-factor`
async fn second_factor_options(
    State(state): State<IdpState>,
    visitor: Visitor,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Verified).await?;
    Ok(found(state.idp.second_factor_options(&session, &account).await?))
}

/// `POST /passkeys/verify-registration`: `webauthn_registration_response_string`.
async fn verify_registration(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, browser } = visitor.adding_a_factor().await?;
    own_form(&session, &params)?;
    let place = match state.idp.rung_for_adding(&session, &browser).await? {
        Rung::Enrolment => Place::Journey,
        _ => Place::Settings,
    };
    let answer = params.get("webauthn_registration_response_string").unwrap_or_default();
    let added = state.idp.add_passkey(&mut session, &browser, &account, answer).await?;
    let Some(token) = added else {
        let page = format!("{}/passkey-configuration?notification=invalid_passkey", place.base());
        return Ok(see_other(&page));
    };
    let next = match place {
        Place::Journey => see_other("/users/2fa-successfully-configured"),
        Place::Settings => settings("passkey_successfully_created"),
    };
    Ok(state.trust.keep(&token, TRUSTED_FOR, state.cookie.set(&session, next)))
}

/// `POST /users/sign-in-with-passkey`: `webauthn_authentication_response_string`.
async fn sign_in(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let session = visitor.own_form(&params)?;
    let Some((session, email)) = with_email(Some(session)) else { return Ok(see_other(START)) };
    let (browser, answer) = (visitor.browser, answer(&params));
    match state.idp.sign_in_with_passkey(session, &browser, &email, answer).await? {
        Some((session, token)) => {
            let browser = browser.trusted(token.clone());
            let next = proceed(&state, session, &browser).await?;
            Ok(state.trust.keep(&token, TRUSTED_FOR, next))
        }
        None => Ok(see_other("/users/sign-in?notification=invalid_passkey")),
    }
}

/// `POST /users/2fa-sign-in-with-passkey`: `webauthn_authentication_response_string`.
async fn second_factor(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, browser } = visitor.on(Rung::Verified).await?;
    own_form(&session, &params)?;
    match state.idp.show_passkey(&mut session, &browser, &account, answer(&params)).await? {
        Some(token) => {
            let browser = browser.trusted(token.clone());
            let next = proceed(&state, session, &browser).await?;
            Ok(state.trust.keep(&token, TRUSTED_FOR, next))
        }
        None => Ok(see_other("/users/2fa-sign-in?notification=invalid_passkey")),
    }
}

/// `POST /delete-passkeys/:credential_id`
async fn delete(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(credential_id): Path<String>,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Settings).await?;
    own_form(&session, &params)?;
    let deleted = state.idp.delete_passkey(&account, &credential_id).await?;
    Ok(settings(if deleted { "passkey_successfully_deleted" } else { "passkey_not_found" }))
}

fn answer(params: &Params) -> &str {
    params.get("webauthn_authentication_response_string").unwrap_or_default()
}

fn found(options: Option<Value>) -> Response {
    match options {
        Some(options) => Json(options).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn settings(notice: &str) -> Response {
    see_other(&format!("{SETTINGS}?notification={notice}"))
}
