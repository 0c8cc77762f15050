//! What the pages' forms do. Each leads back to a page that says so.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use crate::config::{ConfigError, Profile};
use crate::http::hub::{ErrorPage, HubState};
use crate::http::output::see_other;
use crate::hub::HubError;
use crate::scenario::Scenario;

/// `POST /scenarios/armer`
#[derive(Debug, Deserialize)]
pub(super) struct Arm {
    service: String,
    scenario: String,
}

pub(super) async fn arm(
    State(state): State<HubState>,
    Form(form): Form<Arm>,
) -> Result<Response, ErrorPage> {
    let config = state.controls.directory.current();
    let known = config.services.iter().any(|service| service.client_id == form.service);
    let scenario = Scenario::named(&form.scenario).filter(|_| known);
    let scenario = scenario.ok_or_else(|| refused(&state, "no such service or scenario"))?;
    state.controls.scenarios.arm(&form.service, scenario);
    Ok(see_other("/scenarios?fait=arme"))
}

/// `POST /scenarios/annuler`
#[derive(Debug, Deserialize)]
pub(super) struct Disarm {
    service: String,
}

pub(super) async fn disarm(State(state): State<HubState>, Form(form): Form<Disarm>) -> Response {
    state.controls.scenarios.disarm(&form.service);
    see_other("/scenarios?fait=annule")
}

/// `POST /reglages/profil`
#[derive(Debug, Deserialize)]
pub(super) struct ChosenProfile {
    profile: Profile,
}

pub(super) async fn set_profile(
    State(state): State<HubState>,
    Form(form): Form<ChosenProfile>,
) -> Result<Response, ErrorPage> {
    let changed = state.controls.directory.change(|config| {
        config.profile = form.profile;
        Ok::<(), ConfigError>(())
    });
    changed.map_err(|error| refused(&state, &error.to_string()))?;
    Ok(see_other("/reglages?fait=profil"))
}

/// `POST /reglages/horloge`
#[derive(Debug, Deserialize)]
pub(super) struct MovedClock {
    /// Seconds.
    advance: Option<i64>,
}

pub(super) async fn move_clock(
    State(state): State<HubState>,
    Form(form): Form<MovedClock>,
) -> Result<Response, ErrorPage> {
    let clock = &state.controls.clock;
    match form.advance {
        Some(seconds) if clock.advance(seconds) => {}
        Some(_) => return Err(refused(&state, "the clock cannot be moved that far")),
        None => clock.reset(),
    }
    Ok(see_other("/reglages?fait=horloge"))
}

/// `POST /reglages/remise-a-zero`
pub(super) async fn reset(State(state): State<HubState>) -> Result<Response, ErrorPage> {
    let reset = state.controls.reset().await;
    reset.map_err(|error| state.error(HubError::from(error)))?;
    Ok(see_other("/reglages?fait=remise-a-zero"))
}

pub(super) fn refused(state: &HubState, problem: &str) -> ErrorPage {
    state.error(HubError::BadRequest(problem.to_owned()))
}
