//! The page that asks for the email address.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::error::ErrorPage;
use super::interaction::{follow, own_form};
use super::{HubState, PREFIX};
use crate::email::EmailAddress;
use crate::http::input::query;
use crate::http::output::{page, see_other};
use crate::hub::{Entrance, HubError, HubSession, Step, Stopped, Typed};
use crate::pages::{EmailPage, TypedText};
use crate::protocol::{AuthorizationRequest, Params, with_query};
use crate::session::Session;
use crate::spelling::Spelling;

/// The longest text that is shown again.
const LONGEST: usize = 254;

/// `GET /interaction/:uid`; `user_email` is an address to correct, `error` says that it is wrong.
pub(super) async fn show(
    State(state): State<HubState>,
    headers: HeaderMap,
    Path(uid): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, ErrorPage> {
    let mut session = state.required_session(&headers).await?;
    let entered = async {
        let params = query(raw.as_deref()).map_err(HubError::from)?;
        let correcting = params.get("user_email").is_some();
        let entrance = if correcting { Entrance::AfterCorrection } else { Entrance::Direct };
        let step = state.hub.enter(&mut session, &uid, entrance).await?;
        Ok::<_, Stopped>((typed_text(&state, &uid, &params).await, step))
    };
    let (typed, step) = match entered.await {
        Ok(entered) => entered,
        Err(error) => return Err(state.error_in(&session, error)),
    };
    Ok(follow(&state, &session, (&uid, typed), step))
}

/// `GET /interaction`: the email page of the latest interaction, for people who want to type another
/// address than the one with which they came to a provider.
pub(super) async fn show_latest(
    State(state): State<HubState>,
    headers: HeaderMap,
) -> Result<Response, ErrorPage> {
    let session = state.required_session(&headers).await?;
    let latest = session.data.interactions.last();
    let latest = latest.ok_or_else(|| state.error(HubError::SessionNotFound))?;
    let typed = session.data.typed.as_ref().filter(|typed| typed.interaction == *latest);
    let email = typed.map_or("", |typed| typed.email.as_str());
    Ok(see_other(&with_query(&path(latest), &[("user_email", email)])))
}

/// `POST /redirect-to-idp`: `email`, `rememberMe`, `csrfToken`.
pub(super) async fn redirect_to_idp(
    State(state): State<HubState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorPage> {
    let mut session = state.required_session(&headers).await?;
    let step = submit(&state, &mut session, &headers, &body).await;
    let (uid, step) = step.map_err(|error| state.error_in(&session, error))?;
    Ok(follow(&state, &session, (&uid, TypedText::default()), step))
}

async fn submit(
    state: &HubState,
    session: &mut Session<HubSession>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(String, Step), Stopped> {
    let params = own_form(session, headers, body)?;
    // Two tabs may hold two interactions: the form says which one it belongs to.
    let interaction = params
        .non_empty("interactionUid")
        .map(str::to_owned)
        .or_else(|| session.data.interactions.last().cloned())
        .ok_or(HubError::SessionNotFound)?;
    let email = EmailAddress::parse(params.get("email").unwrap_or_default())
        .map_err(|_| HubError::BadRequest("email must be an email".to_owned()).at(&interaction))?;
    let remember_me = params.get("rememberMe") == Some("on");
    let typed = Typed { interaction: interaction.clone(), email, remember_me };
    Ok((interaction, state.hub.send(session, typed).await?))
}

/// The email page.
pub(super) fn show_page(
    state: &HubState,
    session: &Session<HubSession>,
    uid: &str,
    request: &AuthorizationRequest,
    typed: TypedText,
) -> Response {
    let registered = state.hub.directory.current();
    page(
        StatusCode::OK,
        &EmailPage {
            service: state.hub.service_name(&request.client_id),
            csrf: &session.data.csrf,
            interaction: uid,
            typed,
            settings: &registered.mire,
        },
    )
}

/// The address of the email page that says what is wrong with an address.
pub(super) fn correction(typed: &Typed, meant: Option<&EmailAddress>) -> String {
    let mut params = vec![("error", "invalid_email"), ("user_email", typed.email.as_str())];
    params.extend(meant.map(|meant| ("email_suggestion", meant.as_str())));
    with_query(&path(&typed.interaction), &params)
}

/// The address of the email page with an address in its field.
pub(super) fn again(typed: &Typed) -> String {
    with_query(&path(&typed.interaction), &[("user_email", typed.email.as_str())])
}

fn path(uid: &str) -> String {
    format!("{PREFIX}/interaction/{uid}")
}

/// What the query says was typed. Anyone can write a query, so the suggestion is not taken from
/// it but found again.
async fn typed_text(state: &HubState, uid: &str, params: &Params) -> TypedText {
    let text: String = params.get("user_email").unwrap_or_default().chars().take(LONGEST).collect();
    if params.get("error") != Some("invalid_email") {
        return TypedText { text, invalid: false, suggestion: None };
    }
    let meant = match EmailAddress::parse(&text) {
        Ok(email) => match state.hub.spelling(&email).await {
            Spelling::Doubtful(meant) => meant,
            Spelling::Plausible => None,
        },
        Err(_) => None,
    };
    let suggestion = meant.map(|meant| {
        let link = with_query(&path(uid), &[("user_email", meant.as_str())]);
        (meant.to_string(), link)
    });
    TypedText { text, invalid: true, suggestion }
}
