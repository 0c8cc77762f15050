//! The pages of the link that signs in.

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::session::proceed;
use super::start::with_email;
use super::visitor::{Posted, Visitor};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::TRUSTED_FOR;
use crate::pages::{MagicLinkPage, MagicLinkSentPage};
use crate::protocol::with_query;
use crate::provider::PageError;

/// `POST /users/send-magic-link`
pub(super) async fn send(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let session = visitor.own_form(&params)?;
    let Some((_, email)) = with_email(Some(session)) else {
        return Ok(see_other("/users/start-sign-in"));
    };
    match state.idp.send_magic_link(&email).await {
        Ok(()) => Ok(see_other("/users/magic-link-sent")),
        Err(PageError::MailNotSent) => {
            let params = [("notification", "mail_not_sent"), ("login", email.as_str())];
            Ok(see_other(&with_query("/users/start-sign-in", &params)))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /users/magic-link-sent`
pub(super) async fn sent(
    State(state): State<IdpState>,
    visitor: Visitor,
) -> Result<Response, IdpError> {
    let Some((_, email)) = with_email(visitor.session) else {
        return Ok(see_other("/users/start-sign-in"));
    };
    Ok(ok(&MagicLinkSentPage { email: email.as_str(), mail_sink: &state.mail_sink }))
}

/// `GET /users/sign-in-with-magic-link`: `magic_link_token`. The link is not used yet.
pub(super) async fn open(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let token = params.get("magic_link_token").unwrap_or_default();
    let session = visitor.any_session().await?;
    let same_browser = match &session.data.email {
        Some(email) => state.idp.magic_link_is_for(email, token).await?,
        None => false,
    };
    let link = ok(&MagicLinkPage { csrf: &session.data.csrf, token, same_browser });
    Ok(state.cookie.set(&session, link))
}

/// `POST /users/sign-in-with-magic-link`: `magic_link_token`.
pub(super) async fn open_post(
    State(state): State<IdpState>,
    mut visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let session = visitor.own_form(&params)?;
    let token = params.get("magic_link_token").unwrap_or_default();
    let signed_in = state.idp.sign_in_with_magic_link(session, &visitor.browser, token).await?;
    let Some((session, token)) = signed_in else {
        return Ok(see_other("/users/start-sign-in?notification=invalid_magic_link"));
    };
    let browser = visitor.browser.trusted(token.clone());
    let next = proceed(&state, session, &browser).await?;
    Ok(state.trust.keep(&token, TRUSTED_FOR, next))
}
