//! The page that asks for the names.

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::Rung;
use crate::pages::{Notice, PersonalInformationPage};

/// `GET /users/personal-information`
pub(super) async fn personal_information(
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { session, account, .. } = visitor.on(Rung::Browser).await?;
    Ok(ok(&PersonalInformationPage {
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        given_name: account.given_name.as_deref().unwrap_or_default(),
        family_name: account.family_name.as_deref().unwrap_or_default(),
    }))
}

/// `POST /users/personal-information`: `given_name`, `family_name`.
pub(super) async fn personal_information_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { session, account, browser } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let field = |name| params.get(name).unwrap_or_default();
    let (given, family) = (field("given_name"), field("family_name"));
    if state.idp.name_account(&account, given, family).await? {
        return proceed(&state, session, &browser).await;
    }
    let again = "/users/personal-information?notification=invalid_personal_informations";
    Ok(see_other(again))
}
