//! The trial: one click signs a test account in, and a page shows what a service would receive.

use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

use super::views::Asked;
use crate::email::EmailAddress;
use crate::http::hub::{ErrorPage, HubState};
use crate::http::input::query;
use crate::http::output::{page, see_other};
use crate::hub::HubError;
use crate::pages::developer::{Tab, TrialPage};
use crate::protocol::{Checklist, Params};
use crate::provider::{Answer, Failure};
use crate::trial;

/// `POST /essai`
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    email: String,
}

pub(super) async fn start(
    State(state): State<HubState>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, ErrorPage> {
    let email = EmailAddress::parse(&chosen.email);
    let email = email
        .map_err(|_| state.error(HubError::BadRequest("email must be an email".to_owned())))?;
    state.controls.quick.arm(&email);
    let addresses = &state.addresses;
    Ok(see_other(&trial::authorization_url(&addresses.issuer, &addresses.hub, email.as_str())))
}

/// `GET /essai/retour`
pub(super) async fn finish(
    State(state): State<HubState>,
    RawQuery(raw): RawQuery,
) -> Result<Response, ErrorPage> {
    let params = query(raw.as_deref()).map_err(|error| state.error(HubError::from(error)))?;
    let frame = state.frame(Tab::Home, &Asked::default());
    let received = match params.non_empty("error") {
        Some(error) => Err(error.to_owned()),
        None => match receive(&state, params.get("code").unwrap_or_default()).await {
            Ok(received) => Ok(received),
            Err(Failure::Protocol(error)) => Err(error.to_string()),
            Err(failure) => return Err(state.error(HubError::Unexpected(Box::new(failure)))),
        },
    };
    let (error, (id_token, userinfo)) = match received {
        Ok(received) => (None, received),
        Err(error) => (Some(error), Default::default()),
    };
    Ok(page(StatusCode::OK, &TrialPage { frame, error, id_token, userinfo }))
}

/// Redeems the code as a service would, and returns the contents of ID token and userinfo.
async fn receive(state: &HubState, code: &str) -> Result<(String, String), Failure> {
    let provider = &state.hub.provider;
    let secret = provider.client(trial::CLIENT_ID).map(|client| client.secret);
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", &trial::redirect_uri(&state.addresses.hub))
        .append_pair("client_id", trial::CLIENT_ID)
        .append_pair("client_secret", secret.as_ref().map_or("", |secret| secret.expose()))
        .finish();
    let params = Params::parse(form.as_bytes()).unwrap_or_default();
    let tokens = provider.token(&params, None, &mut Checklist::default()).await?;
    let tokens = serde_json::to_value(tokens).unwrap_or_default();
    let userinfo =
        provider.userinfo(tokens["access_token"].as_str(), &mut Checklist::default()).await?;
    let userinfo = match userinfo {
        Answer::Json(claims) => Value::Object(claims),
        Answer::Jwt(token) => content(&token),
    };
    let id_token = content(tokens["id_token"].as_str().unwrap_or_default());
    Ok((format!("{id_token:#}"), format!("{userinfo:#}")))
}

/// What stands in a token.
fn content(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD.decode(payload).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}
