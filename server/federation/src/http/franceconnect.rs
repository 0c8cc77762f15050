//! The routes of the local FranceConnect, on the server of the demo administrations.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRef, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::cookie::SessionCookie;
use super::input::{form, query};
use super::op;
use super::output::{answer, page, see_other};
use crate::franceconnect::{CitizenSession, DIALECT, Entry, FranceConnect, PATH};
use crate::pages::{CitizensPage, PlainErrorPage, SignedOutOfPage};
use crate::provider::{PageError, Provider, Rejection};
use crate::secret::equal;
use crate::session::Session;

/// How its pages call themselves.
const BRAND: &str = "Imitation locale de FranceConnect";

/// What the handlers work with.
#[derive(Clone, Debug)]
pub(crate) struct FranceConnectState {
    pub(crate) france_connect: Arc<FranceConnect>,
    pub(crate) cookie: SessionCookie,
}

impl FromRef<FranceConnectState> for Arc<Provider> {
    fn from_ref(state: &FranceConnectState) -> Self {
        Arc::clone(&state.france_connect.provider)
    }
}

/// The routes, to be put below [`PATH`].
pub(super) fn routes<S>(state: FranceConnectState) -> Router<S> {
    Router::new()
        .route("/authorize", get(authorize))
        .route("/interaction/{uid}", get(show).post(submit))
        .route("/session/end", get(end_session))
        .route("/session/end/success", get(success))
        .merge(op::routes(&DIALECT.endpoints))
        .with_state(state)
}

/// An error on its way to the page.
struct FranceConnectError(PageError);

impl<E: Into<PageError>> From<E> for FranceConnectError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for FranceConnectError {
    fn into_response(self) -> Response {
        let (status, error_page) = PlainErrorPage::new(BRAND, &self.0);
        page(status, &error_page)
    }
}

/// `GET /authorize`
async fn authorize(
    State(state): State<FranceConnectState>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, FranceConnectError> {
    let request = match state.france_connect.provider.validate(&query(raw.as_deref())?) {
        Ok(request) => request,
        Err(Rejection::Answer(response)) => return Ok(answer(&response)),
        Err(Rejection::Page(error)) => return Err(error.into()),
    };
    let session = state.session(&headers).await?;
    Ok(match state.france_connect.authorize(session, request).await? {
        Entry::Answer(response) => answer(&response),
        Entry::Page(session, uid) => {
            state.cookie.set(&session, see_other(&format!("{PATH}/interaction/{uid}")))
        }
    })
}

/// `GET /interaction/{uid}`
async fn show(
    State(state): State<FranceConnectState>,
    headers: HeaderMap,
    Path(uid): Path<String>,
) -> Result<Response, FranceConnectError> {
    let session = state.session(&headers).await?.ok_or(PageError::InteractionOver)?;
    state.france_connect.request(&session, &uid).await?;
    Ok(citizens(&state, &session, false))
}

/// `POST /interaction/{uid}`: `citizen`, or `cancel`.
async fn submit(
    State(state): State<FranceConnectState>,
    headers: HeaderMap,
    Path(uid): Path<String>,
    body: Bytes,
) -> Result<Response, FranceConnectError> {
    let session = state.session(&headers).await?.ok_or(PageError::InteractionOver)?;
    let params = form(&headers, &body)?;
    if !equal(params.get("csrfToken").unwrap_or_default(), &session.data.csrf) {
        return Err(PageError::ForeignForm.into());
    }
    if params.get("cancel").is_some() {
        return Ok(answer(&state.france_connect.refuse(&session, &uid).await?));
    }
    let citizen = params.get("citizen").unwrap_or_default();
    let chosen = state.france_connect.choose(&session, &uid, citizen).await?;
    Ok(chosen.map_or_else(|| citizens(&state, &session, true), |response| answer(&response)))
}

/// The page; `nobody` says that none was picked.
fn citizens(
    state: &FranceConnectState,
    session: &Session<CitizenSession>,
    nobody: bool,
) -> Response {
    let registered = state.france_connect.directory.current();
    let citizens = registered.all_citizens().cloned().collect();
    let status = if nobody { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    page(status, &CitizensPage { brand: BRAND, csrf: &session.data.csrf, citizens, nobody })
}

/// `GET /session/end`
async fn end_session(
    State(state): State<FranceConnectState>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, FranceConnectError> {
    let logout = state.france_connect.provider.end_session(&query(raw.as_deref())?).await?;
    if let Some(session) = state.session(&headers).await? {
        state.france_connect.sessions.end(&session).await?;
    }
    let success = format!("{PATH}/session/end/success");
    Ok(state.cookie.remove(see_other(logout.target.as_deref().unwrap_or(&success))))
}

/// `GET /session/end/success`
async fn success() -> Response {
    page(StatusCode::OK, &SignedOutOfPage { brand: BRAND })
}

impl FranceConnectState {
    async fn session(
        &self,
        headers: &HeaderMap,
    ) -> Result<Option<Session<CitizenSession>>, FranceConnectError> {
        Ok(self.france_connect.sessions.find(self.cookie.read(headers).as_deref()).await?)
    }
}
