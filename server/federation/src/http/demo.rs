//! The routes of the demo administrations: one server, and below each uid a provider of its own.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, RawPathParams, RawQuery, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::cookie::SessionCookie;
use super::input::{form, query};
use super::op::{self, Op};
use super::output::{answer, page, see_other};
use super::{FranceConnectState, assets, franceconnect, health, stack};
use crate::demo::{Administrations, DemoProvider, DemoSession, Entry, FIELDS, Submitted};
use crate::pages::{DemoFormPage, DemoIndexPage, FormField, PlainErrorPage, SignedOutOfPage};
use crate::protocol::{AuthorizationRequest, Params};
use crate::provider::{PageError, Provider, Rejection};
use crate::secret::equal;
use crate::session::Session;

/// The server of the demo administrations.
#[derive(Clone, Debug)]
pub(crate) struct DemoServer {
    pub(crate) administrations: Arc<Administrations>,
    /// The local FranceConnect, below a path of its own.
    pub(crate) france_connect: FranceConnectState,
    /// Answers for the readiness of all of them.
    pub(crate) store: Arc<Provider>,
}

/// All routes of the demo server.
pub(crate) fn router(server: DemoServer) -> Router {
    let below_uid = Router::new()
        .route("/authorize", get(authorize).post(authorize_post))
        .route("/interaction/{uid}", get(show).post(submit))
        .route("/session/end", get(end_session))
        .route("/session/end/success", get(success))
        .merge(op::routes(&crate::demo::DIALECT.endpoints));
    let routes = Router::new()
        .route("/", get(index))
        .nest(crate::franceconnect::PATH, franceconnect::routes(server.france_connect.clone()))
        .nest("/{administration}", below_uid)
        .fallback(async || DemoError(PageError::NotFound))
        .method_not_allowed_fallback(async || DemoError(PageError::NotFound))
        .with_state(server.clone())
        .merge(health::routes(server.store))
        .merge(assets::routes());
    stack::wrap(routes)
}

/// The demo administration that a request's path names.
struct Demo {
    demo: DemoProvider,
    cookie: SessionCookie,
}

impl FromRequestParts<DemoServer> for Demo {
    type Rejection = DemoError;

    async fn from_request_parts(parts: &mut Parts, server: &DemoServer) -> Result<Self, DemoError> {
        let params = RawPathParams::from_request_parts(parts, server).await;
        let params = params.map_err(|_| PageError::NotFound)?;
        let uid = params.iter().find_map(|(name, uid)| (name == "administration").then_some(uid));
        let demo = uid.and_then(|uid| server.administrations.find(uid));
        let demo = demo.ok_or(PageError::NotFound)?;
        let cookie = format!("demo_fi_{}", demo.uid);
        let cookie = SessionCookie::new(cookie, &server.administrations.origin);
        Ok(Self { demo, cookie })
    }
}

impl FromRequestParts<DemoServer> for Op {
    type Rejection = DemoError;

    async fn from_request_parts(parts: &mut Parts, server: &DemoServer) -> Result<Self, DemoError> {
        Demo::from_request_parts(parts, server).await.map(|demo| Self(demo.demo.provider))
    }
}

async fn index(State(server): State<DemoServer>) -> Response {
    page(StatusCode::OK, &DemoIndexPage { providers: server.administrations.titles() })
}

/// An error on its way to the page.
pub(super) struct DemoError(PageError);

impl<E: Into<PageError>> From<E> for DemoError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for DemoError {
    fn into_response(self) -> Response {
        let (status, error_page) = PlainErrorPage::new("Administration de démonstration", &self.0);
        page(status, &error_page)
    }
}

async fn authorize(
    state: Demo,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, DemoError> {
    open(&state, &headers, &query(raw.as_deref())?).await
}

async fn authorize_post(
    state: Demo,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, DemoError> {
    open(&state, &headers, &form(&headers, &body)?).await
}

async fn open(state: &Demo, headers: &HeaderMap, params: &Params) -> Result<Response, DemoError> {
    let request = match state.demo.provider.validate(params) {
        Ok(request) => request,
        Err(Rejection::Answer(response)) => return Ok(answer(&response)),
        Err(Rejection::Page(error)) => return Err(error.into()),
    };
    let session = state.demo.sessions.find(state.cookie.read(headers).as_deref()).await?;
    Ok(match state.demo.authorize(session, request).await? {
        Entry::Answer(response) => answer(&response),
        Entry::SignedIn(session, response) => state.cookie.set(&session, answer(&response)),
        Entry::Form(session, uid) => {
            let path = format!("/{}/interaction/{uid}", state.demo.uid);
            state.cookie.set(&session, see_other(&path))
        }
    })
}

async fn show(
    state: Demo,
    headers: HeaderMap,
    Path((_, uid)): Path<(String, String)>,
) -> Result<Response, DemoError> {
    let session = required_session(&state, &headers).await?;
    let request = state.demo.request(&session, &uid).await?;
    Ok(page(StatusCode::OK, &form_page(&state, &session, &request, None)))
}

async fn submit(
    state: Demo,
    headers: HeaderMap,
    Path((_, uid)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, DemoError> {
    let session = required_session(&state, &headers).await?;
    let params = form(&headers, &body)?;
    if !equal(params.get("csrfToken").unwrap_or_default(), &session.data.csrf) {
        return Err(PageError::ForeignForm.into());
    }
    Ok(match state.demo.submit(session, &uid, &params).await? {
        Submitted::Answer(Some(session), response) => state.cookie.set(&session, answer(&response)),
        Submitted::Answer(None, response) => answer(&response),
        Submitted::Again(request) => {
            let session = required_session(&state, &headers).await?;
            let again = form_page(&state, &session, &request, Some(&params));
            page(StatusCode::BAD_REQUEST, &again)
        }
    })
}

async fn end_session(
    state: Demo,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, DemoError> {
    let params = query(raw.as_deref())?;
    let logout = state.demo.provider.end_session(&params).await?;
    let session = state.demo.sessions.find(state.cookie.read(&headers).as_deref()).await?;
    if let Some(session) = session {
        state.demo.sessions.end(&session).await?;
    }
    let success = format!("/{}/session/end/success", state.demo.uid);
    Ok(state.cookie.remove(see_other(logout.target.as_deref().unwrap_or(&success))))
}

async fn success(state: Demo) -> Response {
    page(StatusCode::OK, &SignedOutOfPage { brand: &state.demo.title })
}

async fn required_session(
    state: &Demo,
    headers: &HeaderMap,
) -> Result<Session<DemoSession>, DemoError> {
    let session = state.demo.sessions.find(state.cookie.read(headers).as_deref()).await?;
    Ok(session.ok_or(PageError::InteractionOver)?)
}

/// The form with its first values, or with what was typed if the level was refused.
fn form_page<'a>(
    state: &'a Demo,
    session: &'a Session<DemoSession>,
    request: &'a AuthorizationRequest,
    refused: Option<&Params>,
) -> DemoFormPage<'a> {
    let kept = |name: &str| refused.map(|params| params.get(name).unwrap_or_default().to_owned());
    let fields = FIELDS
        .iter()
        .map(|field| FormField {
            name: field.name,
            label: field.label,
            hint: field.hint,
            value: kept(field.name).unwrap_or_else(|| field.initial(&state.demo, request)),
        })
        .collect();
    let email = kept("email").unwrap_or_else(|| {
        let hinted = request.login_hint.clone();
        hinted.unwrap_or_else(|| {
            state.demo.defaults.get("email").cloned().unwrap_or("johndoe@example.com".to_owned())
        })
    });
    let levels = request.claims.essential_acr().unwrap_or_default();
    DemoFormPage {
        title: &state.demo.title,
        csrf: &session.data.csrf,
        email,
        fields,
        refused_level: refused.is_some(),
        demanded: levels.join(" "),
        preferred: request.acr_values.join(" "),
        hints: &request.hints,
    }
}
