//! The bounded HTTP client for everything that goes to the provider.
//!
//! Invariants: no redirect is followed (a provider must not choose whom we call), every exchange
//! ends within a deadline, and no answer larger than the limit is read.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use openidconnect::http::{Method, header};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use tracing::Instrument as _;

use crate::metrics::Metrics;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const MAX_BODY: usize = 1 << 20;

/// How to reach the provider, beyond what the system knows.
#[derive(Debug, Clone)]
pub struct Outbound {
    /// How long an exchange may take, connecting and reading included.
    pub timeout: Duration,
    /// A certificate authority to trust besides the system's (PEM).
    pub ca_file: Option<PathBuf>,
    /// Addresses for host names, instead of asking the resolver.
    pub resolve: Vec<(String, SocketAddr)>,
}

/// Why the client could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The file of the certificate authority cannot be read.
    #[error("cannot read the certificate authority file")]
    CaFile(#[source] std::io::Error),
    /// It is not a certificate, or the TLS library refuses to start.
    #[error("cannot set up the HTTP client")]
    Client(#[source] reqwest::Error),
}

/// Why a request failed. Says nothing of the request, which holds secrets.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// No answer within the deadline.
    #[error("no answer within the deadline")]
    Timeout,
    /// No connection.
    #[error("no connection")]
    Connect,
    /// The answer is larger than the limit.
    #[error("the answer is larger than the limit")]
    TooLarge,
    /// The connection broke, or the answer is not HTTP.
    #[error("the exchange broke off")]
    Broken,
}

/// See the module's invariants.
#[derive(Clone)]
pub struct BoundedClient {
    client: reqwest::Client,
    metrics: Arc<Metrics>,
}

impl BoundedClient {
    /// Builds the client; its calls are counted and timed.
    pub fn new(outbound: &Outbound, metrics: Arc<Metrics>) -> Result<Self, BuildError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(outbound.timeout)
            .no_proxy()
            .user_agent(concat!("proconnect-bff/", env!("CARGO_PKG_VERSION")));
        for (host, address) in &outbound.resolve {
            builder = builder.resolve(host, *address);
        }
        if let Some(path) = &outbound.ca_file {
            let pem = std::fs::read(path).map_err(BuildError::CaFile)?;
            let certificates =
                reqwest::Certificate::from_pem_bundle(&pem).map_err(BuildError::Client)?;
            for certificate in certificates {
                builder = builder.add_root_certificate(certificate);
            }
        }
        let client = builder.build().map_err(BuildError::Client)?;
        Ok(Self { client, metrics })
    }

    /// Sends a request and reads the bounded answer.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let endpoint = endpoint_of(&request);
        let started = Instant::now();
        let span = tracing::debug_span!("provider", endpoint);
        let answer = self.exchange(request).instrument(span).await;
        let outcome = match &answer {
            Ok(answer) if answer.status().is_server_error() => "status_5xx",
            Ok(answer) if answer.status().is_client_error() => "status_4xx",
            Ok(_) => "ok",
            Err(error) => error.reason(),
        };
        self.metrics.provider_called(endpoint, outcome, started.elapsed());
        answer
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = reqwest::Request::try_from(request).map_err(|_| HttpError::Broken)?;
        let mut answer = self.client.execute(request).await.map_err(|error| classify(&error))?;
        let mut response = openidconnect::http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            response = response.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| classify(&error))? {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        response.body(body).map_err(|_| HttpError::Broken)
    }
}

impl<'client> AsyncHttpClient<'client> for BoundedClient {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'client>>;

    fn call(&'client self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// Which endpoint a request is for, as far as its own form tells.
fn endpoint_of(request: &HttpRequest) -> &'static str {
    let has = |part: &str| String::from_utf8_lossy(request.body()).contains(part);
    match *request.method() {
        Method::POST if has("grant_type=refresh_token") => "refresh",
        Method::POST if has("grant_type=") => "token",
        Method::POST => "revocation",
        _ if request.headers().contains_key(header::AUTHORIZATION) => "userinfo",
        _ if request.uri().path().ends_with("/.well-known/openid-configuration") => "discovery",
        _ => "keys",
    }
}

fn classify(error: &reqwest::Error) -> HttpError {
    if error.is_timeout() {
        HttpError::Timeout
    } else if error.is_connect() {
        HttpError::Connect
    } else {
        HttpError::Broken
    }
}
