//! Owns the question who may arrange the federation: programs on this machine that call it
//! directly, and the hub's own pages. A page of another site cannot reach it, neither through
//! the browser nor by pointing its own name at this machine, and neither can another machine
//! through a proxy here.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use url::Url;

use super::error::{AdminError, Refusal};
use crate::http::input::header;

/// What proxies add to the requests of others.
const FORWARDED: [&str; 5] =
    ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/// The guard.
#[derive(Clone, Debug)]
pub(in crate::http) struct Guard {
    /// The hub's own origin, without a slash at the end.
    origin: Arc<str>,
    host: Arc<str>,
}

impl Guard {
    /// A guard for the hub at its address.
    pub(in crate::http) fn new(hub: &Url) -> Self {
        Self {
            origin: hub.as_str().trim_end_matches('/').into(),
            host: hub.host_str().unwrap_or_default().into(),
        }
    }

    /// Puts routes under the guard, with whatever layers and fallbacks they have.
    pub(in crate::http) fn protect<S>(self, routes: Router<S>) -> Router<S>
    where
        S: Clone + Send + Sync + 'static,
    {
        routes.layer(middleware::from_fn_with_state(self, check))
    }

    fn admit(&self, request: &Request) -> Result<(), Refusal> {
        let headers = request.headers();
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        if !peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback()) {
            return Err(Refusal::NotLocal);
        }
        if FORWARDED.iter().any(|name| headers.contains_key(*name)) {
            return Err(Refusal::Forwarded);
        }
        let host = header(headers, HOST).ok_or(Refusal::ForeignHost)?;
        if !self.is_own_host(host) {
            return Err(Refusal::ForeignHost);
        }
        // Fetch Metadata: `none` is the address bar. Programs send nothing.
        if let Some(site) = headers.get("sec-fetch-site")
            && site != "same-origin"
            && site != "none"
        {
            return Err(Refusal::CrossSite);
        }
        match headers.get(ORIGIN).map(|origin| origin.to_str().unwrap_or_default()) {
            Some(origin) if !self.is_own_origin(origin, host) => Err(Refusal::CrossSite),
            _ => Ok(()),
        }
    }

    /// Whether a host name is this machine's or the public one: another name that is pointed
    /// here (DNS rebinding) is neither.
    pub(in crate::http) fn is_own_host(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        let name = authority.host().to_ascii_lowercase();
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        address.is_ok_and(|address| address.is_loopback())
            || name == "localhost"
            || name.ends_with(".localhost")
            || name == *self.host
    }

    /// Whether an origin is the server's own, as the browser or as the configuration names it.
    pub(in crate::http) fn is_own_origin(&self, origin: &str, host: &str) -> bool {
        let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        origin == &*self.origin || authority.is_some_and(|a| a.eq_ignore_ascii_case(host))
    }
}

async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    match guard.admit(&request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => AdminError::Refused(refusal).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    /// What it is, who calls, with which headers, and what comes of it.
    type Row<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], Result<(), Refusal>);

    const LOCAL: &str = "127.0.0.1:50000";

    fn guard() -> Guard {
        Guard::new(&"https://auth.test".parse().expect("an address"))
    }

    fn request(peer: &str, headers: &[(&str, &str)]) -> Request {
        let mut builder = Request::builder().uri("/admin");
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        let mut request = builder.body(Body::empty()).expect("a request");
        let peer: SocketAddr = peer.parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    }

    #[test]
    fn only_this_machine_is_admitted() {
        let host = ("host", "localhost:3100");
        let rows: [Row<'_>; 20] = [
            ("a program", LOCAL, &[host], Ok(())),
            ("over IPv6", "[::1]:50000", &[host], Ok(())),
            ("over mapped IPv4", "[::ffff:127.0.0.1]:50000", &[host], Ok(())),
            ("another loopback address", LOCAL, &[("host", "127.0.0.2:3100")], Ok(())),
            ("loopback by IPv6", LOCAL, &[("host", "[::1]:3100")], Ok(())),
            ("a name below localhost", LOCAL, &[("host", "a.localhost")], Ok(())),
            ("the public name", LOCAL, &[("host", "auth.test")], Ok(())),
            ("another machine", "192.0.2.1:50000", &[host], Err(Refusal::NotLocal)),
            ("through a proxy", LOCAL, &[host, ("x-forwarded-for", "a")], Err(Refusal::Forwarded)),
            ("through another", LOCAL, &[host, ("forwarded", "for=a")], Err(Refusal::Forwarded)),
            ("a name pointed here", LOCAL, &[("host", "evil.test")], Err(Refusal::ForeignHost)),
            (
                "a name like ours",
                LOCAL,
                &[("host", "localhost.evil.test")],
                Err(Refusal::ForeignHost),
            ),
            ("no name", LOCAL, &[], Err(Refusal::ForeignHost)),
            ("the hub's page", LOCAL, &[host, ("sec-fetch-site", "same-origin")], Ok(())),
            ("the address bar", LOCAL, &[host, ("sec-fetch-site", "none")], Ok(())),
            (
                "a page on another port",
                LOCAL,
                &[host, ("sec-fetch-site", "same-site")],
                Err(Refusal::CrossSite),
            ),
            (
                "a page of another site",
                LOCAL,
                &[host, ("sec-fetch-site", "cross-site")],
                Err(Refusal::CrossSite),
            ),
            ("the hub's form", LOCAL, &[host, ("origin", "http://localhost:3100")], Ok(())),
            (
                "another site's form",
                LOCAL,
                &[host, ("origin", "https://evil.test")],
                Err(Refusal::CrossSite),
            ),
            ("a sandboxed form", LOCAL, &[host, ("origin", "null")], Err(Refusal::CrossSite)),
        ];
        for (row, peer, headers, expected) in rows {
            assert_eq!(guard().admit(&request(peer, headers)), expected, "{row}");
        }
    }

    #[test]
    fn a_form_sent_through_the_public_address_is_admitted() {
        let headers = [("host", "127.0.0.1:3100"), ("origin", "https://auth.test")];

        assert_eq!(guard().admit(&request(LOCAL, &headers)), Ok(()));
    }
}
