//! `/session/end`: the hub's sign-out, on through the identity provider's, back to the service.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::error::ErrorPage;
use super::{HubState, PREFIX};
use crate::http::input::{form, query};
use crate::http::output::{page, see_other};
use crate::hub::{HubError, HubSession};
use crate::pages::SignedOutPage;
use crate::protocol::{EndSession, Params, is_http_uri};
use crate::provider::PageError;
use crate::session::Session;
use crate::trail::Event;

/// `GET /session/end`
pub(super) async fn start(
    State(state): State<HubState>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, ErrorPage> {
    let params = query(raw.as_deref()).map_err(|error| state.error(HubError::from(error)))?;
    sign_out(&state, &headers, &params).await
}

/// `POST /session/end`
pub(super) async fn start_post(
    State(state): State<HubState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorPage> {
    let params = form(&headers, &body).map_err(|error| state.error(HubError::from(error)))?;
    sign_out(&state, &headers, &params).await
}

async fn sign_out(
    state: &HubState,
    headers: &HeaderMap,
    params: &Params,
) -> Result<Response, ErrorPage> {
    let logout = validate(state, params).await.map_err(|error| state.error(error))?;
    let session = state.session(headers).await.map_err(|error| state.error(error))?;
    let Some(mut session) = session else { return Ok(finish(state, &logout)) };
    state.hub.record(Event::SpRequestedLogout, &session);

    let onward = state.hub.sign_out(&mut session, logout.clone()).await;
    match onward.map_err(|error| state.error(error))? {
        Some(url) => {
            state.hub.record(Event::RequestedLogoutFromIdp, &session);
            Ok(see_other(&url))
        }
        None => end(state, &session, &logout).await,
    }
}

/// `GET /client/logout-callback`: the identity provider is done.
pub(super) async fn callback(
    State(state): State<HubState>,
    headers: HeaderMap,
) -> Result<Response, ErrorPage> {
    let session = state.session(&headers).await.map_err(|error| state.error(error))?;
    match session {
        Some(session) => {
            let logout = session.data.logout.clone().unwrap_or_default();
            end(&state, &session, &logout).await
        }
        None => Ok(finish(&state, &EndSession::default())),
    }
}

/// `GET /session/end/success`
pub(super) async fn success() -> Response {
    page(StatusCode::OK, &SignedOutPage {})
}

async fn validate(state: &HubState, params: &Params) -> Result<EndSession, HubError> {
    let uri = params.non_empty("post_logout_redirect_uri");
    if uri.is_some_and(|uri| !is_http_uri(uri)) {
        let rule = r"post_logout_redirect_uri must match /^https?:\/\/[^/].+$/ regular expression";
        return Err(HubError::BadRequest(rule.to_owned()));
    }
    Ok(state.hub.provider.end_session(params).await.map_err(PageError::from)?)
}

async fn end(
    state: &HubState,
    session: &Session<HubSession>,
    logout: &EndSession,
) -> Result<Response, ErrorPage> {
    let ended = state.hub.sessions.end(session).await;
    ended.map_err(|error| state.error(HubError::from(error)))?;
    state.hub.record(Event::SessionTerminated, session);
    Ok(finish(state, logout))
}

fn finish(state: &HubState, logout: &EndSession) -> Response {
    let success = format!("{PREFIX}/session/end/success");
    state.cookie.remove(see_other(logout.target.as_deref().unwrap_or(&success)))
}
