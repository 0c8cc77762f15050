//! The pages on which a person chooses a second factor and sets up an authenticator, because a
//! service asks for one or in the settings.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;

use super::place::Place;
use super::second_factor::{is_about_wrong_code, wrong_code};
use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{Rung, TRUSTED_FOR};
use crate::pages::{
    AppChoicePage, AuthenticatorPage, AuthenticatorSettingsPage, FactorChoicePage,
    FactorChoiceSettingsPage, FactorReadyPage, Notice,
};

const READY: &str = "/users/2fa-successfully-configured";

pub(super) fn routes() -> Router<IdpState> {
    use Place::{Journey, Settings};
    Router::new()
        .route(
            Journey.choice(),
            get(async |state, visitor, raw| choice(state, visitor, raw, Journey).await)
                .post(async |visitor, posted| choice_post(visitor, posted, Journey).await),
        )
        .route(
            Settings.choice(),
            get(async |state, visitor, raw| choice(state, visitor, raw, Settings).await)
                .post(async |visitor, posted| choice_post(visitor, posted, Settings).await),
        )
        .route("/users/is-totp-app-installed", get(app).post(app_post))
        .route(
            "/users/totp-configuration",
            get(async |state, visitor, raw| authenticator(state, visitor, raw, Journey).await)
                .post(async |state, visitor, posted| {
                    authenticator_post(state, visitor, posted, Journey).await
                }),
        )
        .route(
            "/totp-configuration",
            get(async |state, visitor, raw| authenticator(state, visitor, raw, Settings).await)
                .post(async |state, visitor, posted| {
                    authenticator_post(state, visitor, posted, Settings).await
                }),
        )
        .route(READY, get(ready).post(ready_post))
}

/// `GET /users/double-authentication-choice`, `GET /double-authentication`
async fn choice(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
    place: Place,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(place.rung()).await?;
    let (csrf, action) = (session.data.csrf.as_str(), place.choice());
    let notice = Notice::parse(params.get("notification"));
    Ok(match place {
        Place::Journey => {
            let service = state.idp.waiting_service(&session).await?;
            ok(&FactorChoicePage { csrf, action, notice, service })
        }
        Place::Settings => {
            let name = account.full_name();
            ok(&FactorChoiceSettingsPage { name, csrf, action, notice })
        }
    })
}

/// `POST /users/double-authentication-choice`, `POST /double-authentication`: `radio-2fa`.
async fn choice_post(
    visitor: Visitor,
    Posted(params): Posted,
    place: Place,
) -> Result<Response, IdpError> {
    let Visit { session, .. } = visitor.on(place.rung()).await?;
    own_form(&session, &params)?;
    Ok(see_other(match (params.get("radio-2fa"), place) {
        (Some("totp"), Place::Journey) => "/users/is-totp-app-installed",
        (Some("totp"), Place::Settings) => "/totp-configuration",
        (Some("passkey"), Place::Journey) => "/users/passkey-configuration",
        (Some("passkey"), Place::Settings) => "/passkey-configuration",
        (Some("dont-know"), Place::Journey) => "/users/mfa-decision-helper",
        (Some("dont-know"), Place::Settings) => "/mfa-decision-helper",
        _ => place.choice(),
    }))
}

/// `GET /users/is-totp-app-installed`
async fn app(visitor: Visitor) -> Result<Response, IdpError> {
    let Visit { session, .. } = visitor.on(Rung::Enrolment).await?;
    Ok(ok(&AppChoicePage { csrf: &session.data.csrf }))
}

/// `POST /users/is-totp-app-installed`: `totp-tool-type`. Every app learns the same secret.
async fn app_post(visitor: Visitor, Posted(params): Posted) -> Result<Response, IdpError> {
    let Visit { session, .. } = visitor.on(Rung::Enrolment).await?;
    own_form(&session, &params)?;
    Ok(see_other(match params.get("totp-tool-type") {
        Some("application" | "software") => "/users/totp-configuration",
        _ => "/users/is-totp-app-installed",
    }))
}

/// `GET /users/totp-configuration`, `GET /totp-configuration`
async fn authenticator(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
    place: Place,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { mut session, account, .. } = visitor.on(place.rung()).await?;
    let setup = state.idp.authenticator_setup(&mut session, &account).await?;
    let (csrf, wrong) = (session.data.csrf.as_str(), is_about_wrong_code(&params));
    Ok(match place {
        Place::Journey => ok(&AuthenticatorPage { csrf, wrong, setup }),
        Place::Settings => {
            let (name, replaces) = (account.full_name(), account.factors.totp);
            ok(&AuthenticatorSettingsPage { name, csrf, wrong, setup, replaces })
        }
    })
}

/// `POST /users/totp-configuration`, `POST /totp-configuration`: `totpToken`.
async fn authenticator_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
    place: Place,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, browser } = visitor.on(place.rung()).await?;
    own_form(&session, &params)?;
    let typed = params.get("totpToken").unwrap_or_default();
    let trusted = state.idp.add_authenticator(&mut session, &account, &browser, typed).await?;
    let Some(token) = trusted else {
        return Ok(wrong_code(&format!("{}/totp-configuration", place.base())));
    };
    let next = match place {
        Place::Journey => READY,
        Place::Settings => "/connection-and-account?notification=authenticator_added",
    };
    let next = state.cookie.set(&session, see_other(next));
    Ok(state.trust.keep(&token, TRUSTED_FOR, next))
}

/// `GET /users/2fa-successfully-configured`
async fn ready(State(state): State<IdpState>, visitor: Visitor) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(Rung::Enrolment).await?;
    if !account.factors.exist() {
        return Ok(see_other(Place::Journey.choice()));
    }
    let waiting = state.idp.request(&session).await?.is_some();
    let service = state.idp.waiting_service(&session).await?;
    Ok(ok(&FactorReadyPage { csrf: &session.data.csrf, waiting, service }))
}

/// `POST /users/2fa-successfully-configured`
async fn ready_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, browser, .. } = visitor.on(Rung::Enrolment).await?;
    own_form(&session, &params)?;
    proceed(&state, session, &browser).await
}
