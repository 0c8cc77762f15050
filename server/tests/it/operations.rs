//! What operators see: numbers by cause, states, panics; and what nobody sees.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use server::application::Parts;
use server::clock::Clock;
use server::random::SystemEntropy;
use server::telemetry;
use tokio_util::sync::CancellationToken;

use crate::support::app::{build_with, folder};
use crate::support::browser::Browser;
use crate::support::{Fault, TestApp, in_the_middle_of_2026, log};

#[track_caller]
fn assert_counted(metrics: &str, line: &str) {
    assert!(metrics.lines().any(|found| found == line), "{line} is not in\n{metrics}");
}

#[tokio::test]
async fn sign_ins_and_sessions_are_counted_by_cause() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let url = browser.start_sign_in("").await;
    browser
        .get(&format!("/auth/callback?{}", app.provider.refuse(&url, "access_denied", "denied")))
        .await;
    browser.get("/auth/callback?code=x&state=never-seen").await;
    let wrong_nonce: fn(&mut Value) = |claims| claims["nonce"] = json!("another");
    app.provider.misbehave(Fault { id_token: Some(wrong_nonce), ..Fault::default() });
    let url = browser.start_sign_in("").await;
    browser.get(&format!("/auth/callback?{}", app.provider.approve(&url))).await;
    browser.sign_out().await;

    let metrics = app.metrics().await;

    for line in [
        "app_sign_ins_started_total 3",
        r#"app_sign_ins_total{outcome="succeeded",reason="succeeded"} 1"#,
        r#"app_sign_ins_total{outcome="login.cancelled",reason="login.cancelled"} 1"#,
        r#"app_sign_ins_total{outcome="login.unknown_attempt",reason="login.unknown_attempt"} 1"#,
        r#"app_sign_ins_total{outcome="login.id_token",reason="token.nonce"} 1"#,
        "app_sessions_started_total 1",
        r#"app_sessions_ended_total{cause="signed_out"} 1"#,
        r#"app_provider_state{state="known"} 1"#,
        r#"app_provider_request_seconds_count{endpoint="token",outcome="ok"} 2"#,
        r#"app_provider_request_seconds_count{endpoint="userinfo",outcome="ok"} 1"#,
        r#"app_store_request_seconds_count{operation="insert",outcome="ok"} 1"#,
        r#"app_http_request_seconds_count{method="GET",route="/auth/callback",status="4xx"} 2"#,
        r#"app_http_request_seconds_count{method="POST",route="/auth/logout",status="2xx"} 1"#,
    ] {
        assert_counted(&metrics, line);
    }
}

#[tokio::test]
async fn e3_planted_cookies_are_counted_and_never_used() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let good = browser.cookies.remove("app-session").unwrap();
    let rows = [
        (format!("app-session={good}; %61pp-session=planted"), "signed_in"),
        (format!("app-session={good}; app-session=planted"), "anonymous"),
        (format!("app-session=planted; app-session={good}"), "anonymous"),
    ];
    for (cookie, state) in rows {
        let headers = [("cookie", cookie.as_str())];
        let answer = browser.send(Method::GET, "/api/session", &headers).await;
        assert_eq!(answer.json()["state"], state, "{}", answer.body);
    }

    let metrics = app.metrics().await;

    assert_counted(&metrics, r#"app_requests_refused_total{cause="disguised_cookie"} 1"#);
    assert_counted(&metrics, r#"app_requests_refused_total{cause="doubled_cookie"} 2"#);
}

#[tokio::test]
async fn e4_large_and_odd_cookies_of_others_do_not_hide_ours() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    for (size, statuses) in [(8, [200, 431]), (16, [200, 431]), (64, [200, 431])] {
        browser.cookies.insert("another".to_owned(), "x".repeat(size * 1024));
        let answer = browser.get("/api/session").await;
        assert!(statuses.contains(&answer.status), "{size} kB: {}", answer.status);
        if answer.status == 200 {
            assert_eq!(answer.json()["state"], "signed_in", "{size} kB");
        }
    }
    browser.cookies.insert("another".to_owned(), "é\u{2000}".to_owned());

    assert_eq!(browser.session().await["state"], "signed_in");
}

#[tokio::test]
async fn requests_of_other_sites_are_counted() {
    let app = TestApp::start().await;
    let cross_site = [("sec-fetch-site", "cross-site")];
    assert_eq!(app.browser().send(Method::POST, "/auth/logout", &cross_site).await.status, 403);

    assert_counted(&app.metrics().await, r#"app_requests_refused_total{cause="cross_site"} 1"#);
}

#[tokio::test]
async fn a_provider_that_fails_shows_in_the_numbers() {
    let app = TestApp::start().await;
    assert_counted(&app.metrics().await, r#"app_provider_state{state="unknown"} 1"#);
    app.browser().start_sign_in("").await;
    let other_issuer: fn(&mut Value) = |document| document["issuer"] = json!("https://evil.test");
    app.provider.misbehave(Fault { discovery: Some(other_issuer), ..Fault::default() });
    app.clock.advance(700);
    app.browser().start_sign_in("").await;

    let metrics = app.metrics().await;

    assert_counted(&metrics, r#"app_provider_state{state="failing"} 1"#);
    assert_counted(&metrics, "app_provider_metadata_age_seconds 700");
}

#[tokio::test]
async fn f22_numbers_hold_nothing_personal_and_stay_off_the_public_port() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let mut secrets: Vec<String> = browser.cookies.values().cloned().collect();
    browser.sign_out().await;
    secrets.extend(app.provider.secrets());
    secrets.extend(["subject-1", "Dubois", "example.fr", "127.0.0.1"].map(str::to_owned));

    let metrics = app.metrics().await;

    assert!(metrics.contains("app_build{version="), "the operator sees the version");
    for secret in secrets {
        assert!(!metrics.contains(&secret), "{secret} is in the metrics");
    }
    assert_eq!(browser.get("/metrics").await.status, 404);
    for path in ["/livez", "/readyz"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.body.contains(env!("CARGO_PKG_VERSION")), "{}", answer.body);
        assert!(answer.headers.get("server").is_none(), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let answer = browser.send(Method::POST, path, &[("sec-fetch-site", "cross-site")]).await;
        assert_eq!(answer.status, 403, "no check is skipped for {path}");
    }
}

/// A clock that breaks whoever asks it.
#[derive(Default)]
struct Breaking {
    broken: AtomicBool,
    asked: AtomicUsize,
}

impl Clock for Breaking {
    fn now(&self) -> DateTime<Utc> {
        assert!(!self.broken.load(Ordering::SeqCst), "the time is a secret of this request");
        self.asked.fetch_add(1, Ordering::SeqCst);
        in_the_middle_of_2026()
    }
}

#[tokio::test]
async fn f21_a_panic_is_a_page_a_number_and_one_line_without_its_payload() {
    log::capture();
    telemetry::log_panics();
    let arguments = ["--proconnect-issuer", "http://127.0.0.1:1", "--proconnect-client-id", "c"];
    let arguments = arguments.iter().chain(&["--proconnect-client-secret", "s"]);
    let arguments: Vec<_> = arguments.map(|text| (*text).to_owned()).collect();
    let (folder, clock) = (folder(), Arc::new(Breaking::default()));
    let parts = Parts { clock: clock.clone(), entropy: Arc::new(SystemEntropy) };
    let application = build_with(&arguments, folder.path(), parts).await.unwrap();
    let mut browser = Browser::new(application.address().unwrap());
    let mut operations = Browser::new(application.operations_address().unwrap());
    let stop = CancellationToken::new();
    let before = clock.asked.load(Ordering::SeqCst);
    let running = tokio::spawn(application.run(stop.clone()));
    assert_eq!(browser.get("/livez").await.status, 200);
    // Whoever removes expired sessions asks for the time at the start, and shall not break.
    while clock.asked.load(Ordering::SeqCst) == before {
        tokio::task::yield_now().await;
    }

    clock.broken.store(true, Ordering::SeqCst);
    let answer = browser.get("/auth/login").await;
    clock.broken.store(false, Ordering::SeqCst);

    // From here on a failed test shall say why.
    let _ours = std::panic::take_hook();
    assert_eq!((answer.status, answer.problem()), (500, "service.internal"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(browser.get("/livez").await.status, 200, "the connection and the server go on");
    assert_counted(&operations.get("/metrics").await.body, "app_panics_total 1");
    let logged = log::text();
    assert_eq!(logged.matches("a defect of the program").count(), 1);
    assert!(logged.contains("operations.rs"), "its place is named");
    assert!(!logged.contains("a secret of this request"));
    stop.cancel();
    running.await.unwrap().unwrap();
}
