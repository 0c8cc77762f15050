//! `/verify-email`: the page that asks for the code sent by email.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::error::ErrorPage;
use super::interaction::own_form;
use super::{HubState, PREFIX};
use crate::http::output::{page, see_other};
use crate::hub::{Asked, CodeProblem, Confirmation, HubSession, Stopped};
use crate::pages::EmailCodePage;
use crate::session::Session;

/// `GET /verify-email`
pub(super) async fn show(
    State(state): State<HubState>,
    headers: HeaderMap,
) -> Result<Response, ErrorPage> {
    let session = state.required_session(&headers).await?;
    let confirmation = state.hub.ask_code(&session).await;
    respond(&state, &session, confirmation)
}

/// `POST /verify-email`: `code`, `csrfToken`.
pub(super) async fn confirm(
    State(state): State<HubState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorPage> {
    let mut session = state.required_session(&headers).await?;
    let confirmation = async {
        let params = own_form(&session, &headers, &body)?;
        state.hub.confirm_code(&mut session, params.get("code").unwrap_or_default()).await
    };
    let confirmation = confirmation.await;
    respond(&state, &session, confirmation)
}

/// `POST /verify-email/resend`: `csrfToken`.
pub(super) async fn resend(
    State(state): State<HubState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorPage> {
    let session = state.required_session(&headers).await?;
    let confirmation = async {
        own_form(&session, &headers, &body)?;
        state.hub.ask_another_code(&session).await
    };
    let confirmation = confirmation.await;
    respond(&state, &session, confirmation)
}

fn respond(
    state: &HubState,
    session: &Session<HubSession>,
    confirmation: Result<Confirmation, Stopped>,
) -> Result<Response, ErrorPage> {
    match confirmation.map_err(|error| state.error_in(session, error))? {
        Confirmation::Done(uid) => Ok(see_other(&format!("{PREFIX}/interaction/{uid}/verify"))),
        Confirmation::Ask(asked) => {
            let mail_sink = state.addresses.mail.as_str();
            let csrf = &session.data.csrf;
            Ok(page(status(&asked), &EmailCodePage { csrf, asked: &asked, mail_sink }))
        }
    }
}

fn status(asked: &Asked) -> StatusCode {
    match asked.problem {
        None => StatusCode::OK,
        Some(CodeProblem::WrongCode) => StatusCode::BAD_REQUEST,
        Some(CodeProblem::TooManyTries) => StatusCode::TOO_MANY_REQUESTS,
        Some(CodeProblem::MailNotSent) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
