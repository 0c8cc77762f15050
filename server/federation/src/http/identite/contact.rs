//! The pages of the code that goes to the official address of a town hall or a school.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use axum::routing::get;

use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{ContactCheck, Rung};
use crate::pages::{ChooseContactPage, ContactCodePage, Notice};
use crate::provider::PageError;
use crate::siret::Siret;

const ASK: &str = "/users/official-contact-ask-which-email";
const VERIFY: &str = "/users/official-contact-email-verification";

pub(super) fn routes() -> Router<IdpState> {
    Router::new()
        .route(&format!("{ASK}/{{siret}}"), get(ask).post(ask_post))
        .route(&format!("{VERIFY}/{{siret}}"), get(verify).post(verify_post))
}

/// Where people go whom an organisation's official address must confirm.
pub(super) fn leads_to(siret: &Siret) -> Response {
    see_other(&format!("{ASK}/{siret}"))
}

/// `GET /users/official-contact-ask-which-email/{siret}`
async fn ask(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(siret): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, browser } = visitor.on(Rung::Browser).await?;
    let siret = read(&siret)?;
    let again = params.get("again").is_some();
    let checked = match state.idp.check_contact(&account, &siret).await {
        Err(PageError::MailNotSent) => return Ok(not_sent(&siret)),
        checked => checked?,
    };
    let contacts = match checked {
        ContactCheck::NotNeeded => return proceed(&state, session, &browser).await,
        ContactCheck::Sent { has_others: true, .. } if again => state.idp.contacts(&siret),
        ContactCheck::Sent { now, .. } => return Ok(sent(&siret, now)),
        ContactCheck::Choose(contacts) => contacts,
    };
    let organisation = state.idp.establishment(&siret).ok_or(PageError::NotFound)?;
    Ok(ok(&ChooseContactPage { csrf: &session.data.csrf, organisation, contacts }))
}

/// `POST /users/official-contact-ask-which-email/{siret}`: `contact_email`. Sends a code there.
async fn ask_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(siret): Path<String>,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let siret = read(&siret)?;
    let contact = params.get("contact_email").unwrap_or_default();
    match state.idp.mail_contact(&account, &siret, contact).await {
        Ok(true) => Ok(sent(&siret, true)),
        Ok(false) => Ok(leads_to(&siret)),
        Err(PageError::MailNotSent) => Ok(not_sent(&siret)),
        Err(error) => Err(error.into()),
    }
}

/// `GET /users/official-contact-email-verification/{siret}`
async fn verify(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(siret): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, browser } = visitor.on(Rung::Browser).await?;
    let siret = read(&siret)?;
    let checked = match state.idp.check_contact(&account, &siret).await {
        Err(PageError::MailNotSent) => return Ok(not_sent(&siret)),
        checked => checked?,
    };
    let (contact, has_others, now) = match checked {
        ContactCheck::NotNeeded => return proceed(&state, session, &browser).await,
        ContactCheck::Choose(_) => return Ok(leads_to(&siret)),
        ContactCheck::Sent { contact, has_others, now } => (contact, has_others, now),
    };
    let organisation = state.idp.establishment(&siret).ok_or(PageError::NotFound)?;
    Ok(ok(&ContactCodePage {
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        organisation,
        contact: contact.as_str(),
        has_others,
        sent: now || params.get("email_sent").is_some(),
        mail_sink: &state.mail_sink,
    }))
}

/// `POST /users/official-contact-email-verification/{siret}`: `official_contact_email_verification_token`.
async fn verify_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Path(siret): Path<String>,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, browser } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let siret = read(&siret)?;
    let typed = params.get("official_contact_email_verification_token").unwrap_or_default();
    if state.idp.confirm_contact(&account, &siret, typed).await? {
        return proceed(&state, session, &browser).await;
    }
    Ok(see_other(&format!("{VERIFY}/{siret}?notification=invalid_verify_email_code")))
}

fn sent(siret: &Siret, now: bool) -> Response {
    let query = if now { "?email_sent=true" } else { "" };
    see_other(&format!("{VERIFY}/{siret}{query}"))
}

/// The code was noted before the mail server did not take it: the page has a button that sends another.
fn not_sent(siret: &Siret) -> Response {
    see_other(&format!("{VERIFY}/{siret}?notification=mail_not_sent"))
}

fn read(siret: &str) -> Result<Siret, PageError> {
    Siret::parse(siret).map_err(|_| PageError::NotFound)
}
