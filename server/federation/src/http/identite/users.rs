//! The pages of somebody who is signed in.

use axum::extract::State;
use axum::response::Response;

use super::visitor::{Visit, Visitor};
use super::{IdpError, IdpState, ok};
use crate::config::Organisation;
use crate::idp::Rung;
use crate::pages::IdpHomePage;

/// `GET /`
pub(super) async fn home(
    State(state): State<IdpState>,
    visitor: Visitor,
) -> Result<Response, IdpError> {
    let Visit { account, .. } = visitor.on(Rung::Browser).await?;
    let organisations = state.idp.organisations(&account.organisations);
    Ok(ok(&IdpHomePage {
        name: account.full_name(),
        email: account.email.as_str(),
        organisations: organisations.iter().map(Organisation::label).collect(),
    }))
}
