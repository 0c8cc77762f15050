//! A provider that is down, or says nonsense, at start and later.

use serde_json::{Value, json};

use crate::support::app::{build, folder};
use crate::support::browser::Browser;
use crate::support::provider::Change;
use crate::support::{Fault, TestApp, in_the_middle_of_2026, log};
use server::clock::ManualClock;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a6_d1_a_provider_that_is_down_at_start_is_no_reason_not_to_start() {
    log::capture();
    // A port that nobody listens on: bound once, then free again.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let arguments = [
        "--proconnect-issuer".to_owned(),
        format!("http://{free}/api/v2"),
        "--proconnect-client-id".to_owned(),
        "c".to_owned(),
        "--proconnect-client-secret".to_owned(),
        "s".to_owned(),
    ];
    let folder = folder();
    let clock = ManualClock::at(in_the_middle_of_2026());
    let application = build(&arguments, folder.path(), clock).await.unwrap();
    let mut browser = Browser::new(application.address().unwrap());
    let stop = CancellationToken::new();
    let running = tokio::spawn(application.run(stop.clone()));

    assert_eq!(browser.get("/livez").await.status, 200);
    let ready = browser.get("/readyz").await;
    assert_eq!(ready.status, 503);
    let checks = json!({ "store": "ok", "provider": "provider.unreachable" });
    assert_eq!(ready.json()["checks"], checks);
    let login = browser.get("/auth/login?return_to=%2Fcompte").await;
    assert_eq!((login.status, login.problem()), (503, "login.provider_unavailable"));
    assert!(login.body.contains("/auth/login?return_to=%2Fcompte"), "a way on");
    assert!(login.set_cookies().is_empty());
    assert_eq!(browser.get("/connexion").await.status, 200);

    stop.cancel();
    running.await.unwrap().unwrap();
}

#[tokio::test]
async fn d1_a_provider_that_recovers_is_used_without_a_restart() {
    let app = TestApp::start().await;
    app.provider.misbehave(Fault { discovery: Some(other_issuer), ..Fault::default() });
    assert_eq!(app.browser().get("/auth/login").await.status, 503);

    app.provider.misbehave(Fault::default());
    app.clock.advance(3);

    assert_eq!(app.browser().get("/auth/login").await.status, 303);
}

#[tokio::test]
async fn d2_what_was_known_stays_in_use_when_the_provider_says_nonsense() {
    let rows: [Change; 4] = [
        other_issuer,
        |document| document["token_endpoint"] = json!("https://evil.example/token"),
        |document| document["userinfo_endpoint"] = Value::Null,
        |document| document["jwks_uri"] = json!(1),
    ];
    for nonsense in rows {
        let app = TestApp::start().await;
        let mut browser = app.signed_in_browser().await;
        app.provider.misbehave(Fault { discovery: Some(nonsense), ..Fault::default() });
        app.clock.advance(700);

        assert_eq!(browser.get("/auth/login").await.status, 303);
        assert_eq!(browser.session().await["state"], "signed_in");
        assert_eq!(browser.get("/readyz").await.status, 200);
    }
}

#[tokio::test]
async fn d2_nonsense_at_the_first_time_is_no_provider() {
    let rows: [Change; 3] = [
        |document| document["token_endpoint"] = json!("https://evil.example/token"),
        |document| document["end_session_endpoint"] = json!("https://evil.example/end"),
        |document| document["userinfo_endpoint"] = Value::Null,
    ];
    for nonsense in rows {
        let app = TestApp::start().await;
        app.provider.misbehave(Fault { discovery: Some(nonsense), ..Fault::default() });

        let answer = app.browser().get("/auth/login").await;

        assert_eq!((answer.status, answer.problem()), (503, "login.provider_unavailable"));
    }
}

#[tokio::test]
async fn many_sign_ins_at_once_ask_the_provider_once() {
    let app = TestApp::start().await;
    let starts = (0..20).map(|_| {
        let mut browser = app.browser();
        tokio::spawn(async move { browser.get("/auth/login").await.status })
    });
    for start in starts.collect::<Vec<_>>() {
        assert_eq!(start.await.unwrap(), 303);
    }
    assert_eq!(app.provider.calls("discovery"), 1);
}

fn other_issuer(document: &mut Value) {
    document["issuer"] = json!("https://evil.example");
}
