//! The events of sign-ins.

use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::error::AdminError;
use crate::controls::Controls;
use crate::trail::Recorded;

/// Which events are wanted.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    /// An instant of RFC 3339; all events if absent.
    since: Option<String>,
}

/// `GET /admin/events?since=`: the events at or after an instant, oldest first.
pub(super) async fn events(
    State(controls): State<Controls>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Vec<Recorded>>, AdminError> {
    let since = wanted.since.map_or(Ok(DateTime::<Utc>::MIN_UTC), |text| {
        text.parse::<DateTime<Utc>>().map_err(|_| AdminError::NoInstant)
    })?;
    Ok(Json(controls.trail.events_since(since)))
}
