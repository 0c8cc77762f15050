//! The pages on which a person sets up a second factor because a service asks for one.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;

use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::Rung;
use crate::pages::{FactorChoicePage, Notice};

pub(super) fn routes() -> Router<IdpState> {
    Router::new().route("/users/double-authentication-choice", get(choice).post(choice_post))
}

/// `GET /users/double-authentication-choice`
async fn choice(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, .. } = visitor.on(Rung::Enrolment).await?;
    Ok(ok(&FactorChoicePage {
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        service: state.idp.waiting_service(&session).await?,
    }))
}

/// `POST /users/double-authentication-choice`: `radio-2fa`.
async fn choice_post(visitor: Visitor, Posted(params): Posted) -> Result<Response, IdpError> {
    let Visit { session, .. } = visitor.on(Rung::Enrolment).await?;
    own_form(&session, &params)?;
    Ok(see_other(match params.get("radio-2fa") {
        Some("totp") => "/users/is-totp-app-installed",
        Some("passkey") => "/users/passkey-configuration",
        Some("dont-know") => "/users/mfa-decision-helper",
        _ => "/users/double-authentication-choice",
    }))
}
