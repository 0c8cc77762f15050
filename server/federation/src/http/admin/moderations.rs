//! The requests to join an organisation: what waits, and the decisions.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;

use super::body::JsonBody;
use super::error::AdminError;
use crate::controls::Controls;
use crate::idp::{LinkKind, Moderation, Outcome};
use crate::registration::read;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Acceptance {
    /// `domain` or `proof_received`.
    #[serde(default = "domain")]
    verification_type: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    end_user_reason: Option<String>,
    #[serde(default)]
    allow_editing: bool,
}

fn domain() -> String {
    LinkKind::Domain.as_str().to_owned()
}

/// `GET /admin/moderations`: the open ones first.
pub(super) async fn list(
    State(controls): State<Controls>,
) -> Result<Json<Vec<Moderation>>, AdminError> {
    Ok(Json(controls.moderations().list().await?))
}

/// `GET /admin/moderations/{id}`
pub(super) async fn show(
    State(controls): State<Controls>,
    Path(id): Path<String>,
) -> Result<Json<Moderation>, AdminError> {
    find(&controls, &id).await.map(Json)
}

/// `POST /admin/moderations/{id}/accept`: `verification_type`.
pub(super) async fn accept(
    State(controls): State<Controls>,
    Path(id): Path<String>,
    JsonBody(object): JsonBody,
) -> Result<Json<Moderation>, AdminError> {
    let Acceptance { verification_type } = read(object)?;
    let kind = LinkKind::of_moderator(&verification_type);
    let kind = kind.ok_or(AdminError::NoSuchLink(verification_type))?;
    decide(&controls, &id, &Outcome::Accepted(kind)).await
}

/// `POST /admin/moderations/{id}/reject`: `end_user_reason`, `allow_editing`.
pub(super) async fn reject(
    State(controls): State<Controls>,
    Path(id): Path<String>,
    JsonBody(object): JsonBody,
) -> Result<Json<Moderation>, AdminError> {
    let Refusal { end_user_reason: reason, allow_editing } = read(object)?;
    decide(&controls, &id, &Outcome::Rejected { reason, allow_editing }).await
}

async fn find(controls: &Controls, id: &str) -> Result<Moderation, AdminError> {
    let found = match id.parse() {
        Ok(number) => controls.moderations().find(number).await?,
        Err(_) => None,
    };
    found.ok_or_else(|| AdminError::NoSuchModeration(id.to_owned()))
}

async fn decide(
    controls: &Controls,
    id: &str,
    outcome: &Outcome,
) -> Result<Json<Moderation>, AdminError> {
    let request = find(controls, id).await?;
    if !controls.moderations().decide(request.id, outcome).await? {
        return Err(AdminError::AlreadyDecided(id.to_owned()));
    }
    find(controls, id).await.map(Json)
}
