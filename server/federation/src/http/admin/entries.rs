//! The routes of registrations, the same for every kind.

use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::Value;
use url::Url;

use super::body::JsonBody;
use super::error::AdminError;
use crate::Addresses;
use crate::controls::Controls;
use crate::registration::{self, Entry};

/// List and entries below a path.
pub(super) fn routes<E, S>(path: &'static str) -> Router<S>
where
    E: Entry + Send + 'static,
    S: Clone + Send + Sync + 'static,
    Controls: FromRef<S>,
    Addresses: FromRef<S>,
{
    let create = async move |State(addresses): State<Addresses>,
                             State(controls): State<Controls>,
                             JsonBody(object): JsonBody| {
        let (key, shown) = registration::create::<E>(&controls.directory, object)?;
        Ok::<_, AdminError>(created(&addresses, path, &key, shown))
    };
    Router::new().route(path, get(list::<E>).post(create)).route(
        &format!("{path}/{{key}}"),
        get(show::<E>).put(replace::<E>).patch(patch::<E>).delete(remove::<E>),
    )
}

fn created(addresses: &Addresses, path: &str, key: &str, shown: Value) -> Response {
    let mut location: Url = addresses.hub.clone();
    // A base that can be one: the hub's origin is http or https.
    if let Ok(mut segments) = location.path_segments_mut() {
        segments.extend(["admin", path.trim_start_matches('/'), key]);
    }
    (StatusCode::CREATED, [(LOCATION, location.to_string())], Json(shown)).into_response()
}

async fn list<E: Entry>(State(controls): State<Controls>) -> Result<Json<Vec<Value>>, AdminError> {
    Ok(Json(registration::list::<E>(&controls.directory)?))
}

async fn show<E: Entry>(
    State(controls): State<Controls>,
    Path(key): Path<String>,
) -> Result<Json<Value>, AdminError> {
    Ok(Json(registration::find::<E>(&controls.directory, &key)?))
}

async fn replace<E: Entry>(
    State(controls): State<Controls>,
    Path(key): Path<String>,
    JsonBody(object): JsonBody,
) -> Result<(StatusCode, Json<Value>), AdminError> {
    let (is_new, shown) = registration::replace::<E>(&controls.directory, &key, object)?;
    Ok((if is_new { StatusCode::CREATED } else { StatusCode::OK }, Json(shown)))
}

async fn patch<E: Entry>(
    State(controls): State<Controls>,
    Path(key): Path<String>,
    JsonBody(object): JsonBody,
) -> Result<Json<Value>, AdminError> {
    Ok(Json(registration::patch::<E>(&controls.directory, &key, object)?))
}

async fn remove<E: Entry>(
    State(controls): State<Controls>,
    Path(key): Path<String>,
) -> Result<StatusCode, AdminError> {
    registration::remove::<E>(&controls.directory, &key)?;
    Ok(StatusCode::NO_CONTENT)
}
