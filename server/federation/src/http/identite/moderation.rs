//! The pages of a request that waits for a moderator, or that one refused. Correcting it takes
//! it back, or opens it again where the refusal allows that.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use axum::routing::{get, post};

use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{Account, Moderation, Rung};
use crate::mail::Letter;
use crate::pages::{PendingPage, RejectedPage};
use crate::protocol::Params;
use crate::provider::PageError;

pub(super) fn routes() -> Router<IdpState> {
    Router::new()
        .route("/users/unable-to-auto-join-organization", get(pending))
        .route("/users/moderation-rejected", get(rejected))
        .route("/users/cancel-moderation/{id}", post(cancel))
        .route("/users/reopen-moderation/{id}", post(reopen))
}

/// `GET /users/unable-to-auto-join-organization`: `moderation_id`.
async fn pending(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    let own = own_request(&state, &account, &params, Moderation::is_open).await?;
    let Some(request) = own else { return Ok(see_other("/users/join-organization")) };
    Ok(ok(&PendingPage { csrf: &session.data.csrf, request }))
}

/// `GET /users/moderation-rejected`: `moderation_id`.
async fn rejected(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    let own = own_request(&state, &account, &params, Moderation::is_rejected).await?;
    let Some(request) = own else { return Ok(see_other("/users/join-organization")) };
    Ok(ok(&RejectedPage { csrf: &session.data.csrf, request }))
}

/// The request that the query names, or the person's latest.
async fn own_request(
    state: &IdpState,
    account: &Account,
    params: &Params,
    wanted: fn(&Moderation) -> bool,
) -> Result<Option<Moderation>, IdpError> {
    let id = params.get("moderation_id");
    let own = state.idp.moderations.of(account.id).await?;
    let named = |request: &Moderation| id.is_none_or(|id| request.id.to_string() == id);
    Ok(own.into_iter().find(|request| wanted(request) && named(request)))
}

/// `POST /users/cancel-moderation/{id}`: `next` says what the person wants to correct.
async fn cancel(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let request = state.idp.moderations.find(id).await?.ok_or(PageError::NotFound)?;
    if !state.idp.moderations.cancel(account.id, id).await? {
        return Err(PageError::NotFound.into());
    }
    let label = request.organization_label;
    let letter = Letter::new("Annulation de votre demande de rattachement")
        .line(format!("Votre demande pour rejoindre l’organisation {label} est annulée."));
    state.idp.mailbox.write(account.email.as_str(), letter).await.map_err(PageError::from)?;
    Ok(see_other(match params.get("next") {
        Some("email") => "/users/change-email",
        Some("names") => "/users/personal-information",
        Some("organization") => "/users/join-organization?notification=cancel_moderation_success",
        _ => "/manage-organizations?notification=cancel_moderation_success",
    }))
}

/// `POST /users/reopen-moderation/{id}`
async fn reopen(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    if !state.idp.moderations.reopen(account.id, id).await? {
        return Err(PageError::NotFound.into());
    }
    Ok(see_other("/users/personal-information"))
}
