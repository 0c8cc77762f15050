//! The HTTP rim: routes, layers, pages. Handlers read as the flow and hold no rule of it.

pub mod assets;
pub mod attempts;
pub mod client_address;
pub mod cookie_hygiene;
pub mod cookies;
pub mod csrf;
pub mod dist;
pub mod problem;
pub mod rate_limit;
pub mod request_context;
pub mod routes;
pub mod security_headers;
pub mod session_port;
pub mod site;
pub mod stack;

use std::sync::LazyLock;

use axum::Router;
use axum::handler::Handler;
use axum::http::{StatusCode, header};
use axum::routing::{MethodRouter, get, post};

use crate::state::AppState;

/// A route of the application, for the router and for the tests that enumerate them.
pub struct Route {
    /// Its path.
    pub path: &'static str,
    /// Its only method (besides HEAD, which is refused where GET acts).
    pub method: &'static str,
    /// Whether it needs the session layer.
    pub session: bool,
    handler: MethodRouter<AppState>,
}

/// Every route that is not a document or a file.
pub fn route_table() -> Vec<Route> {
    use routes::{backchannel_logout, callback, health, login, logout};
    let route = |method, path, session, handler| Route { path, method, session, handler };
    vec![
        route("GET", "/auth/login", true, act(login::start)),
        route("GET", "/auth/callback", true, act(callback::finish)),
        route("POST", "/auth/logout", true, post(logout::start)),
        route("GET", "/auth/logout/continue", false, act(logout::leave)),
        route("GET", "/auth/logout/callback", false, act(logout::finish)),
        route("POST", backchannel_logout::PATH, false, post(backchannel_logout::receive)),
        route("GET", "/api/session", true, get(session_port::answer)),
        route("GET", "/api/sessions", true, get(session_port::answer)),
        route("POST", "/api/revoke_session", true, post(session_port::answer)),
        route("POST", "/api/revoke_other_sessions", true, post(session_port::answer)),
        route("POST", "/api/stay", true, post(session_port::answer)),
        route("POST", "/api/refresh_identity", true, post(session_port::answer)),
        route("GET", "/api/space", true, get(session_port::answer)),
        route("POST", "/api/save_note", true, post(session_port::answer)),
        route("GET", "/livez", false, get(health::live)),
        route("GET", "/readyz", false, get(health::ready)),
    ]
}

/// What stands for the route of a document or a file: their paths are anybody's text.
const FROM_MEMORY: &str = "(document or file)";

/// The path of a route as a label that no request can invent.
fn route_name(path: &str) -> &'static str {
    static PATHS: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| route_table().into_iter().map(|route| route.path).collect());
    PATHS.iter().find(|known| **known == path).copied().unwrap_or(FROM_MEMORY)
}

/// The whole application.
pub fn router(state: AppState) -> Router {
    let (with_session, without): (Vec<_>, Vec<_>) =
        route_table().into_iter().partition(|route| route.session);
    let add = |router: Router<AppState>, route: Route| router.route(route.path, route.handler);
    let sessions = with_session.into_iter().fold(Router::new(), add);
    let others = without.into_iter().fold(Router::new(), add);
    let router = stack::with_sessions(sessions, &state)
        .merge(others)
        .fallback(site::serve)
        .method_not_allowed_fallback(problem::method_not_allowed);
    stack::around(router, &state).with_state(state)
}

/// A GET that acts. HEAD would act, too: link scanners send it, and it would use up a callback.
fn act<H, T>(handler: H) -> MethodRouter<AppState>
where
    H: Handler<T, AppState>,
    T: 'static,
{
    get(handler).head(async || (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET")]))
}
