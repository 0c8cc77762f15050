//! The settings of an account: what opens it, and where.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::{get, post};

use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::Rung;
use crate::pages::{Notice, SettingsPage};
use crate::provider::PageError;

pub(super) fn routes() -> Router<IdpState> {
    Router::new()
        .route("/connection-and-account", get(settings))
        .route("/set-force-2fa", post(set_everywhere))
        .route("/delete-totp-configuration", post(delete_authenticator))
        .route("/delete-trusted-browser", post(delete_browser))
        .route("/delete-trusted-browsers", post(delete_browsers))
        .route("/users/delete", post(delete_account))
}

/// `GET /connection-and-account`
async fn settings(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, browser } = visitor.on(Rung::Settings).await?;
    Ok(ok(&SettingsPage {
        name: account.full_name(),
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        email: account.email.as_str(),
        has_password: account.has_password,
        factors: account.factors,
        passkeys: state.idp.passkeys(&account).await?,
        authenticator_since: state.idp.authenticator_since(&account).await?,
        browsers: state.idp.known_browsers(&account, &browser).await?,
        sign_ins: state.idp.sign_ins(&account).await?,
    }))
}

/// `POST /set-force-2fa`: `force_2fa`.
async fn set_everywhere(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Settings).await?;
    own_form(&session, &params)?;
    let everywhere = match params.get("force_2fa") {
        Some("true") => true,
        Some("false") => false,
        _ => return Err(PageError::Unprocessable.into()),
    };
    if !state.idp.set_second_factor_everywhere(&account, everywhere).await? {
        return Err(PageError::Unprocessable.into());
    }
    Ok(back(if everywhere { "2fa_successfully_enabled" } else { "2fa_successfully_disabled" }))
}

/// `POST /delete-totp-configuration`
async fn delete_authenticator(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Settings).await?;
    own_form(&session, &params)?;
    if !state.idp.remove_authenticator(&account).await? {
        return Err(PageError::NotFound.into());
    }
    Ok(back("authenticator_successfully_deleted"))
}

/// `POST /delete-trusted-browser`: `browser`.
async fn delete_browser(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Settings).await?;
    own_form(&session, &params)?;
    let name = params.get("browser").unwrap_or_default();
    if !state.idp.forget_browser(&account, name).await? {
        return Err(PageError::NotFound.into());
    }
    Ok(back("trusted_browser_deleted"))
}

/// `POST /delete-trusted-browsers`
async fn delete_browsers(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Settings).await?;
    own_form(&session, &params)?;
    state.idp.forget_browsers(&account).await?;
    Ok(back("trusted_browsers_deleted"))
}

/// `POST /users/delete`
async fn delete_account(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Settings).await?;
    own_form(&session, &params)?;
    state.idp.delete_account(&session, &account).await?;
    let start = "/users/start-sign-in?notification=user_successfully_deleted";
    Ok(state.cookie.remove(see_other(start)))
}

fn back(notice: &str) -> Response {
    see_other(&format!("/connection-and-account?notification={notice}"))
}
