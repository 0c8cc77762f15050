//! Random requests over raw sockets: every endpoint that takes parameters, any bytes, repeated
//! and oversized parameters, foreign content types, foreign cookies. The answer is never a
//! failure of the server, and always there.

use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

use crate::support::{Browser, Stack};

/// What is sent, as far as it varies.
#[derive(Clone, Debug)]
struct Attack {
    endpoint: usize,
    pairs: Vec<(Vec<u8>, Vec<u8>)>,
    content_type: &'static str,
    authorization: &'static str,
    with_session: bool,
}

/// An endpoint: method and path.
type Endpoint = (&'static str, &'static str);

/// `{uid}` stands for an interaction of the session.
const HUB: [Endpoint; 34] = [
    ("GET", "/api/v2/authorize"),
    ("POST", "/api/v2/authorize"),
    ("POST", "/api/v2/token"),
    ("GET", "/api/v2/userinfo"),
    ("POST", "/api/v2/userinfo"),
    ("POST", "/api/v2/token/introspection"),
    ("POST", "/api/v2/token/revocation"),
    ("GET", "/api/v2/session/end"),
    ("POST", "/api/v2/session/end"),
    ("GET", "/api/v2/interaction/aaaaaaaaaaaaaaaaaaaaa"),
    ("GET", "/api/v2/interaction/{uid}"),
    ("GET", "/api/v2/interaction/{uid}/verify"),
    ("GET", "/api/v2/interaction/{uid}/error"),
    ("POST", "/api/v2/redirect-to-idp"),
    ("POST", "/api/v2/identity-provider-selection"),
    ("GET", "/api/v2/verify-email"),
    ("POST", "/api/v2/verify-email"),
    ("POST", "/api/v2/verify-email/resend"),
    ("GET", "/api/v2/oidc-callback"),
    ("GET", "/api/v2/client/logout-callback"),
    ("GET", "/readyz"),
    ("GET", "/demandes"),
    ("GET", "/evenements"),
    ("POST", "/scenarios/armer"),
    ("POST", "/scenarios/annuler"),
    ("POST", "/reglages/profil"),
    ("POST", "/reglages/horloge"),
    ("GET", "/admin/events"),
    ("POST", "/admin/services"),
    ("PATCH", "/admin/identity-providers/fia1"),
    ("PUT", "/admin/scenarios/x"),
    ("PUT", "/admin/profile"),
    ("POST", "/admin/clock"),
    ("PATCH", "/admin/users/x"),
];

/// Parameters that some endpoint reads.
const NAMES: [&str; 33] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "prompt",
    "claims",
    "acr_values",
    "code_challenge",
    "code_challenge_method",
    "login_hint",
    "idp_hint",
    "siret_hint",
    "client_secret",
    "grant_type",
    "code",
    "refresh_token",
    "token",
    "id_token_hint",
    "post_logout_redirect_uri",
    "email",
    "csrfToken",
    "iss",
    "error",
    "error_description",
    "identityProviderUid",
    "service",
    "scenario",
    "since",
    "verbose",
    "exclude",
];

/// Values that get beyond a first check, or ought to.
const VALUES: [&str; 24] = [
    "5d22bacd-14a7-47d9-a3e1-d40b5cde66ee",
    "737732811ad8bf16f53cdecff47f2c4bc80c60ba21e9ce12be96b135600e2017",
    "https%3A%2F%2Fservice.test%2Fcallback",
    "https%3A%2F%2Fservice.test%2Fout",
    "code",
    "openid",
    "openid%20email",
    "fragment",
    "form_post",
    "none",
    "login",
    "S256",
    "authorization_code",
    "refresh_token",
    "fia1",
    "test%40fia1.fr",
    "21920023500014",
    "%7B%22id_token%22%3A%7B%22acr%22%3A%7B%22essential%22%3Atrue%2C%22values%22%3A%5Bnull%5D%7D%7D%7D",
    "eyJhbGciOiJub25lIn0.e30.",
    "999999999999999999999",
    "-1",
    "%0d%0aSet-Cookie:%20a=b",
    "%00",
    "%ff",
];

const CONTENT_TYPES: [&str; 5] = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=latin1",
    "application/json",
    "multipart/form-data; boundary=x",
    "",
];

const AUTHORIZATIONS: [&str; 5] = ["", "Basic cnA6c2VjcmV0", "Bearer x", "Bearer", "Digest \u{e9}"];

fn name() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        8 => prop::sample::select(&NAMES[..]).prop_map(|name| name.as_bytes().to_vec()),
        1 => bytes(12),
    ]
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => prop::sample::select(&VALUES[..]).prop_map(|value| value.as_bytes().to_vec()),
        3 => bytes(40),
        // Beyond what any parameter may hold, and beyond what any body may.
        1 => prop_oneof![Just(9_000_usize), Just(70_000)].prop_map(|length| vec![b'a'; length]),
    ]
}

/// Any bytes that leave the request a request.
fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>().prop_filter("one line", |b| !b"\r\n #".contains(b)), 0..most)
}

fn attacks(endpoints: usize) -> impl Strategy<Value = Attack> {
    (
        0..endpoints,
        prop::collection::vec((name(), value()), 0..14),
        prop::sample::select(&CONTENT_TYPES[..]),
        prop::sample::select(&AUTHORIZATIONS[..]),
        any::<bool>(),
    )
        .prop_map(|(endpoint, pairs, content_type, authorization, with_session)| Attack {
            endpoint,
            pairs,
            content_type,
            authorization,
            with_session,
        })
}

/// What an attacker owns: a session, with the token of its forms and an interaction.
#[derive(Debug, Default)]
struct Session {
    cookie: String,
    csrf: String,
    interaction: String,
}

impl Session {
    /// A session at the hub.
    async fn begin(stack: &Stack) -> Self {
        let browser = Browser::new();
        let page = browser.open(&stack.service().authorize_url(&[])).await;
        let hidden = |name: &str| {
            let rest = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1);
            rest.expect("a field").split('"').next().unwrap_or_default().to_owned()
        };
        Self {
            cookie: format!("pc_session_id={}", browser.cookie("pc_session_id").expect("a cookie")),
            csrf: hidden("csrfToken"),
            interaction: hidden("interactionUid"),
        }
    }
}

impl Attack {
    /// The request as it goes over the wire.
    fn request(&self, (method, path): Endpoint, session: &Session) -> Vec<u8> {
        let path = path.replace("{uid}", &session.interaction);
        let own = (b"csrfToken".to_vec(), session.csrf.clone().into_bytes());
        let pairs = self.pairs.iter().chain(Some(&own).filter(|_| self.with_session));
        let text: Vec<Vec<u8>> =
            pairs.map(|(name, value)| [&name[..], b"=", value].concat()).collect();
        let text = text.join(&b'&');
        let in_query = method == "GET";
        let mut request = format!("{method} {path}").into_bytes();
        if in_query {
            request.extend([&b"?"[..], &text].concat());
        }
        request.extend_from_slice(b" HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        for (name, value) in [
            ("content-type", self.content_type),
            ("authorization", self.authorization),
            ("cookie", if self.with_session { &session.cookie } else { "pc_session_id=foreign" }),
        ] {
            if !value.is_empty() {
                request.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
            }
        }
        let body: &[u8] = if in_query { b"" } else { &text };
        request.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
        request.extend_from_slice(body);
        request
    }
}

/// Sends bytes to a server and returns its whole answer.
async fn exchange(server: &Url, request: &[u8]) -> String {
    let address = server.socket_addrs(|| None).expect("an address")[0];
    let talk = async {
        let mut socket = TcpStream::connect(address).await.expect("the server listens");
        // A server that has seen enough of a body may answer and hang up before its end.
        let _ = socket.write_all(request).await;
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    timeout(Duration::from_secs(20), talk).await.expect("an answer")
}

/// A form whose token does not belong to its session is answered like this by the real ProConnect.
fn is_foreign_form(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 500 ") && answer.contains("Y47000")
}

fn check(answer: &str) -> Result<(), TestCaseError> {
    let status = answer.split(' ').nth(1).unwrap_or_default();
    prop_assert!(
        ["2", "3", "4"].iter().any(|class| status.starts_with(class)) || is_foreign_form(answer),
        "{}",
        &answer[..answer.len().min(600)]
    );
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    prop_assert!(!head.contains("\r\nSet-Cookie: a=b"), "a header was smuggled in");
    Ok(())
}

/// Runs random requests against one server.
fn attack(server: &Url, endpoints: &[Endpoint], session: &Session) {
    let runtime = tokio::runtime::Handle::current();
    let mut runner =
        TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    let result = runner.run(&attacks(endpoints.len()), |attack| {
        let request = attack.request(endpoints[attack.endpoint], session);
        check(&tokio::task::block_in_place(|| runtime.block_on(exchange(server, &request))))
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_makes_the_hub_fail() {
    let stack = Stack::start().await;
    let session = Session::begin(&stack).await;

    attack(&stack.federation.addresses().hub, &HUB, &session);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_makes_an_identity_provider_fail() {
    let stack = Stack::start().await;
    let addresses = stack.federation.addresses();
    let demo = [
        ("GET", "/fia1/authorize"),
        ("POST", "/fia1/token"),
        ("GET", "/fia1/userinfo"),
        ("GET", "/fia1/session/end"),
        ("POST", "/fia1/interaction/aaaaaaaaaaaaaaaaaaaaa"),
        ("GET", "/unknown"),
    ];
    attack(&addresses.demo, &demo, &Session::default());
    let identite = [
        ("GET", "/oauth/authorize"),
        ("POST", "/oauth/token"),
        ("GET", "/oauth/userinfo"),
        ("GET", "/oauth/logout"),
        ("POST", "/users/start-sign-in"),
        ("POST", "/users/sign-in"),
        ("POST", "/users/select-organization"),
    ];
    attack(&addresses.identite, &identite, &Session::default());
}

/// Somebody who sends without end is cut off; what was sent is not kept.
#[tokio::test]
async fn an_endless_body_is_cut_off() {
    let stack = Stack::start().await;
    let head = "POST /api/v2/token HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                content-type: application/x-www-form-urlencoded\r\ncontent-length: 100000000\r\n\r\n";
    let request = [head.as_bytes(), &vec![b'a'; 1_000_000]].concat();

    let answer = exchange(&stack.federation.addresses().hub, &request).await;

    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
}
