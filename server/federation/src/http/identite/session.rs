//! The provider's own redirects: a request comes in, an answer or a sign-out goes out.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::visitor::{Visitor, detour};
use super::{IdpError, IdpState, contact, leaders};
use crate::http::input::{form, query};
use crate::http::output::{answer, see_other};
use crate::idp::{Browser, Certification, Entry, Gate, IdpSession};
use crate::protocol::Params;
use crate::provider::{PageError, Rejection};
use crate::session::Session;

/// `GET /oauth/authorize`
pub(super) async fn authorize(
    State(state): State<IdpState>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    open(&state, &headers, &query(raw.as_deref())?).await
}

/// `POST /oauth/authorize`
pub(super) async fn authorize_post(
    State(state): State<IdpState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, IdpError> {
    open(&state, &headers, &form(&headers, &body)?).await
}

async fn open(
    state: &IdpState,
    headers: &HeaderMap,
    params: &Params,
) -> Result<Response, IdpError> {
    let request = match state.idp.provider.validate(params) {
        Ok(request) => request,
        Err(Rejection::Answer(response)) => return Ok(answer(&response)),
        Err(Rejection::Page(error)) => return Err(error.into()),
    };
    let (session, browser) = (state.session(headers).await?, state.browser(headers));
    Ok(match state.idp.authorize(session, &browser, request).await? {
        Entry::Answer(response) => answer(&response),
        Entry::Interaction(session) => {
            let uid = session.data.interaction.as_deref().unwrap_or_default();
            state.cookie.set(&session, see_other(&format!("/interaction/{uid}")))
        }
    })
}

/// `GET /interaction/:id`
pub(super) async fn resume(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(uid): Path<String>,
) -> Result<Response, IdpError> {
    let (session, browser) = own_interaction(visitor, &uid)?;
    proceed(&state, session, &browser).await
}

/// `GET /interaction/:id/login`: the end of an interaction that has a page of its own.
pub(super) async fn finish(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(uid): Path<String>,
) -> Result<Response, IdpError> {
    let (session, browser) = own_interaction(visitor, &uid)?;
    match state.idp.proceed(&session, &browser).await? {
        Gate::LevelOutOfReach(_) => Err(PageError::LevelOutOfReach.into()),
        Gate::Answer(response) => Ok(answer(&response)),
        _ => Ok(see_other(&format!("/interaction/{uid}"))),
    }
}

/// The session, if the interaction is its own.
fn own_interaction(
    visitor: Visitor,
    uid: &str,
) -> Result<(Session<IdpSession>, Browser), IdpError> {
    let Visitor { session, browser, .. } = visitor;
    let session = session.filter(|session| session.data.interaction.as_deref() == Some(uid));
    Ok((session.ok_or(PageError::InteractionOver)?, browser))
}

/// `GET /oauth/logout`
pub(super) async fn logout(
    State(state): State<IdpState>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let logout = state.idp.provider.end_session(&params).await?;
    if let Some(session) = state.session(&headers).await? {
        state.idp.sessions.end(&session).await?;
    }
    let start = "/users/start-sign-in?notification=logout_success";
    Ok(state.cookie.remove(see_other(logout.target.as_deref().unwrap_or(start))))
}

/// Goes on as far as possible; the next page if something is still missing.
pub(super) async fn proceed(
    state: &IdpState,
    mut session: Session<IdpSession>,
    browser: &Browser,
) -> Result<Response, IdpError> {
    let next = loop {
        match state.idp.proceed(&session, browser).await? {
            Gate::Certify(siret) => match state.idp.certify(&mut session, &siret).await? {
                Certification::New | Certification::Renewed => {}
                Certification::Failed(finding) => break see_other(leaders::problem(finding)),
            },
            gate => break page_of(state, &mut session, gate).await?,
        }
    };
    Ok(state.cookie.set(&session, next))
}

async fn page_of(
    state: &IdpState,
    session: &mut Session<IdpSession>,
    gate: Gate,
) -> Result<Response, IdpError> {
    Ok(match gate {
        Gate::Obstacle(obstacle) => detour(obstacle),
        Gate::Home => {
            let path = session.data.return_path.take();
            state.idp.sessions.save(session).await?;
            see_other(path.as_deref().unwrap_or("/"))
        }
        Gate::Join(None) => see_other("/users/join-organization"),
        Gate::Join(Some(siret)) => {
            see_other(&format!("/users/join-organization?siret_hint={siret}"))
        }
        Gate::AskModerator(siret) => match state.idp.finish_joining(session, &siret).await? {
            Some(id) => waiting(id),
            None => see_other("/users/join-organization"),
        },
        Gate::Waiting => see_other("/users/unable-to-auto-join-organization"),
        Gate::ConfirmContact(siret) => contact::leads_to(&siret),
        Gate::FranceConnect | Gate::Certify(_) => see_other("/users/franceconnect"),
        Gate::WelcomeLeader => see_other("/users/welcome/dirigeant"),
        Gate::Welcome => see_other("/users/welcome"),
        Gate::SelectOrganisation => see_other("/users/select-organization"),
        Gate::PersonalInformation => see_other("/users/personal-information"),
        Gate::LevelOutOfReach(uid) => see_other(&format!("/interaction/{uid}/login")),
        Gate::Answer(response) => answer(&response),
    })
}

/// The page of a request that waits.
pub(super) fn waiting(id: i64) -> Response {
    see_other(&format!("/users/unable-to-auto-join-organization?moderation_id={id}"))
}
