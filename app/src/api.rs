//! The only network code of the interface: server functions, and `gloo-net` for the routes that are
//! none.
//!
//! Invariant: endpoints are named here explicitly, so that browser and server may be built in
//! different places, by different compilers.

use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::format::query_value;
use crate::routes;
use crate::wire::{ApiProblem, SessionView, SessionsView, SpaceView};

/// Who is signed in.
#[server(endpoint = "session", prefix = "/api", input = GetUrl)]
pub async fn session() -> Result<SessionView, ApiProblem> {
    port()?.current().await
}

/// The sessions of whoever is signed in.
#[server(endpoint = "sessions", prefix = "/api", input = GetUrl)]
pub async fn sessions() -> Result<SessionsView, ApiProblem> {
    port()?.sessions().await
}

/// Ends one of the person's sessions.
#[server(endpoint = "revoke_session", prefix = "/api")]
pub async fn revoke_session(
    /// Names it in the list.
    id: String,
) -> Result<(), ApiProblem> {
    port()?.revoke(&id).await
}

/// Ends all sessions of the person but this one; answers how many.
#[server(endpoint = "revoke_other_sessions", prefix = "/api")]
pub async fn revoke_other_sessions() -> Result<u64, ApiProblem> {
    port()?.revoke_others().await
}

/// Keeps the session alive, since the person is there.
#[server(endpoint = "stay", prefix = "/api")]
pub async fn stay() -> Result<SessionView, ApiProblem> {
    port()?.stay().await
}

/// Reads at ProConnect again who is signed in.
#[server(endpoint = "refresh_identity", prefix = "/api")]
pub async fn refresh_identity() -> Result<SessionView, ApiProblem> {
    port()?.refresh_identity().await
}

/// What the protected space holds.
#[server(endpoint = "space", prefix = "/api", input = GetUrl)]
pub async fn space() -> Result<SpaceView, ApiProblem> {
    port()?.space().await
}

/// Keeps a note in the protected space. It is refused if somebody else than `person` is signed in.
#[server(endpoint = "save_note", prefix = "/api")]
pub async fn save_note(
    /// The note.
    note: String,
    /// Whose note it is.
    person: String,
) -> Result<(), ApiProblem> {
    port()?.save_note(note, person).await
}

/// What the server put in context.
#[cfg(feature = "ssr")]
fn port() -> Result<std::sync::Arc<dyn crate::port::SessionPort>, ApiProblem> {
    use_context().ok_or(ApiProblem::Internal)
}

/// Ends the session. What is left to do is at [`routes::SIGN_OUT_THERE`].
pub async fn sign_out() -> Result<(), ApiProblem> {
    leave(String::new()).await
}

/// The same, to sign in again afterwards: for the organisation with that SIRET, if one is given.
pub async fn sign_out_for(return_to: String, siret: String) -> Result<(), ApiProblem> {
    let fields = ["return_to=", &query_value(&return_to), "&siret_hint=", &siret];
    leave(fields.concat()).await
}

/// Sends the form. A fetch rather than the form itself: the answer's redirects leave the site, and a
/// content security policy would apply `form-action` to each of them.
async fn leave(fields: String) -> Result<(), ApiProblem> {
    let response = Request::post(routes::SIGN_OUT)
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("X-Requested-With", "app")
        .body(fields)
        .map_err(|_| ApiProblem::Internal)?
        .send()
        .await
        .map_err(|_| ApiProblem::Unreachable)?;
    match response.status() {
        200 => Ok(()),
        429 => Err(ApiProblem::TooManyRequests),
        503 => Err(ApiProblem::Unavailable),
        _ => Err(ApiProblem::Internal),
    }
}
