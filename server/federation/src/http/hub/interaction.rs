//! The pages and redirects between a service's request and its answer.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::error::ErrorPage;
use super::{HubState, PREFIX, mire};
use crate::http::input::{form, query};
use crate::http::output::{answer, page, see_other};
use crate::hub::{HubError, HubSession, Step, choice_label, is_identite};
use crate::pages::{Choice, ChoicePage, TypedText};
use crate::protocol::{OAuthError, Params};
use crate::secret::equal;
use crate::session::Session;
use crate::trail::Event;

/// `GET /identity-provider-selection`
pub(super) async fn show_choice(
    State(state): State<HubState>,
    headers: HeaderMap,
) -> Result<Response, ErrorPage> {
    let session = state.required_session(&headers).await?;
    let (typed, candidates) =
        state.hub.choice(&session).await.map_err(|error| state.error_in(&session, error))?;
    state.hub.record(Event::ShowedIdpChoice, &session);
    let choices = candidates
        .iter()
        .map(|provider| Choice { uid: &provider.uid, label: choice_label(provider) })
        .collect();
    Ok(page(
        StatusCode::OK,
        &ChoicePage {
            csrf: &session.data.csrf,
            back: mire::again(&typed),
            offers_identite: candidates.iter().any(is_identite),
            choices,
        },
    ))
}

/// `POST /identity-provider-selection`: `identityProviderUid`, `csrfToken`.
pub(super) async fn choose(
    State(state): State<HubState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorPage> {
    let session = state.required_session(&headers).await?;
    let chosen = async {
        let params = own_form(&session, &headers, &body)?;
        let uid = params.non_empty("identityProviderUid").unwrap_or_default();
        state.hub.choose(&session, uid).await
    };
    let step = chosen.await.map_err(|error| state.error_in(&session, error))?;
    Ok(follow(&state, &session, ("", TypedText::default()), step))
}

/// `GET /oidc-callback`
pub(super) async fn callback(
    State(state): State<HubState>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, ErrorPage> {
    let session = state.required_session(&headers).await?;
    let latest = session.data.interactions.last().cloned();
    let returned = async {
        let params = query(raw.as_deref()).map_err(HubError::from)?;
        state.hub.come_back(session, &params).await
    };
    let (session, uid) = returned.await.map_err(|mut stopped| {
        stopped.interaction = stopped.interaction.or(latest);
        state.error(stopped)
    })?;
    let onward = see_other(&format!("{PREFIX}/interaction/{uid}/verify"));
    Ok(state.cookie.set(&session, onward))
}

/// `GET /interaction/:uid/verify`
pub(super) async fn verify(
    State(state): State<HubState>,
    headers: HeaderMap,
    Path(uid): Path<String>,
) -> Result<Response, ErrorPage> {
    let mut session = state.required_session(&headers).await?;
    let step = state.hub.verify(&mut session, &uid).await;
    let step = step.map_err(|error| state.error_in(&session, error))?;
    Ok(follow(&state, &session, (&uid, TypedText::default()), step))
}

/// `GET /interaction/:uid/error`: the way back from an error page.
pub(super) async fn abandon(
    State(state): State<HubState>,
    headers: HeaderMap,
    Path(uid): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, ErrorPage> {
    let session = state.required_session(&headers).await?;
    let abandoned = async {
        let params = query(raw.as_deref())?;
        let text = |name: &str| {
            let valid = |text: &&str| text.chars().count() <= 256 && is_oauth_text(text);
            params.non_empty(name).filter(valid).map(str::to_owned)
        };
        let error = text("error").ok_or_else(|| missing("error"))?;
        let description = text("error_description").ok_or_else(|| missing("error_description"))?;
        state.hub.abandon(&session, &uid, &OAuthError::new(error, description)).await
    };
    // Without a link back: this already was the way back.
    Ok(answer(&abandoned.await.map_err(|error: HubError| state.error(error))?))
}

fn missing(name: &str) -> HubError {
    HubError::BadRequest(format!("{name} must be shorter than or equal to 256 characters"))
}

/// The characters of `error` and `error_description` (RFC 6749 §4.1.2.1).
fn is_oauth_text(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, 0x20..=0x7E) && byte != b'"' && byte != b'\\')
}

/// A form whose token proves that it was made for this session.
pub(super) fn own_form(
    session: &Session<HubSession>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Params, HubError> {
    let params = form(headers, body)?;
    match params.non_empty("csrfToken") {
        None => Err(HubError::CsrfMissing),
        Some(token) if !equal(token, &session.data.csrf) => Err(HubError::CsrfWrong),
        Some(_) => Ok(params),
    }
}

/// Goes on with the step; on the email page stands what was typed.
pub(super) fn follow(
    state: &HubState,
    session: &Session<HubSession>,
    (uid, typed): (&str, TypedText),
    step: Step,
) -> Response {
    match step {
        Step::AskEmail(request) => mire::show_page(state, session, uid, &request, typed),
        Step::CorrectEmail(typed, meant) => see_other(&mire::correction(&typed, meant.as_ref())),
        Step::AskProvider => see_other(&format!("{PREFIX}/identity-provider-selection")),
        Step::Verify => see_other(&format!("{PREFIX}/interaction/{uid}/verify")),
        Step::AskCode => see_other(&format!("{PREFIX}/verify-email")),
        Step::StartOver(uid) => see_other(&format!("{PREFIX}/interaction/{uid}")),
        Step::Leave(url) => see_other(&url),
        Step::Answer(response) => answer(&response),
    }
}
