//! The scenarios, and which of them waits for a service's next sign-in.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::JsonBody;
use super::error::AdminError;
use crate::controls::Controls;
use crate::registration::read;
use crate::scenario::Scenario;

/// What shall happen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    scenario: String,
}

/// `GET /admin/scenarios`: all that there are, with what they do.
pub(super) async fn list() -> Json<Value> {
    Json(Scenario::ALL.map(described).into_iter().collect())
}

/// `GET /admin/scenarios/{client_id}`
pub(super) async fn show(
    State(controls): State<Controls>,
    Path(client_id): Path<String>,
) -> Result<Json<Value>, AdminError> {
    known(&controls, &client_id)?;
    let armed = controls.scenarios.armed(&client_id);
    Ok(Json(json!({ "scenario": armed.map(Scenario::name) })))
}

/// `PUT /admin/scenarios/{client_id}`
pub(super) async fn arm(
    State(controls): State<Controls>,
    Path(client_id): Path<String>,
    JsonBody(object): JsonBody,
) -> Result<Json<Value>, AdminError> {
    known(&controls, &client_id)?;
    let Chosen { scenario: name } = read(object)?;
    let scenario = Scenario::named(&name).ok_or(AdminError::NoSuchScenario(name))?;
    controls.scenarios.arm(&client_id, scenario);
    Ok(Json(described(scenario)))
}

/// `DELETE /admin/scenarios/{client_id}`
pub(super) async fn disarm(
    State(controls): State<Controls>,
    Path(client_id): Path<String>,
) -> Result<StatusCode, AdminError> {
    known(&controls, &client_id)?;
    controls.scenarios.disarm(&client_id);
    Ok(StatusCode::NO_CONTENT)
}

fn described(scenario: Scenario) -> Value {
    let texts = scenario.texts();
    json!({
        "scenario": scenario.name(),
        "title": texts.title,
        "effect": texts.effect,
        "expected": texts.expected,
    })
}

fn known(controls: &Controls, client_id: &str) -> Result<(), AdminError> {
    let registered = controls.directory.current();
    let found = registered.services.iter().any(|service| service.client_id == client_id);
    if found { Ok(()) } else { Err(AdminError::NoSuchService(client_id.to_owned())) }
}
