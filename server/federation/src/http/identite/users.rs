//! The pages of somebody who is signed in.

use axum::extract::State;
use axum::response::Response;

use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::config::Organisation;
use crate::idp::Rung;
use crate::pages::{IdpHomePage, PendingPage, SelectOrganisationPage};
use crate::siret::Siret;

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

/// `GET /users/select-organization`
pub(super) async fn select_organization(
    State(state): State<IdpState>,
    visitor: Visitor,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    Ok(ok(&SelectOrganisationPage {
        csrf: &session.data.csrf,
        organisations: state.idp.organisations(&account.organisations),
    }))
}

/// `POST /users/select-organization`: `organization_id`.
pub(super) async fn select_organization_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, browser, .. } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let chosen = Siret::parse(params.get("organization_id").unwrap_or_default()).ok();
    proceed(&state, session, &browser, chosen.as_ref()).await
}

/// `GET /users/unable-to-auto-join-organization`
pub(super) async fn pending(
    State(state): State<IdpState>,
    visitor: Visitor,
) -> Result<Response, IdpError> {
    let Visit { account, .. } = visitor.on(Rung::Browser).await?;
    let waiting = state.idp.organisations(&account.pending_organisations);
    Ok(ok(&PendingPage { organisations: waiting.iter().map(Organisation::label).collect() }))
}
