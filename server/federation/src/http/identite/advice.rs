//! The questions that lead people to the second factor that suits them.

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;

use super::place::Place;
use super::visitor::{Posted, Visit, Visitor, own_form};
use super::{IdpError, IdpState, ok};
use crate::http::output::see_other;
use crate::pages::{Advice, AdvicePage, AdviceSettingsPage};
use crate::provider::PageError;

const PATH: &str = "/mfa-decision-helper";

pub(super) fn routes() -> Router<IdpState> {
    use Place::{Journey, Settings};
    Router::new()
        .route(
            "/users/mfa-decision-helper",
            get(async |visitor| show(visitor, Advice::FIRST, Journey).await).post(
                async |visitor, posted| answer(visitor, Advice::FIRST, posted, Journey).await,
            ),
        )
        .route(
            "/users/mfa-decision-helper/{step}",
            get(async |visitor, Path(step): Path<String>| {
                show(visitor, named(&step)?, Journey).await
            })
            .post(async |visitor, Path(step): Path<String>, posted| {
                answer(visitor, named(&step)?, posted, Journey).await
            }),
        )
        .route(
            "/mfa-decision-helper",
            get(async |visitor| show(visitor, Advice::FIRST, Settings).await).post(
                async |visitor, posted| answer(visitor, Advice::FIRST, posted, Settings).await,
            ),
        )
        .route(
            "/mfa-decision-helper/{step}",
            get(async |visitor, Path(step): Path<String>| {
                show(visitor, named(&step)?, Settings).await
            })
            .post(async |visitor, Path(step): Path<String>, posted| {
                answer(visitor, named(&step)?, posted, Settings).await
            }),
        )
}

fn named(step: &str) -> Result<Advice, IdpError> {
    Advice::named(step).ok_or_else(|| PageError::NotFound.into())
}

/// `GET /users/mfa-decision-helper/…`, `GET /mfa-decision-helper/…`
async fn show(visitor: Visitor, step: Advice, place: Place) -> Result<Response, IdpError> {
    let Visit { session, account, .. } = visitor.on(place.rung()).await?;
    let (csrf, base) = (session.data.csrf.as_str(), place.base());
    Ok(match place {
        Place::Journey => ok(&AdvicePage { csrf, base, step }),
        Place::Settings => {
            let name = account.full_name();
            ok(&AdviceSettingsPage { name, csrf, base, step })
        }
    })
}

/// `POST /users/mfa-decision-helper/…`, `POST /mfa-decision-helper/…`: `device-type`,
/// `can-install-software` or `can-install-app-on-smartphone`.
async fn answer(
    visitor: Visitor,
    step: Advice,
    Posted(params): Posted,
    place: Place,
) -> Result<Response, IdpError> {
    let Visit { session, .. } = visitor.on(place.rung()).await?;
    own_form(&session, &params)?;
    let typed = step.field().and_then(|field| params.get(field)).unwrap_or_default();
    let next = step.after(typed).unwrap_or(step);
    Ok(see_other(&format!("{}{PATH}{}", place.base(), next.path())))
}
