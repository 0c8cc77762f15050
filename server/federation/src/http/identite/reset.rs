//! The pages of people who forgot their password.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use secrecy::SecretString;

use super::start::notice_of;
use super::visitor::{Posted, Visitor};
use super::{IdpError, IdpState, ok};
use crate::email::EmailAddress;
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::TRUSTED_FOR;
use crate::pages::{ChangePasswordPage, Notice, ResetPasswordPage};
use crate::protocol::with_query;

/// `GET /users/reset-password`
pub(super) async fn reset_password(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let session = visitor.any_session().await?;
    let reset = ok(&ResetPasswordPage {
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        typed: session.data.email.as_ref().map_or("", EmailAddress::as_str),
    });
    Ok(state.cookie.set(&session, reset))
}

/// `POST /users/reset-password`: `login`. The answer is the same for every address.
pub(super) async fn reset_password_post(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    visitor.own_form(&params)?;
    let login = params.get("login").unwrap_or_default().to_lowercase();
    let Ok(email) = EmailAddress::parse(&login) else {
        return Ok(see_other("/users/reset-password?notification=invalid_email"));
    };
    state.idp.send_reset_link(&email).await?;
    Ok(see_other("/users/start-sign-in?notification=reset_password_email_sent"))
}

/// `GET /users/change-password`: `reset_password_token`.
pub(super) async fn change_password(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let session = visitor.any_session().await?;
    let change = ok(&ChangePasswordPage {
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        token: params.get("reset_password_token").unwrap_or_default(),
    });
    Ok(state.cookie.set(&session, change))
}

/// `POST /users/change-password`: `reset_password_token`, `password`, `confirm_password`.
pub(super) async fn change_password_post(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    visitor.own_form(&params)?;
    let token = params.get("reset_password_token").unwrap_or_default();
    let again = |notice: &str| {
        let params = [("reset_password_token", token), ("notification", notice)];
        see_other(&with_query("/users/change-password", &params))
    };
    let password = params.get("password").unwrap_or_default();
    if params.get("confirm_password") != Some(password) {
        return Ok(again("passwords_differ"));
    }
    let password = SecretString::from(password);
    match state.idp.change_password(&visitor.browser, token, &password).await? {
        None => Ok(see_other("/users/reset-password?notification=invalid_token")),
        Some(Err(problem)) => Ok(again(notice_of(problem))),
        Some(Ok(trusted)) => {
            let start = see_other("/users/start-sign-in?notification=password_change_success");
            Ok(state.trust.keep(&trusted, TRUSTED_FOR, start))
        }
    }
}
