//! The pages of the organisations that a person belongs to: choosing one, being welcomed in it,
//! and leaving it.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use axum::routing::{get, post};

use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::Rung;
use crate::pages::{ManageOrganisationsPage, Notice, SelectOrganisationPage, WelcomePage};
use crate::provider::PageError;
use crate::siret::Siret;

pub(super) fn routes() -> Router<IdpState> {
    Router::new()
        .route("/users/select-organization", get(select).post(select_post))
        .route("/users/welcome", get(welcome).post(welcome_post))
        .route("/manage-organizations", get(manage))
        .route("/users/quit-organization/{siret}", post(quit))
}

/// `GET /users/select-organization`
async fn select(State(state): State<IdpState>, visitor: Visitor) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    let organisations = state.idp.organisations(&account.organisations);
    if organisations.is_empty() {
        return Ok(see_other("/users/join-organization"));
    }
    let leads = state.idp.leads(account.id).await?;
    Ok(ok(&SelectOrganisationPage { csrf: &session.data.csrf, organisations, leads }))
}

/// `POST /users/select-organization`: `organization_id`.
async fn select_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, browser } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let chosen = Siret::parse(params.get("organization_id").unwrap_or_default());
    let selected = match chosen {
        Ok(siret) => state.idp.select(&mut session, &account, &siret).await?,
        Err(_) => false,
    };
    if selected {
        proceed(&state, session, &browser).await
    } else {
        Ok(see_other("/users/select-organization"))
    }
}

/// `GET /users/welcome`
async fn welcome(State(state): State<IdpState>, visitor: Visitor) -> Result<Response, IdpError> {
    let Visit { session, account, browser } = visitor.on(Rung::Browser).await?;
    if state.idp.unwelcomed(&session, &account).await?.is_none() {
        return proceed(&state, session, &browser).await;
    }
    Ok(ok(&WelcomePage { csrf: &session.data.csrf }))
}

/// `POST /users/welcome`
async fn welcome_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, browser } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    state.idp.welcome(&session, &account).await?;
    proceed(&state, session, &browser).await
}

/// `GET /manage-organizations`
async fn manage(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    let mut waiting = state.idp.moderations.of(account.id).await?;
    waiting.retain(|request| request.is_open() || request.is_rejected());
    Ok(ok(&ManageOrganisationsPage {
        name: account.full_name(),
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        organisations: state.idp.organisations(&account.organisations),
        unconfirmed: state.idp.awaiting_code(&account).await?,
        waiting,
    }))
}

/// `POST /users/quit-organization/{siret}`
async fn quit(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(siret): Path<String>,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, .. } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let siret = Siret::parse(&siret).map_err(|_| PageError::NotFound)?;
    if !state.idp.quit(&mut session, &account, &siret).await? {
        return Err(PageError::NotFound.into());
    }
    Ok(see_other("/manage-organizations?notification=quit_organization_success"))
}
