//! Error pages, and the way from them back to the service that waits. A page is made by a layer,
//! since only that knows the session.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::IdpState;
use super::visitor::Visitor;
use crate::http::input::query;
use crate::http::output::{answer, page};
use crate::pages::{PlainErrorPage, ReturnLink};
use crate::protocol::OAuthError;
use crate::provider::PageError;

/// Why a page is not shown.
#[derive(Debug)]
pub(super) enum IdpError {
    /// An error has a page of its own.
    Page(PageError),
    /// Something else has to be done first.
    Detour(Box<Response>),
}

impl<E: Into<PageError>> From<E> for IdpError {
    fn from(error: E) -> Self {
        Self::Page(error.into())
    }
}

/// An error whose page is not made yet.
#[derive(Clone)]
struct Unshown(Arc<PageError>);

impl IntoResponse for IdpError {
    fn into_response(self) -> Response {
        match self {
            Self::Page(error) => {
                let mut response = ().into_response();
                response.extensions_mut().insert(Unshown(Arc::new(error)));
                response
            }
            Self::Detour(response) => *response,
        }
    }
}

/// The layer that makes the pages.
pub(super) async fn show(State(state): State<IdpState>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    let Some(Unshown(error)) = response.extensions_mut().remove() else { return response };
    let way_back = match handed_back(&error) {
        Some(told) => way_back(&state, &headers, &told).await,
        None => None,
    };
    let (status, error_page) = PlainErrorPage::new("ProConnect Identité", &error);
    page(status, &error_page.leading_back(way_back))
}

/// The link to the service that waits in this browser, if one does.
pub(super) async fn way_back(
    state: &IdpState,
    headers: &HeaderMap,
    told: &OAuthError,
) -> Option<ReturnLink> {
    // Whatever went wrong before may go wrong again: then the page has no link.
    let session = state.session(headers).await.ok().flatten()?;
    let (uid, _) = state.idp.request(&session).await.ok().flatten()?;
    Some(ReturnLink::new("", &uid, told))
}

/// What the service is told if the person gives up here; nothing where nobody can be told, or
/// where the error does not concern the sign-in.
fn handed_back(error: &PageError) -> Option<OAuthError> {
    let code = match error {
        PageError::LevelOutOfReach => "access_denied",
        _ => "server_error",
    };
    let description = match error {
        PageError::Untrusted(_)
        | PageError::InteractionOver
        | PageError::Forbidden
        | PageError::Unprocessable
        | PageError::NotFound => return None,
        PageError::Malformed(problems) => problems.join(", "),
        PageError::ForeignForm
        | PageError::TooManyTries
        | PageError::MailNotSent
        | PageError::LevelOutOfReach
        | PageError::Unexpected(_) => error.to_string(),
    };
    Some(OAuthError::new(code, description))
}

/// `GET /interaction/:id/error`: `error`, `error_description`. The way back from an error page.
pub(super) async fn hand_back(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(uid): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let mut session = visitor.session.ok_or(PageError::InteractionOver)?;
    let text = |name| params.get(name).unwrap_or_default();
    let error = OAuthError::told_by_page(text("error"), text("error_description"));
    let error =
        error.ok_or_else(|| PageError::Malformed(vec!["error must be known".to_owned()]))?;
    Ok(answer(&state.idp.abandon(&mut session, &uid, &error).await?))
}
