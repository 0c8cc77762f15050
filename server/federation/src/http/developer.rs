//! The developer's pages, on the hub's origin. What they change goes through the same controls
//! as the admin API, and their forms pass the same guard.

mod actions;
mod moderation;
mod trial;
mod views;

use axum::Router;
use axum::routing::{get, post};

use super::hub::HubState;

/// What anybody may look at.
pub(super) fn views() -> Router<HubState> {
    Router::new()
        .route("/", get(views::home))
        .route("/services", get(views::services))
        .route("/services/{client_id}", get(views::service))
        .route("/fournisseurs", get(views::providers))
        .route("/demandes", get(views::requests))
        .route("/evenements", get(views::events))
        .route("/scenarios", get(views::scenarios))
        .route("/moderation", get(moderation::show))
        .route("/reglages", get(views::settings))
        .route(crate::trial::CALLBACK, get(trial::finish))
}

/// What changes something; to be put under the guard.
pub(super) fn actions() -> Router<HubState> {
    Router::new()
        .route("/essai", post(trial::start))
        .route("/scenarios/armer", post(actions::arm))
        .route("/scenarios/annuler", post(actions::disarm))
        .route("/moderation/accepter", post(moderation::accept))
        .route("/moderation/refuser", post(moderation::refuse))
        .route("/reglages/profil", post(actions::set_profile))
        .route("/reglages/horloge", post(actions::move_clock))
        .route("/reglages/remise-a-zero", post(actions::reset))
}
