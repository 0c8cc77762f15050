//! The settings of an account: what opens it, and where.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;

use super::visitor::{Visit, Visitor};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::idp::Rung;
use crate::pages::{Notice, SettingsPage};

pub(super) fn routes() -> Router<IdpState> {
    Router::new().route("/connection-and-account", get(settings))
}

/// `GET /connection-and-account`
async fn settings(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Settings).await?;
    Ok(ok(&SettingsPage {
        name: account.full_name(),
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        email: account.email.as_str(),
        has_password: account.has_password,
        factors: account.factors,
        passkeys: state.idp.passkeys(&account).await?,
        sign_ins: state.idp.sign_ins(&account).await?,
    }))
}
