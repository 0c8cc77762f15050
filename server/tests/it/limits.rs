//! How much one may ask, how slowly, and how the server stops.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use server::clock::ManualClock;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::support::app::{build, folder};
use crate::support::browser::Browser;
use crate::support::provider::Signing;
use crate::support::{TestApp, in_the_middle_of_2026, log};

const ALGORITHMS: (Signing, Signing) = (Signing::Rs256, Signing::Rs256);

async fn sign_in_from(app: &TestApp, address: &str) -> u16 {
    let headers = [("x-forwarded-for", address)];
    app.browser().send(Method::GET, "/auth/login", &headers).await.status
}

#[tokio::test]
async fn f20_too_many_sign_ins_from_one_address_are_asked_to_wait() {
    let app = TestApp::start().await;
    let mut statuses = Vec::new();
    for _ in 0..200 {
        statuses.push(app.browser().get("/auth/login").await.status);
    }
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 120);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 80);

    let page = app.browser().get("/auth/login").await;
    assert_eq!((page.status, page.problem()), (429, "request.too_many"));
    assert_eq!(page.header("retry-after"), "1");
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.set_cookies().is_empty());
    assert_eq!(app.browser().get("/connexion").await.status, 200, "documents are not counted");
    let limited = r#"app_requests_limited_total{limit="sign_ins"} 81"#;
    let metrics = app.metrics().await;
    assert!(metrics.contains(limited), "{metrics}");

    app.clock.advance(1);
    assert_eq!(app.browser().get("/auth/login").await.status, 303);
}

#[tokio::test]
async fn f20_a_program_is_told_to_wait_in_its_own_form() {
    let app = TestApp::start_with(ALGORITHMS, &["--limit-calls", "2"]).await;
    let mut browser = app.browser();
    for _ in 0..2 {
        assert_eq!(browser.get("/api/session").await.status, 200);
    }

    let answer = browser.get("/api/session").await;

    assert_eq!((answer.status, answer.header("retry-after")), (429, "30"));
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["code"], "request.too_many");
}

#[tokio::test]
async fn f20_limits_are_per_client_behind_a_trusted_proxy_and_can_be_off() {
    let limited = ["--limit-sign-ins", "1", "--trusted-proxies", "127.0.0.1"];
    let app = TestApp::start_with(ALGORITHMS, &limited).await;
    assert_eq!(sign_in_from(&app, "203.0.113.1").await, 303);
    assert_eq!(sign_in_from(&app, "203.0.113.1").await, 429);
    assert_eq!(sign_in_from(&app, "203.0.113.2").await, 303);
    assert_eq!(sign_in_from(&app, "198.51.100.9, 203.0.113.2").await, 429, "made up on the left");
    assert_eq!(sign_in_from(&app, "2001:db8::1").await, 303);
    assert_eq!(sign_in_from(&app, "2001:db8::2").await, 429, "one network of 64 bits");

    let app = TestApp::start_with(ALGORITHMS, &["--limit-sign-ins", "1"]).await;
    assert_eq!(sign_in_from(&app, "203.0.113.1").await, 303);
    assert_eq!(sign_in_from(&app, "203.0.113.2").await, 429, "no header is believed by default");

    let app = TestApp::start_with(ALGORITHMS, &["--limit-sign-ins", "0"]).await;
    for _ in 0..130 {
        assert_eq!(app.browser().get("/auth/login").await.status, 303);
    }
}

#[tokio::test]
async fn a2_forwarded_headers_change_no_address_that_we_send() {
    let app = TestApp::start_with(ALGORITHMS, &["--trusted-proxies", "127.0.0.1"]).await;
    let evil = [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "for=203.0.113.1;host=evil.example;proto=http"),
        ("x-forwarded-for", "203.0.113.1"),
    ];
    let answer = app.browser().send(Method::GET, "/auth/login", &evil).await;

    let url: url::Url = answer.location().parse().unwrap();
    let redirect = url.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1;
    assert_eq!(redirect, "http://localhost:3000/auth/callback");
}

#[tokio::test]
async fn who_dribbles_headers_is_cut_off_while_others_are_served() {
    let app = TestApp::start_with(ALGORITHMS, &["--app-header-timeout", "1s"]).await;
    let mut slow = TcpStream::connect(app.address).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ").await.unwrap();
    let mut idle = TcpStream::connect(app.address).await.unwrap();
    idle.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();

    assert_eq!(app.browser().get("/connexion").await.status, 200);

    // Ends when the server closes the connections, and not before.
    let (mut left, mut answer) = (Vec::new(), Vec::new());
    slow.read_to_end(&mut left).await.unwrap();
    idle.read_to_end(&mut answer).await.unwrap();
    assert!(!String::from_utf8_lossy(&left).contains("200 OK"));
    assert!(String::from_utf8_lossy(&answer).contains("200 OK"));
}

#[tokio::test]
async fn beyond_the_limit_of_connections_one_waits_for_a_place() {
    let app = TestApp::start_with(ALGORITHMS, &["--app-max-connections", "1"]).await;
    let mut first = TcpStream::connect(app.address).await.unwrap();
    first.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut byte = [0];
    first.read_exact(&mut byte).await.unwrap();
    let mut second = app.browser();
    let mut waiting = Box::pin(second.get("/livez"));
    tokio::select! {
        answer = &mut waiting => panic!("served beyond the limit: {}", answer.status),
        metrics = app.metrics() => assert!(metrics.contains("app_connections 1"), "{metrics}"),
    }

    drop(first);

    assert_eq!(waiting.await.status, 200);
}

#[tokio::test]
async fn told_to_stop_it_is_unready_at_once_and_finishes_what_it_began() {
    log::capture();
    // A provider that accepts and keeps silent, so that a sign-in stays in flight.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}/api/v2", silent.local_addr().unwrap());
    let arguments = ["--proconnect-issuer", &issuer, "--proconnect-client-id", "c"];
    let arguments = arguments.iter().chain(&["--proconnect-client-secret", "s"]);
    let arguments: Vec<_> = arguments.map(|text| (*text).to_owned()).collect();
    let (folder, clock) = (folder(), ManualClock::at(in_the_middle_of_2026()));
    let application = build(&arguments, folder.path(), clock).await.unwrap();
    let address = application.address().unwrap();
    let operations = application.operations_address().unwrap();
    let stop = CancellationToken::new();
    let running = tokio::spawn(application.run(stop.clone()));
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let in_flight =
        tokio::spawn(async move { Browser::new(address).get("/auth/login").await.status });
    let (asked, _) = silent.accept().await.unwrap();

    stop.cancel();

    // Ends because the server ends the connection without waiting for a deadline.
    let mut answer = Vec::new();
    idle.read_to_end(&mut answer).await.unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody new is let in");
    let ready = Browser::new(operations).get("/readyz").await;
    assert_eq!((ready.status, &ready.json()["ready"]), (503, &json!(false)));
    assert_eq!(ready.json()["checks"]["server"], "server.stopping");
    drop(asked);
    drop(silent);
    assert_eq!(in_flight.await.unwrap(), 503, "an answer, not a broken connection");
    running.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_without_end_does_not_keep_the_server_from_stopping() {
    log::capture();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}/api/v2", silent.local_addr().unwrap());
    let arguments = ["--proconnect-issuer", &issuer, "--proconnect-client-id", "c"];
    let arguments =
        arguments.iter().chain(&["--proconnect-client-secret", "s", "--app-drain", "1s"]);
    let arguments: Vec<_> = arguments.map(|text| (*text).to_owned()).collect();
    let (folder, clock) = (folder(), ManualClock::at(in_the_middle_of_2026()));
    let application = build(&arguments, folder.path(), clock).await.unwrap();
    let address = application.address().unwrap();
    let stop = CancellationToken::new();
    let running = tokio::spawn(application.run(stop.clone()));
    let mut in_flight = TcpStream::connect(address).await.unwrap();
    in_flight.write_all(b"GET /auth/login HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let _asked = silent.accept().await.unwrap();

    stop.cancel();

    let ended = tokio::time::timeout(Duration::from_secs(8), running).await;
    ended.expect("within the drain, not the provider's deadline").unwrap().unwrap();
    assert!(log::text().contains("stopped with requests still in flight"));
}
