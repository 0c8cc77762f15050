//! `/authorize`: validates the request and opens an interaction.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::error::ErrorPage;
use super::{HubState, PREFIX};
use crate::http::input::{form, query};
use crate::http::output::{answer, see_other};
use crate::hub::{Authorized, HubError};
use crate::protocol::{AuthorizationRequest, Params};
use crate::provider::Rejection;

/// The usual form.
pub(super) async fn get(
    State(state): State<HubState>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, ErrorPage> {
    let params = query(raw.as_deref()).map_err(|error| state.error(HubError::from(error)))?;
    match validate(&state, &params)? {
        Ok(request) => open(&state, &headers, request).await,
        Err(response) => Ok(response),
    }
}

/// The form for long requests.
///
/// A post from another site does not carry the session's `SameSite=Lax` cookie. A browser
/// without it is therefore sent to the other form of the same request, which does; a sign-in
/// that is already there is not overlooked.
pub(super) async fn post(
    State(state): State<HubState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorPage> {
    let params = form(&headers, &body).map_err(|error| state.error(HubError::from(error)))?;
    match validate(&state, &params)? {
        Ok(request) if state.cookie.read(&headers).is_some() => {
            open(&state, &headers, request).await
        }
        Ok(_) => Ok(see_other(&format!("{PREFIX}/authorize?{}", String::from_utf8_lossy(&body)))),
        Err(response) => Ok(response),
    }
}

fn validate(
    state: &HubState,
    params: &Params,
) -> Result<Result<AuthorizationRequest, Response>, ErrorPage> {
    match state.hub.provider.validate(params) {
        Ok(request) => Ok(Ok(request)),
        Err(Rejection::Answer(response)) => Ok(Err(answer(&response))),
        Err(Rejection::Page(error)) => Err(state.error(HubError::from(error))),
    }
}

async fn open(
    state: &HubState,
    headers: &HeaderMap,
    request: AuthorizationRequest,
) -> Result<Response, ErrorPage> {
    let session = state.session(headers).await.map_err(|error| state.error(error))?;
    let authorized =
        state.hub.authorize(session, request).await.map_err(|error| state.error(error))?;
    Ok(match authorized {
        Authorized::Answer(response) => answer(&response),
        Authorized::Interaction(session, uid) => {
            state.cookie.set(&session, see_other(&format!("{PREFIX}/interaction/{uid}")))
        }
    })
}
