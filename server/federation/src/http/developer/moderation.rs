//! The requests to join an organisation, and the two decisions about each.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::actions::refused;
use super::views::Asked;
use crate::http::hub::{ErrorPage, HubState};
use crate::http::output::{page, see_other};
use crate::hub::HubError;
use crate::idp::{LinkKind, Moderation, Outcome};
use crate::pages::developer::{ModerationPage, Tab};

/// `GET /moderation`
pub(super) async fn show(
    State(state): State<HubState>,
    Query(asked): Query<Asked>,
) -> Result<Response, ErrorPage> {
    let requests = state.controls.moderations().list().await;
    let requests = requests.map_err(|error| state.error(HubError::from(error)))?;
    let (open, decided) = requests.into_iter().partition(Moderation::is_open);
    let frame = state.frame(Tab::Moderation, &asked);
    Ok(page(StatusCode::OK, &ModerationPage { frame, open, decided }))
}

/// `POST /moderation/accepter`
#[derive(Debug, Deserialize)]
pub(super) struct Acceptance {
    id: i64,
    /// The kind of the link.
    lien: String,
}

pub(super) async fn accept(
    State(state): State<HubState>,
    Form(form): Form<Acceptance>,
) -> Result<Response, ErrorPage> {
    let kind = LinkKind::of_moderator(&form.lien);
    let kind = kind.ok_or_else(|| refused(&state, "no moderator gives such a link"))?;
    decide(&state, form.id, &Outcome::Accepted(kind)).await?;
    Ok(see_other("/moderation?fait=accepte"))
}

/// `POST /moderation/refuser`
#[derive(Debug, Deserialize)]
pub(super) struct Refusal {
    id: i64,
    motif: Option<String>,
    /// There if the person may correct their request.
    corriger: Option<String>,
}

pub(super) async fn refuse(
    State(state): State<HubState>,
    Form(form): Form<Refusal>,
) -> Result<Response, ErrorPage> {
    let allow_editing = form.corriger.is_some();
    decide(&state, form.id, &Outcome::Rejected { reason: form.motif, allow_editing }).await?;
    Ok(see_other("/moderation?fait=refuse"))
}

async fn decide(state: &HubState, id: i64, outcome: &Outcome) -> Result<(), ErrorPage> {
    let decided = state.controls.moderations().decide(id, outcome).await;
    if decided.map_err(|error| state.error(HubError::from(error)))? {
        Ok(())
    } else {
        Err(refused(state, "no such request waits"))
    }
}
