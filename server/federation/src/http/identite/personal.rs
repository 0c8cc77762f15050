//! The pages on which people say who they are: on the way to a service, and in their account.

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::session::proceed;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::input::query;
use crate::http::output::see_other;
use crate::idp::{Account, Asking, Misfits, Rung, TypedInformation, information};
use crate::pages::{AccountInformationPage, Notice, PersonalInformationPage};
use crate::protocol::Params;

const NAMES: &str = "/users/personal-information";
const ACCOUNT: &str = "/personal-information";

/// `GET /users/personal-information`
pub(super) async fn personal_information(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { mut session, account, .. } = visitor.on(Rung::Browser).await?;
    let (typed, misfits) = fields(state.idp.draft(&mut session, Asking::Names).await?, &account);
    Ok(ok(&PersonalInformationPage {
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        typed,
        misfits,
        confirmed: state.idp.has_identity(&account).await?,
    }))
}

/// `POST /users/personal-information`: `given_name`, `family_name`.
pub(super) async fn personal_information_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, browser } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let names = TypedInformation {
        phone_number: String::new(),
        job: String::new(),
        ..typed_information(&params)
    };
    if state.idp.inform(&mut session, &account, names, Asking::Names).await? {
        return proceed(&state, session, &browser).await;
    }
    Ok(see_other(&format!("{NAMES}?notification=invalid_personal_informations")))
}

/// `GET /personal-information`
pub(super) async fn account_information(
    State(state): State<IdpState>,
    visitor: Visitor,
    RawQuery(raw): RawQuery,
) -> Result<Response, IdpError> {
    let params = query(raw.as_deref())?;
    let Visit { mut session, account, .. } = visitor.on(Rung::Browser).await?;
    let (typed, misfits) =
        fields(state.idp.draft(&mut session, Asking::Everything).await?, &account);
    Ok(ok(&AccountInformationPage {
        name: account.full_name(),
        csrf: &session.data.csrf,
        notice: Notice::parse(params.get("notification")),
        identity: state.idp.identity(&account).await?,
        typed,
        misfits,
    }))
}

/// `POST /personal-information`: `given_name`, `family_name`, `phone_number`, `job`.
pub(super) async fn account_information_post(
    State(state): State<IdpState>,
    visitor: Visitor,
    Posted(params): Posted,
) -> Result<Response, IdpError> {
    let Visit { mut session, account, .. } = visitor.on(Rung::Browser).await?;
    own_form(&session, &params)?;
    let typed = typed_information(&params);
    let done = state.idp.inform(&mut session, &account, typed, Asking::Everything).await?;
    let notification =
        if done { "personal_information_update_success" } else { "invalid_personal_informations" };
    Ok(see_other(&format!("{ACCOUNT}?notification={notification}")))
}

fn typed_information(params: &Params) -> TypedInformation {
    let field = |name| params.get(name).unwrap_or_default().to_owned();
    TypedInformation {
        given_name: field("given_name"),
        family_name: field("family_name"),
        phone_number: field("phone_number"),
        job: field("job"),
    }
}

/// What the form shows: what was typed wrongly, with what is wrong, or what is known.
fn fields(draft: Option<TypedInformation>, account: &Account) -> (TypedInformation, Misfits) {
    let known = |value: &Option<String>| value.clone().unwrap_or_default();
    match draft {
        Some(draft) => {
            let misfits = information(&draft).err().unwrap_or_default();
            (draft, misfits)
        }
        None => (
            TypedInformation {
                given_name: known(&account.given_name),
                family_name: known(&account.family_name),
                phone_number: known(&account.phone_number),
                job: known(&account.job),
            },
            Misfits::default(),
        ),
    }
}
