//! The way to FranceConnect and back, to have an identity confirmed.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::{get, post};

use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{AFTER_LOGOUT, CALLBACK, IdpSession, Rung};
use crate::pages::{FranceConnectPage, Notice, ReturnLink};
use crate::protocol::OAuthError;
use crate::session::Session;

const FAILED: &str = "/users/franceconnect?notification=franceconnect_oidc_error";
const INFORMATION: &str = "/personal-information";

pub(super) fn routes() -> Router<IdpState> {
    Router::new()
        .route("/users/franceconnect", get(show))
        .route("/users/franceconnect/login", post(login))
        .route(CALLBACK, get(come_back))
        .route(AFTER_LOGOUT, get(signed_out))
}

/// `GET /users/franceconnect`
async fn show(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    let notice = Notice::parse(params.get("notification"));
    let certification = state.idp.is_certification_demanded(&session).await?;
    let told = if certification {
        OAuthError::new("login_required", "Certification dirigeant: identity not confirmed")
    } else {
        OAuthError::new("access_denied", "none of the requested ACRs could be obtained")
    };
    Ok(ok(&FranceConnectPage {
        csrf: &session.data.csrf,
        certification,
        // It is renewed for who had one.
        renewal: state.idp.has_identity(&account).await?,
        several: !account.organisations.is_empty(),
        way_back: match notice {
            Some(_) => way_back(&state, &session, &told).await?,
            None => None,
        },
        notice,
    }))
}

/// The link to the service that waits, which is told this.
pub(super) async fn way_back(
    state: &IdpState,
    session: &Session<IdpSession>,
    told: &OAuthError,
) -> Result<Option<ReturnLink>, IdpError> {
    let waiting = state.idp.request(session).await?;
    Ok(waiting.map(|(uid, _)| ReturnLink::new("", &uid, told)))
}

/// `POST /users/franceconnect/login`
async fn login(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, .. } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    if state.idp.request(&session).await?.is_none() {
        // Whom no service waits for comes from the page that shows their names.
        session.data.return_path = Some(INFORMATION.to_owned());
    }
    let there = state.idp.visit_france_connect(&mut session, &account).await?;
    Ok(see_other(there.as_ref().map_or(FAILED, |url| url.as_str())))
}

/// `GET /users/franceconnect/login/callback`
async fn come_back(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { mut session, account, .. } = visitor.on(Rung::Browser).await?;
    let logout = state.idp.come_back(&mut session, &account, &params).await?;
    Ok(see_other(logout.as_ref().map_or(FAILED, |url| url.as_str())))
}

/// `GET /users/franceconnect/logout/callback`
async fn signed_out(State(state): State<IdpState>, visitor: Visitor) -> Result<Response, IdpError> {
    let Visit { session, browser, .. } = visitor.on(Rung::Browser).await?;
    proceed(&state, session, &browser).await
}
