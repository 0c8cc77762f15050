//! A store that is down: nobody is signed out by it, and it is found again without a restart.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use server::clock::ManualClock;
use server::metrics::Metrics;
use server::sealing::{KeyRing, MasterKey};
use server::session::backend::{Backend as _, Key, Row};
use server::session::redis::Redis;
use server::session::{Lifetimes, Sessions, sweeper};
use tokio_util::sync::CancellationToken;

use crate::support::stores::Line;
use crate::support::{TestApp, in_the_middle_of_2026, log, stores};

/// Connections of one instance at most: each may have to notice by itself that it broke.
const CONNECTIONS: usize = 10;

#[tokio::test]
async fn e12_a_store_that_is_down_signs_nobody_out() {
    for store in [stores::postgres().await, stores::redis()] {
        let line = Line::to(&store).await;
        let app = TestApp::start_on(&line.location).await;
        let mut browser = app.signed_in_browser().await;
        let cookies = browser.cookies.clone();

        line.cut().await;

        for answer in [
            browser.get("/api/session").await,
            browser.get("/api/sessions").await,
            browser.call("revoke_other_sessions", &[]).await,
        ] {
            assert_eq!((answer.status, answer.body.as_str()), (503, "\"unavailable\""));
            assert!(answer.set_cookies().is_empty());
        }
        assert_eq!(browser.cookies, cookies, "the cookie is kept");
        assert_eq!(browser.get("/livez").await.status, 200);
        assert_eq!(browser.get("/readyz").await.json()["checks"]["store"], "session.store");
        assert_eq!(browser.get("/connexion").await.status, 200);

        line.mend();

        for _ in 0..CONNECTIONS {
            if browser.get("/api/session").await.status == 200 {
                break;
            }
        }
        assert_eq!(browser.session().await["state"], "signed_in");
        assert_eq!(browser.get("/readyz").await.status, 200);
    }
}

#[tokio::test]
async fn e12_a_sign_in_is_never_half_done() {
    for store in [stores::postgres().await, stores::redis()] {
        let line = Line::to(&store).await;
        let app = TestApp::start_on(&line.location).await;
        let mut browser = app.browser();
        line.cut().await;

        let url = browser.start_sign_in("return_to=%2Fcompte").await;
        let callback = format!("/auth/callback?{}", app.provider.approve(&url));
        let answer = browser.get(&callback).await;

        assert_eq!((answer.status, answer.problem()), (503, "service.unavailable"));
        assert_eq!(app.provider.calls("token"), 0, "the code is not wasted");
        assert!(!browser.cookies.contains_key("app-session"));
        line.mend();
        let answer = browser.get(&callback).await;
        assert_eq!((answer.status, answer.location()), (303, "/compte"), "{}", answer.body);
        assert_eq!(browser.session().await["state"], "signed_in");
    }
}

#[tokio::test]
async fn e12_signing_out_says_that_it_failed_here_and_still_leads_to_the_provider() {
    for store in [stores::postgres().await, stores::redis()] {
        let line = Line::to(&store).await;
        let app = TestApp::start_on(&line.location).await;
        let mut browser = app.signed_in_browser().await;
        let session = browser.cookies["app-session"].clone();
        line.cut().await;

        let form = [("origin", "http://localhost:3000"), ("accept", "text/html")];
        let failed = browser.send(Method::POST, "/auth/logout", &form).await;

        assert_eq!((failed.status, failed.problem()), (503, "logout.failed"));
        assert!(failed.body.contains("href=\"/auth/logout/continue\""), "a way on");
        assert_eq!(browser.cookies["app-session"], session, "the cookie is kept");
        assert_eq!(browser.sign_out().await.json()["code"], "logout.failed");
        let leave = browser.get("/auth/logout/continue").await;
        let url: url::Url = leave.location().parse().unwrap();
        let sent: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!(sent["client_id"], "test-client");
        assert!(!sent.contains_key("id_token_hint"));
        let back = format!("/auth/logout/callback?state={}", sent["state"]);
        let still = browser.get(&back).await;
        assert_eq!((still.status, still.problem()), (503, "logout.failed"), "no false word");

        line.mend();
        let mut done = browser.get(&back).await;
        for _ in 0..CONNECTIONS {
            if done.status == 303 {
                break;
            }
            done = browser.get(&back).await;
        }
        assert_eq!((done.status, done.location()), (303, "/deconnexion"), "{}", done.body);
        assert!(!browser.cookies.contains_key("app-session"));
        browser.cookies.insert("app-session".to_owned(), session);
        assert_eq!(browser.session().await["state"], "anonymous", "now it is over here, too");
    }
}

#[tokio::test]
async fn a_store_that_is_down_at_start_is_no_reason_not_to_start() {
    for store in [stores::postgres().await, stores::redis()] {
        let line = Line::to(&store).await;
        line.cut().await;
        let app = TestApp::start_on(&line.location).await;
        assert_eq!(app.browser().get("/livez").await.status, 200);
        assert_eq!(app.browser().get("/readyz").await.status, 503);

        line.mend();

        assert_eq!(app.browser().get("/readyz").await.status, 200);
        let mut browser = app.signed_in_browser().await;
        assert_eq!(browser.session().await["state"], "signed_in");
    }
}

#[tokio::test]
async fn connections_that_broke_at_rest_are_made_again() {
    for store in [stores::postgres().await, stores::redis()] {
        let line = Line::to(&store).await;
        let app = TestApp::start_on(&line.location).await;
        let mut browser = app.signed_in_browser().await;
        let before = line.connections();
        line.cut().await;
        line.mend();

        let mut refused = 0;
        while browser.get("/api/session").await.status == 503 {
            refused += 1;
        }

        assert!(refused <= before, "{refused} refused on {before} connections");
        assert!(line.connections() > before);
    }
}

#[tokio::test]
async fn e20_the_sweeper_survives_errors() {
    log::capture();
    let store = stores::redis();
    let line = Line::to(&store).await;
    let backend = Arc::new(Redis::new(&line.location).unwrap());
    let now = in_the_middle_of_2026();
    let key = Key::of("expired");
    let row = Row {
        key,
        subject: Key::of("subject"),
        created_at: now,
        last_seen: now,
        expires_at: now,
        label: Vec::new(),
        sealed: Vec::new(),
    };
    let keys = KeyRing::new(vec![MasterKey::from_bytes([1; 32])]).unwrap();
    let day = chrono::Duration::days(1);
    let lifetimes = Lifetimes { idle: day, absolute: day };
    let sessions = Sessions::new(backend.clone(), Arc::new(keys), lifetimes, ManualClock::at(now));
    assert!(backend.insert(&row).await.unwrap());
    line.cut().await;
    let stop = CancellationToken::new();

    let metrics = Arc::new(Metrics::new());
    let every = Duration::from_millis(1);
    let sweeper = tokio::spawn(sweeper::run(sessions, metrics, every, stop.clone()));
    while !log::text().contains("expired sessions not removed") {
        tokio::task::yield_now().await;
    }
    line.mend();

    let other_line = Redis::new(&store).unwrap();
    while other_line.touch(&key, now, now).await.unwrap() {}
    stop.cancel();
    sweeper.await.unwrap();
}
