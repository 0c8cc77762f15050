//! The pages by which a person joins an organisation.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use super::error::way_back;
use super::session::{proceed, waiting};
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{Decision, Rung};
use crate::pages::{ConfirmPage, JoinPage, Notice, RestrictedPage, Restriction, SuggestionsPage};
use crate::protocol::{OAuthError, with_query};
use crate::siret::Siret;

const JOIN: &str = "/users/join-organization";
const SUGGESTIONS: &str = "/users/organization-suggestions";

pub(super) fn routes() -> Router<IdpState> {
    let restricted = Restriction::ALL.into_iter().fold(Router::new(), |routes, restriction| {
        let show =
            async move |State(state): State<IdpState>, headers: HeaderMap, visitor: Visitor| {
                restricted(&state, &headers, visitor, restriction).await
            };
        routes.route(restriction.path(), get(show))
    });
    Router::new()
        .route(SUGGESTIONS, get(suggestions))
        .route(JOIN, get(join).post(join_post))
        .route("/users/join-organization-confirm", get(confirm))
        .route("/api/sirene/organization-info/{siret}", get(organization_info))
        .merge(restricted)
}

/// `GET /users/organization-suggestions`
async fn suggestions(
    State(state): State<IdpState>,
    visitor: Visitor,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    let organisations = state.idp.suggestions(&account).await?;
    Ok(ok(&SuggestionsPage { csrf: &session.data.csrf, organisations }))
}

/// `GET /users/join-organization`: `siret_hint`, `search`.
async fn join(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    let asked = ["siret_hint", "notification", "do_not_propose_suggestions", "search"];
    let fresh = asked.iter().all(|name| params.get(name).is_none());
    if fresh && !state.idp.suggestions(&account).await?.is_empty() {
        return Ok(see_other(SUGGESTIONS));
    }
    let search = params.get("search").map(str::trim);
    Ok(ok(&JoinPage {
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        siret: params.get("siret_hint").unwrap_or_default(),
        search,
        found: search.map(|search| state.idp.search(search)).unwrap_or_default(),
    }))
}

/// `POST /users/join-organization`: `siret`, `confirmed`.
async fn join_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, browser } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let typed = params.get("siret").unwrap_or_default();
    let Ok(siret) = Siret::parse(typed) else { return Ok(refused("invalid_siret", typed)) };
    let confirmed = params.get("confirmed") == Some("true");
    let decision = state.idp.join(&mut session, &account, &siret, confirmed).await?;
    Ok(match decision {
        Decision::InvalidSiret => refused("invalid_siret", typed),
        Decision::AlreadyMember => refused("user_in_organization_already", typed),
        Decision::Pending(id) => waiting(id),
        Decision::Rejected(id) => {
            see_other(&format!("/users/moderation-rejected?moderation_id={id}"))
        }
        Decision::DomainNotAllowed => see_other(Restriction::DomainNotAllowed.path()),
        Decision::DomainRefused => see_other(Restriction::DomainRefused.path()),
        Decision::PrivateSectorEmailNeeded => see_other(Restriction::PrivateSector.path()),
        Decision::PublicSectorEmailNeeded => see_other(Restriction::PublicSector.path()),
        Decision::Confirm => see_other(&format!("/users/join-organization-confirm?siret={siret}")),
        Decision::Link { .. }
        | Decision::LinkAndModerate(_)
        | Decision::Moderate
        | Decision::Certify => proceed(&state, session, &browser).await?,
    })
}

fn refused(notification: &str, typed: &str) -> Response {
    see_other(&with_query(JOIN, &[("notification", notification), ("siret_hint", typed)]))
}

/// `GET /users/join-organization-confirm`: `siret`.
async fn confirm(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    let siret = Siret::parse(params.get("siret").unwrap_or_default());
    let Some(organisation) = siret.ok().and_then(|siret| state.idp.establishment(&siret)) else {
        return Ok(see_other(JOIN));
    };
    Ok(ok(&ConfirmPage { csrf: &session.data.csrf, email: account.email.as_str(), organisation }))
}

async fn restricted(
    state: &IdpState,
    headers: &HeaderMap,
    visitor: Visitor,
    restriction: Restriction,
) -> Result<Response, IdpError> {
    let Visit { account, .. } = visitor.on(Rung::Browser).await?;
    let told = OAuthError::new("access_denied", restriction.told());
    let way_back = way_back(state, headers, &told).await;
    Ok(ok(&RestrictedPage { restriction, email: account.email.as_str(), way_back }))
}

/// `GET /api/sirene/organization-info/{siret}`: what the form may show while one types. An
/// unknown SIRET is a timeout of the register at the real one, hence 504.
async fn organization_info(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(siret): Path<String>,
) -> Result<Response, IdpError> {
    let person = match &visitor.session {
        Some(session) => state.idp.signed_in(session).await?,
        None => None,
    };
    if person.is_none() {
        return Ok(StatusCode::UNAUTHORIZED.into_response());
    }
    let Ok(siret) = Siret::parse(&siret) else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    let Some(organisation) = state.idp.establishment(&siret) else {
        return Ok(StatusCode::GATEWAY_TIMEOUT.into_response());
    };
    let info = json!({
        "libelle": organisation.label(),
        "nomComplet": organisation.name,
        "enseigne": organisation.sign.clone().unwrap_or_default(),
        "adresse": organisation.address,
        "siret": organisation.siret,
        "estActive": !organisation.closed,
        "activitePrincipale": organisation.activity,
        "libelleActivitePrincipale": organisation.activity_label().unwrap_or_default(),
        "categorieJuridique": organisation.legal_category,
    });
    Ok(Json(json!({ "organizationInfo": info })).into_response())
}
