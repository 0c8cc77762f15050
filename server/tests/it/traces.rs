//! What an OpenTelemetry collector is told, by the program itself: its own spans, nobody's data.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;
use reqwest::Method;
use server::clock::{Clock as _, ManualClock, SystemClock};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::support::app::folder;
use crate::support::browser::Browser;
use crate::support::fault::Signing;
use crate::support::provider::{CLIENT_ID, CLIENT_SECRET, ScriptedProvider};

/// What a collector got, as it came.
type Received = Arc<Mutex<Vec<Bytes>>>;

#[tokio::test]
async fn a_collector_learns_where_the_time_went_and_nothing_of_the_person() {
    let world = World::start().await;
    let mut browser = Browser::new(world.address);
    let url = browser.start_sign_in("login_hint=somebody%40example.fr").await;
    let query = world.provider.approve(&url);
    let arrived = browser.get(&format!("/auth/callback?{query}")).await;
    assert_eq!(arrived.status, 303, "{}", arrived.body);
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let headers = [
        ("traceparent", &*format!("00-{trace}-00f067aa0ba902b7-01")),
        ("x-forwarded-for", "192.0.2.7"),
    ];
    let session = browser.send(Method::GET, "/api/session", &headers).await;
    assert_eq!(session.json()["state"], "signed_in", "{}", session.body);
    let mut secrets: Vec<String> = browser.cookies.values().cloned().collect();
    secrets.extend(world.provider.secrets());
    secrets.extend(
        url.query_pairs().filter(|(name, _)| name == "state").map(|(_, it)| it.into_owned()),
    );
    secrets.extend(
        ["somebody@example.fr", "angela.dubois@example.fr", "Dubois", "192.0.2.7", CLIENT_SECRET]
            .map(str::to_owned),
    );

    let received = world.stop().await;

    let spans = spans(&received);
    let callback = request(&spans, "/auth/callback");
    let asked = request(&spans, "/api/session");
    for endpoint in ["discovery", "keys", "token", "userinfo"] {
        assert!(
            spans.iter().any(|span| span.name == "provider" && says(span, "endpoint", endpoint)),
            "{endpoint}"
        );
    }
    let within = |parent: &Span, name: &str, operation: &str| {
        spans.iter().any(|span| {
            span.parent_span_id == parent.span_id
                && span.name == name
                && says(span, "operation", operation)
        })
    };
    assert!(within(callback, "session store", "insert"));
    assert!(within(asked, "session store", "load"));
    assert_eq!(trace_of(asked), trace, "a trusted proxy began this trace");
    assert_ne!(trace_of(callback), trace);
    let bytes: Vec<u8> = received.concat();
    for secret in secrets {
        let told = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!told, "{secret} was sent");
    }
}

/// The program, its provider and its collector.
struct World {
    child: Child,
    address: SocketAddr,
    provider: ScriptedProvider,
    received: Received,
    _folder: TempDir,
}

impl World {
    async fn start() -> Self {
        let (folder, received) = (folder(), Received::default());
        let clock = ManualClock::at(SystemClock.now());
        let provider = ScriptedProvider::start(clock, (Signing::Rs256, Signing::Rs256)).await;
        let collector = collector(Arc::clone(&received)).await;
        // Free a moment ago.
        let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_server"))
            .env("APP_LISTEN", address.to_string())
            .env("APP_OPS_LISTEN", "off")
            .env("APP_PUBLIC_URL", "http://localhost:3000")
            .env("APP_DATA_DIR", folder.path().join("data"))
            .env("APP_DIST", folder.path().join("dist"))
            .env("PROCONNECT_ISSUER", provider.issuer())
            .env("PROCONNECT_CLIENT_ID", CLIENT_ID)
            .env("PROCONNECT_CLIENT_SECRET", CLIENT_SECRET)
            .env("TRUSTED_PROXIES", "127.0.0.1/32")
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", format!("http://{collector}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let world = Self { child, address, provider, received, _folder: folder };
        world.wait_until_it_listens().await;
        world
    }

    async fn wait_until_it_listens(&self) {
        let mut looks = tokio::time::interval(std::time::Duration::from_millis(20));
        for _ in 0..500 {
            looks.tick().await;
            if tokio::net::TcpStream::connect(self.address).await.is_ok() {
                return;
            }
        }
        panic!("the program does not listen");
    }

    /// Ends the program in order; what the collector got.
    async fn stop(mut self) -> Vec<Bytes> {
        let told = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success());
        let ended = tokio::task::spawn_blocking(move || self.child.wait().map(|it| it.success()));
        assert!(ended.await.unwrap().unwrap(), "the program did not end in order");
        self.received.lock().unwrap().clone()
    }
}

async fn collector(received: Received) -> SocketAddr {
    async fn take(State(received): State<Received>, body: Bytes) {
        received.lock().unwrap().push(body);
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/v1/traces", post(take)).with_state(received);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

fn spans(received: &[Bytes]) -> Vec<Span> {
    let requests = received.iter().map(|body| ExportTraceServiceRequest::decode(&**body).unwrap());
    let resources = requests.flat_map(|request| request.resource_spans);
    resources.flat_map(|it| it.scope_spans).flat_map(|it| it.spans).collect()
}

/// The span of the request for this route.
fn request<'a>(spans: &'a [Span], route: &str) -> &'a Span {
    let name = format!("GET {route}");
    let found = spans.iter().find(|span| span.name == name);
    found.unwrap_or_else(|| panic!("no request for {route} among {spans:?}"))
}

fn says(span: &Span, name: &str, value: &str) -> bool {
    span.attributes.iter().any(|attribute| {
        attribute.key == name && format!("{:?}", attribute.value).contains(&format!("{value:?}"))
    })
}

fn trace_of(span: &Span) -> String {
    format!("{:032x}", u128::from_be_bytes(span.trace_id.clone().try_into().unwrap()))
}
