//! The page that asks for a second factor.

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;

use super::visitor::{Visit, Visitor};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::idp::Rung;
use crate::pages::{Notice, SecondFactorPage};

/// The notice about a wrong code.
pub(super) const WRONG_CODE: &str = "invalid_totp_token";

pub(super) fn routes() -> Router<IdpState> {
    Router::new().route("/users/2fa-sign-in", get(ask))
}

/// `GET /users/2fa-sign-in`
async fn ask(visitor: Visitor, RawQuery(raw): RawQuery) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Verified).await?;
    Ok(ok(&SecondFactorPage {
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        wrong: params.get("notification") == Some(WRONG_CODE),
        email: account.email.as_str(),
        factors: account.factors,
    }))
}
