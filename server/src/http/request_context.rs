//! What every request gets first: an id of its own, a span for its log lines, a line at its end.
//!
//! Invariant: no query, no cookie, no header value and no address is logged.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::serving::Peer;
use crate::state::AppState;

/// What stands for the route of a document or a file: their paths are anybody's text.
const FROM_MEMORY: &str = "(document or file)";

/// The id of a request, shown to people on error pages and written in every log line; and the
/// address that it came from, which is written nowhere.
#[derive(Clone)]
pub struct RequestId {
    text: String,
    client: IpAddr,
}

impl RequestId {
    fn new(state: &AppState, client: IpAddr) -> Self {
        let mut bytes = [0; 8];
        state.entropy.fill(&mut bytes);
        let text = bytes.iter().fold(String::new(), |mut hex, byte| {
            let _infallible = write!(hex, "{byte:02x}");
            hex
        });
        Self { text, client }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the audit trail notes of the request.
    pub fn origin(&self) -> (&str, IpAddr) {
        (&self.text, self.client)
    }

    /// The address of the client, as far as the trusted proxies tell.
    pub fn client(&self) -> IpAddr {
        self.client
    }
}

fn name_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// The middleware.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
    let id = RequestId::new(&state, state.proxies.client(peer, request.headers()));
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| FROM_MEMORY.to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!(
        "request",
        http.request_id = id.as_str(),
        http.method = %request.method(),
        http.route = route.as_str(),
    );
    let method = name_of(request.method());
    #[cfg(feature = "otel")]
    {
        let trusted = state.proxies.trusts(peer.to_canonical()).then_some(request.headers());
        crate::telemetry::traces::begin(&span, format!("{method} {route}"), trusted);
    }
    let header = HeaderValue::try_from(id.as_str()).expect("hexadecimal digits");
    request.extensions_mut().insert(id);
    async move {
        let started = Instant::now();
        let mut response = next.run(request).await;
        let took = started.elapsed();
        state.metrics.request_answered(
            (method, super::route_name(&route)),
            response.status().as_u16(),
            took,
        );
        let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let status = response.status().as_u16();
        if response.status().is_server_error() {
            tracing::error!(http.status = status, duration_ms, "request failed");
        } else if route == FROM_MEMORY {
            tracing::debug!(http.status = status, duration_ms, "request answered");
        } else {
            tracing::info!(http.status = status, duration_ms, "request answered");
        }
        response.headers_mut().insert("x-request-id", header);
        response
    }
    .instrument(span)
    .await
}
