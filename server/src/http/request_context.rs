//! What every request gets first: an id of its own, a span for its log lines, a line at its end.
//!
//! Invariant: no query, no cookie, no header value and no address is logged.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use tracing::Span;

use super::FROM_MEMORY;
use crate::serving::Peer;
use crate::state::AppState;

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
        Self { text: format!("{:016x}", u64::from_be_bytes(bytes)), client }
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

/// What the log lines of a request, and its trace, belong to. A document or a file has none of the
/// first at `info`, where its span costs nothing.
fn span(id: &RequestId, method: &'static str, route: &'static str) -> Span {
    let id = id.as_str();
    if route == FROM_MEMORY && matches!(method, "GET" | "HEAD") {
        tracing::debug_span!(
            "request",
            http.request_id = id,
            http.method = method,
            http.route = route
        )
    } else {
        tracing::info_span!(
            "request",
            http.request_id = id,
            http.method = method,
            http.route = route
        )
    }
}

/// A request that is being answered.
pub struct Identified {
    method: &'static str,
    route: &'static str,
    id: HeaderValue,
    span: Span,
    started: Instant,
}

/// Names the request.
pub fn identify(state: &AppState, request: &mut Request) -> Identified {
    let peer = request.extensions().get::<Peer>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
    let id = RequestId::new(state, state.proxies.client(peer, request.headers()));
    let method = name_of(request.method());
    let path = request.extensions().get::<MatchedPath>();
    let route = path.map_or(FROM_MEMORY, |path| super::route_name(path.as_str()));
    let span = span(&id, method, route);
    #[cfg(feature = "otel")]
    {
        let trusted = state.proxies.trusts(peer.to_canonical()).then_some(request.headers());
        crate::telemetry::traces::begin(&span, format!("{method} {route}"), trusted);
    }
    let header = HeaderValue::try_from(id.as_str()).expect("hexadecimal digits");
    request.extensions_mut().insert(id);
    Identified { method, route, id: header, span, started: Instant::now() }
}

impl Identified {
    /// The span that everything belongs to which is done for the request.
    pub fn span(&self) -> Span {
        self.span.clone()
    }

    /// Whether nothing was asked but to see something, which happens all the time: pages ask by
    /// themselves who is signed in.
    fn only_looked(&self, status: StatusCode) -> bool {
        self.route == FROM_MEMORY || (self.method == "GET" && status.is_success())
    }

    /// Counts and logs the answer, and writes the id on it.
    pub fn answered(self, state: &AppState, response: &mut Response) {
        let took = self.started.elapsed();
        let status = response.status().as_u16();
        state.metrics.request_answered((self.method, self.route), status, took);
        let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.span.in_scope(|| {
            if response.status().is_server_error() {
                tracing::error!(http.status = status, duration_ms, "request failed");
            } else if self.only_looked(response.status()) {
                tracing::debug!(http.status = status, duration_ms, "request answered");
            } else {
                tracing::info!(http.status = status, duration_ms, "request answered");
            }
        });
        response.headers_mut().insert("x-request-id", self.id);
    }
}
