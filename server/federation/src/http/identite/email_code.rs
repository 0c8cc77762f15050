//! The page that asks for the code sent by email.

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{Rung, TRUSTED_FOR, Verification};
use crate::pages::{Notice, VerifyEmailPage};
use crate::provider::PageError;

/// `GET /users/verify-email`. The code leaves now, unless one is on its way.
pub(super) async fn verify_email(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, browser } = visitor.on(Rung::Connected).await?;
    let verification = state.idp.ask_email_code(&session, &account, &browser).await?;
    if verification == Verification::NotNeeded {
        return proceed(&state, session, &browser).await;
    }
    Ok(ok(&VerifyEmailPage {
        csrf: &session.data.csrf,
        notice: match verification {
            Verification::NotSent => Notice::parse(Some("mail_not_sent")),
            _ => Notice::parse(params.get("notification")),
        },
        email: account.email.as_str(),
        wait: state.idp.email_code_wait(&account).await?,
        sent: match verification {
            Verification::Sent => true,
            Verification::NotSent | Verification::NotNeeded => false,
            Verification::SentBefore => params.get("email_sent").is_some(),
        },
        mail_sink: &state.mail_sink,
    }))
}

/// `POST /users/verify-email`: `verify_email_token`.
pub(super) async fn verify_email_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, browser } = visitor.on(Rung::Connected).await?;
    own_form(&session, &params)?;
    let typed = params.get("verify_email_token").unwrap_or_default();
    let trusted = state.idp.confirm_email_code(&mut session, &account, &browser, typed).await?;
    let Some(token) = trusted else {
        return Ok(see_other("/users/verify-email?notification=invalid_verify_email_code"));
    };
    let browser = browser.trusted(token.clone());
    let next = proceed(&state, session, &browser).await?;
    Ok(state.trust.keep(&token, TRUSTED_FOR, next))
}

/// `POST /users/send-email-verification`
pub(super) async fn send_again(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Connected).await?;
    own_form(&session, &params)?;
    match state.idp.send_another_email_code(&account).await {
        // The page tries again, and says whether it could.
        Ok(()) | Err(PageError::MailNotSent) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(see_other("/users/verify-email?email_sent=true"))
}
