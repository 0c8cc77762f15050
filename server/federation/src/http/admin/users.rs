//! The hub's accounts: who signed in so far, under which identities, and who is let in.

use axum::Json;
use axum::extract::{Path, State};
use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::JsonBody;
use super::error::AdminError;
use crate::controls::Controls;
use crate::registration::read;
use crate::storage::KnownUser;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    active: bool,
}

/// `GET /admin/users`
pub(super) async fn list(State(controls): State<Controls>) -> Result<Json<Vec<Value>>, AdminError> {
    Ok(Json(controls.store.known_users().await?.iter().map(shown).collect()))
}

/// `GET /admin/users/{sub}`
pub(super) async fn show(
    State(controls): State<Controls>,
    Path(sub): Path<String>,
) -> Result<Json<Value>, AdminError> {
    let user = controls.store.known_users().await?.into_iter().find(|user| user.sub == sub);
    user.map(|user| Json(shown(&user))).ok_or(AdminError::NoSuchUser(sub))
}

/// `PATCH /admin/users/{sub}`: `active`.
pub(super) async fn change(
    State(controls): State<Controls>,
    Path(sub): Path<String>,
    JsonBody(object): JsonBody,
) -> Result<Json<Value>, AdminError> {
    let Change { active } = read(object)?;
    controls.store.set_user_active(&sub, active).await?;
    show(State(controls), Path(sub)).await
}

fn shown(user: &KnownUser) -> Value {
    let identities: Vec<Value> = user
        .identities
        .iter()
        .map(|(provider, sub)| json!({ "idp_id": provider, "sub": sub }))
        .collect();
    json!({
        "sub": user.sub,
        "active": user.active,
        "last_connection": DateTime::from_timestamp(user.last_connection_at, 0)
            .map(|time| time.to_rfc3339()),
        "identities": identities,
    })
}
