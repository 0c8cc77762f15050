//! The profile, the clock and the reset.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::body::JsonBody;
use super::error::AdminError;
use crate::clock::Clock as _;
use crate::config::{ConfigError, Profile};
use crate::controls::Controls;
use crate::registration::read;

/// The federation's rules for levels.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileSetting {
    profile: Profile,
}

/// How far the clock is ahead.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Offset {
    offset_seconds: i64,
}

/// By how much it shall be moved.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

/// `GET /admin/profile`
pub(super) async fn profile(State(controls): State<Controls>) -> Json<ProfileSetting> {
    Json(ProfileSetting { profile: controls.directory.current().profile })
}

/// `PUT /admin/profile`
pub(super) async fn set_profile(
    State(controls): State<Controls>,
    JsonBody(object): JsonBody,
) -> Result<Json<ProfileSetting>, AdminError> {
    let setting: ProfileSetting = read(object)?;
    let changed: Result<(), ConfigError> = controls.directory.change(|config| {
        config.profile = setting.profile;
        Ok(())
    });
    changed.map_err(crate::registration::RegistrationError::from)?;
    Ok(Json(setting))
}

/// `GET /admin/clock`
pub(super) async fn clock(State(controls): State<Controls>) -> Json<Value> {
    Json(json!({
        "now": controls.clock.now().to_rfc3339(),
        "offset_seconds": controls.clock.offset(),
    }))
}

/// `PUT /admin/clock`: how far it is ahead of the real one.
pub(super) async fn set_clock(
    State(controls): State<Controls>,
    JsonBody(object): JsonBody,
) -> Result<Json<Value>, AdminError> {
    let Offset { offset_seconds } = read(object)?;
    if !controls.clock.set_offset(offset_seconds) {
        return Err(AdminError::ClockOutOfRange);
    }
    Ok(clock(State(controls)).await)
}

/// `POST /admin/clock`: moves it on, or back.
pub(super) async fn advance_clock(
    State(controls): State<Controls>,
    JsonBody(object): JsonBody,
) -> Result<Json<Value>, AdminError> {
    let Advance { advance_seconds } = read(object)?;
    if !controls.clock.advance(advance_seconds) {
        return Err(AdminError::ClockOutOfRange);
    }
    Ok(clock(State(controls)).await)
}

/// `POST /admin/reset`
pub(super) async fn reset(State(controls): State<Controls>) -> Result<StatusCode, AdminError> {
    controls.reset().await?;
    Ok(StatusCode::NO_CONTENT)
}
