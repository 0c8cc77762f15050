//! The pages of the certification of leaders: what the register said, and the way on.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;

use super::franceconnect::way_back;
use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::output::see_other;
use crate::idp::{Finding, Rung};
use crate::pages::{UncertifiedPage, WelcomeLeaderPage};
use crate::protocol::OAuthError;

pub(super) fn routes() -> Router<IdpState> {
    Router::new()
        .route("/users/welcome/dirigeant", get(welcome).post(welcome_post))
        .route("/users/certification-dirigeant/{problem}", get(uncertified))
}

/// `GET /users/welcome/dirigeant`
async fn welcome(State(state): State<IdpState>, visitor: Visitor) -> Result<Response, IdpError> {
    let Visit { session, account, browser } = visitor.on(Rung::Browser).await?;
    let selected = session.data.selected.as_ref().filter(|_| session.data.certified);
    let Some(organisation) = selected.and_then(|siret| state.idp.establishment(siret)) else {
        return proceed(&state, session, &browser).await;
    };
    let (csrf, name) = (&session.data.csrf, account.full_name());
    Ok(ok(&WelcomeLeaderPage { csrf, name, organisation: organisation.label() }))
}

/// `POST /users/welcome/dirigeant`
async fn welcome_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, browser } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    session.data.certified = false;
    state.idp.sessions.save(&session).await?;
    state.idp.welcome(&session, &account).await?;
    proceed(&state, session, &browser).await
}

/// Where the person reads why they are not certified.
pub(super) fn problem(finding: Finding) -> &'static str {
    match finding {
        Finding::NotCovered => "/users/certification-dirigeant/organization-not-covered-error",
        Finding::Close(_) => "/users/certification-dirigeant/close-match-error",
        Finding::Leader | Finding::Unknown => "/users/certification-dirigeant/no-match-error",
    }
}

/// `GET /users/certification-dirigeant/{problem}`: what the register says now, whatever the path.
async fn uncertified(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(asked): Path<String>,
) -> Result<Response, IdpError> {
    let Visit { session, account, browser } = visitor.on(Rung::Browser).await?;
    let Some(siret) = &session.data.uncertified else {
        return proceed(&state, session, &browser).await;
    };
    let finding = state.idp.finding(account.id, siret).await?;
    let own = problem(finding);
    if finding != Finding::Leader && !own.ends_with(&asked) {
        return Ok(see_other(own));
    }
    Ok(ok(&UncertifiedPage {
        finding,
        identity: state.idp.identity(&account).await?,
        organisation: state.idp.establishment(siret).map(|found| found.label()).unwrap_or_default(),
        has_organisations: !account.organisations.is_empty(),
        way_back: way_back(&state, &session, &told(finding)).await?,
    }))
}

/// What the service is told of whoever goes back to it from there.
fn told(finding: Finding) -> OAuthError {
    OAuthError::new(
        "login_required",
        match finding {
            Finding::NotCovered => "Certification dirigeant: organization not covered",
            Finding::Close(_) => "Certification dirigeant: close match",
            Finding::Leader | Finding::Unknown => "Certification dirigeant: no match",
        },
    )
}
