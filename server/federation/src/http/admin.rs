//! Owns the admin API: what a test suite in any language needs to arrange the federation. Its
//! guard admits this machine's programs and the hub's own pages, and nobody else.

mod body;
mod entries;
mod error;
mod guard;
mod moderations;
mod scenarios;
mod settings;
mod trail;
mod users;

use axum::extract::{FromRef, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::Addresses;
use crate::config::{Account, Citizen, IdentityProvider, Organisation, Service};
use crate::controls::Controls;

pub(super) use guard::Guard;

/// Everything below `/admin`.
pub(super) fn routes<S>(guard: Guard) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Controls: FromRef<S>,
    Addresses: FromRef<S>,
{
    let routes = Router::new()
        .route("/", get(index))
        .merge(entries::routes::<Service, S>("/services"))
        .merge(entries::routes::<IdentityProvider, S>("/identity-providers"))
        .merge(entries::routes::<Organisation, S>("/organisations"))
        .merge(entries::routes::<Account, S>("/accounts"))
        .merge(entries::routes::<Citizen, S>("/citizens"))
        .route("/users", get(users::list))
        .route("/users/{sub}", get(users::show).patch(users::change))
        .route("/scenarios", get(scenarios::list))
        .route(
            "/scenarios/{client_id}",
            get(scenarios::show).put(scenarios::arm).delete(scenarios::disarm),
        )
        .route("/moderations", get(moderations::list))
        .route("/moderations/{id}", get(moderations::show))
        .route("/moderations/{id}/accept", post(moderations::accept))
        .route("/moderations/{id}/reject", post(moderations::reject))
        .route("/events", get(trail::events))
        .route("/profile", get(settings::profile).put(settings::set_profile))
        .route(
            "/clock",
            get(settings::clock).put(settings::set_clock).post(settings::advance_clock),
        )
        .route("/reset", post(settings::reset))
        .fallback(error::no_such_route)
        .method_not_allowed_fallback(error::no_such_method);
    Router::new().nest("/admin", guard.protect(routes))
}

/// `GET /admin`: what there is.
async fn index(State(addresses): State<Addresses>) -> Json<Value> {
    let hub = addresses.hub.as_str().trim_end_matches('/');
    let resources = [
        "scenarios",
        "events",
        "services",
        "identity-providers",
        "organisations",
        "accounts",
        "citizens",
        "users",
        "moderations",
        "profile",
        "clock",
        "reset",
    ];
    let urls = resources.map(|name| (name.to_owned(), json!(format!("{hub}/admin/{name}"))));
    Json(Value::Object(urls.into_iter().collect()))
}
