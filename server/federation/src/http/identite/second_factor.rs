//! The page that asks for a second factor.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::{get, post};

use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{Rung, TRUSTED_FOR};
use crate::pages::{Notice, SecondFactorPage};
use crate::protocol::Params;

pub(super) fn routes() -> Router<IdpState> {
    Router::new()
        .route("/users/2fa-sign-in", get(ask))
        .route("/users/2fa-sign-in-with-totp", post(with_totp))
}

/// `GET /users/2fa-sign-in`
async fn ask(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, browser } = visitor.on(Rung::Verified).await?;
    let shown = session.data.login.as_ref().is_some_and(|login| login.methods.are_strong());
    if shown || !account.factors.exist() {
        return proceed(&state, session, &browser).await;
    }
    Ok(ok(&SecondFactorPage {
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        wrong: is_about_wrong_code(&params),
        email: account.email.as_str(),
        factors: account.factors,
    }))
}

/// `POST /users/2fa-sign-in-with-totp`: `totpToken`.
async fn with_totp(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, browser } = visitor.on(Rung::Verified).await?;
    own_form(&session, &params)?;
    let typed = params.get("totpToken").unwrap_or_default();
    let trusted = state.idp.confirm_authenticator(&mut session, &account, &browser, typed).await?;
    let Some(token) = trusted else {
        return Ok(wrong_code("/users/2fa-sign-in"));
    };
    let browser = browser.trusted(token.clone());
    let next = proceed(&state, session, &browser).await?;
    Ok(state.trust.keep(&token, TRUSTED_FOR, next))
}

/// The notice about a code of an authenticator: its field says so, not the top of the page.
const WRONG_CODE: &str = "invalid_totp_token";

/// Back to the page on which a wrong code was typed.
pub(super) fn wrong_code(path: &str) -> Response {
    see_other(&format!("{path}?notification={WRONG_CODE}"))
}

/// Whether a page is shown again because of a wrong code.
pub(super) fn is_about_wrong_code(params: &Params) -> bool {
    params.get("notification") == Some(WRONG_CODE)
}
