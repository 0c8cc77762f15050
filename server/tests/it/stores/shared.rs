//! Several instances behind one store.

use std::str::FromStr as _;
use std::sync::Arc;

use chrono::Duration;
use server::clock::ManualClock;
use server::sealing::{KeyRing, MasterKey};
use server::session::backend::Backend;
use server::session::postgres::Postgres;
use server::session::redis::Redis;
use server::session::{Lifetimes, Sessions};
use sqlx::postgres::PgPool;
use tower_sessions::SessionStore as _;
use tower_sessions::session::Id;

use crate::support::provider::Signing;
use crate::support::{TestApp, in_the_middle_of_2026, stores};

const KEY: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const NEWER_KEY: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

#[tokio::test]
async fn e14_a_sign_in_may_start_on_one_instance_and_end_on_the_other() {
    for store in [stores::postgres().await, stores::redis()] {
        let one = TestApp::start_on(&store).await;
        let other = one.beside().await;
        let mut browser = one.browser();
        let url = browser.start_sign_in("return_to=%2Fcompte").await;
        let query = one.provider.approve(&url);

        let mut there = browser.at(other.address);
        let answer = there.get(&format!("/auth/callback?{query}")).await;

        assert_eq!((answer.status, answer.location()), (303, "/compte"));
        assert_eq!(there.session().await["state"], "signed_in");
        assert_eq!(there.at(one.address).session().await["state"], "signed_in");
        let mut thief = browser.at(one.address);
        let replayed = thief.get(&format!("/auth/callback?{query}")).await;
        assert_eq!(replayed.problem(), "login.state_unknown", "an attempt is used once, anywhere");
    }
}

#[tokio::test]
async fn e14_a_sign_out_counts_on_every_instance_at_once() {
    for store in [stores::postgres().await, stores::redis()] {
        let one = TestApp::start_on(&store).await;
        let other = one.beside().await;
        let mut browser = one.signed_in_browser().await;
        let mut there = browser.at(other.address);
        assert_eq!(there.session().await["state"], "signed_in");

        browser.sign_out().await;

        assert_eq!(there.session().await["state"], "anonymous");
        assert_eq!(there.get("/api/sessions").await.status, 401);
    }
}

#[tokio::test]
async fn e14_an_instance_that_dies_loses_nothing() {
    for store in [stores::postgres().await, stores::redis()] {
        let one = TestApp::start_on(&store).await;
        let other = one.beside().await;
        let mut browser = one.signed_in_browser().await;
        let pending = browser.start_sign_in("return_to=%2Fcompte").await;
        let query = one.provider.approve(&pending);

        one.kill().await;

        let mut there = browser.at(other.address);
        assert_eq!(there.session().await["state"], "signed_in");
        let answer = there.get(&format!("/auth/callback?{query}")).await;
        assert_eq!((answer.status, answer.location()), (303, "/compte"));
    }
}

#[tokio::test]
async fn e18_a_revocation_counts_on_every_instance_at_once() {
    for store in [stores::postgres().await, stores::redis()] {
        let one = TestApp::start_on(&store).await;
        let other = one.beside().await;
        let mut mine = one.signed_in_browser().await;
        let mut lost = other.signed_in_browser().await;

        let answer = mine.call("revoke_other_sessions", &[]).await;

        assert_eq!((answer.status, answer.body.as_str()), (200, "1"));
        assert_eq!(lost.session().await["why"], "session_revoked");
    }
}

#[tokio::test]
async fn e13_who_reads_the_store_learns_nothing() {
    for store in [stores::postgres().await, stores::redis()] {
        let app = TestApp::start_on(&store).await;
        let browser = app.signed_in_browser().await;
        let mut revoked = app.signed_in_browser().await;
        revoked.call("revoke_other_sessions", &[]).await;

        let stored = stores::dump(&store).await;

        assert!(stored.len() > 500, "a session is in the dump");
        let mut secrets = app.provider.secrets();
        secrets.extend(browser.cookies.values().chain(revoked.cookies.values()).cloned());
        secrets.extend(["angela", "Dubois", "subject-1", "21920023500014"].map(str::to_owned));
        for secret in secrets {
            let found = stored.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret}");
        }
    }
}

#[tokio::test]
async fn e9_a_request_in_flight_does_not_bring_a_session_back() {
    let (postgres, redis) = (stores::postgres().await, stores::redis());
    let backends: [(&str, Arc<dyn Backend>); 2] = [
        (&postgres, Arc::new(Postgres::new(&postgres).unwrap())),
        (&redis, Arc::new(Redis::new(&redis).unwrap())),
    ];
    for (store, backend) in backends {
        let arguments = ["--session-store", store, "--session-keys", KEY];
        let app = TestApp::start_with((Signing::Rs256, Signing::Rs256), &arguments).await;
        let mut browser = app.signed_in_browser().await;
        let keys = KeyRing::new(vec![MasterKey::from_base64(KEY).unwrap()]).unwrap();
        let clock = ManualClock::at(in_the_middle_of_2026());
        let lifetimes = Lifetimes { idle: Duration::hours(1), absolute: Duration::hours(2) };
        let in_flight = Sessions::new(backend, Arc::new(keys), lifetimes, clock).layer_store();
        let mut thief = browser.clone();
        let id = Id::from_str(&browser.cookies["app-session"]).unwrap();
        let record = in_flight.load(&id).await.unwrap().unwrap();

        browser.sign_out().await;
        in_flight.save(&record).await.unwrap();

        assert!(in_flight.load(&id).await.unwrap().is_none());
        assert_eq!(thief.session().await["state"], "anonymous");
    }
}

#[tokio::test]
async fn activity_is_written_at_most_once_a_minute() {
    let store = stores::postgres().await;
    let app = TestApp::start_on(&store).await;
    let mut browser = app.signed_in_browser().await;
    let pool = PgPool::connect(&store).await.unwrap();
    // PostgreSQL gives each version of a row the number of the transaction that wrote it.
    let version = async || {
        sqlx::query_scalar::<_, String>("SELECT xmin::text FROM session")
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    let at_first = version().await;
    for _ in 0..6 {
        browser.get("/api/sessions").await;
        app.clock.advance(9);
    }
    assert_eq!(version().await, at_first, "54 seconds");

    app.clock.advance(6);
    browser.get("/api/sessions").await;
    let after_a_minute = version().await;
    browser.get("/api/sessions").await;

    assert_ne!(after_a_minute, at_first);
    assert_eq!(version().await, after_a_minute);
}

#[tokio::test]
async fn keys_are_changed_without_signing_anybody_out() {
    let store = stores::redis();
    let arguments = ["--session-store", store.as_str(), "--session-keys", KEY];
    let before = TestApp::start_with((Signing::Rs256, Signing::Rs256), &arguments).await;
    let early = before.signed_in_browser().await;

    let both = format!("{NEWER_KEY},{KEY}");
    let during = before.beside_with("--session-keys", &both).await;
    let mut early = early.at(during.address);
    assert_eq!(early.session().await["state"], "signed_in", "an older key opens");
    let mut late = during.signed_in_browser().await;
    assert_eq!(late.get("/api/sessions").await.json()["sessions"].as_array().unwrap().len(), 2);

    let after = during.beside_with("--session-keys", NEWER_KEY).await;
    assert_eq!(late.at(after.address).session().await["state"], "signed_in", "the newest seals");
    let told = early.at(after.address).get("/api/session").await;
    assert_eq!((told.status, told.body.as_str()), (401, "\"session_expired\""));
    assert!(told.set_cookies().is_empty());
}
