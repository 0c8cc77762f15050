//! How sessions end by themselves: what keeps them alive, what does not, and what is told.

use crate::support::TestApp;

#[tokio::test]
async fn e5_polling_does_not_keep_a_session_alive_but_activity_does() {
    let app = TestApp::start().await;
    let mut polled = app.signed_in_browser().await;
    let mut active = app.signed_in_browser().await;
    for _ in 0..29 {
        app.clock.advance(60);
        assert_eq!(polled.session().await["state"], "signed_in");
        assert_eq!(active.call("stay", &[]).await.json()["state"], "signed_in");
    }
    app.clock.advance(120);

    let over = polled.get("/api/session").await;
    assert_eq!((over.status, over.body.as_str()), (401, "\"session_expired\""));
    assert_eq!(active.session().await["state"], "signed_in");
}

#[tokio::test]
async fn e5_activity_is_written_at_most_once_a_minute() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let end = browser.session().await["expires_at"].as_i64().unwrap();
    app.clock.advance(59);
    for _ in 0..3 {
        browser.call("stay", &[]).await;
    }
    assert_eq!(browser.session().await["expires_at"], end);

    app.clock.advance(1);
    browser.call("stay", &[]).await;

    assert_eq!(browser.session().await["expires_at"], end + 60);
}

#[tokio::test]
async fn e6_whatever_the_activity_a_session_ends_after_twelve_hours() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let told = browser.session().await;
    assert_eq!(told["ends_at"].as_i64().unwrap() - told["now"].as_i64().unwrap(), 12 * 3600);
    assert_eq!(told["expires_at"].as_i64().unwrap() - told["now"].as_i64().unwrap(), 30 * 60);
    for _ in 0..36 {
        assert_eq!(browser.call("stay", &[]).await.json()["state"], "signed_in");
        app.clock.advance(20 * 60);
    }

    let after = browser.call("stay", &[]).await;
    assert_eq!((after.status, after.body.as_str()), (401, "\"session_expired\""));
    let refused = browser.get("/api/space").await;
    assert_eq!((refused.status, refused.body.as_str()), (401, "\"session_expired\""));
    assert!(refused.header("content-type").starts_with("application/json"));
}

#[tokio::test]
async fn e7_a_clock_that_jumps_makes_no_eternal_session() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    app.clock.advance(-3600);
    assert_eq!(browser.call("stay", &[]).await.json()["state"], "signed_in");
    app.clock.advance(7200);
    assert_eq!(browser.call("stay", &[]).await.status, 401);

    let mut browser = app.signed_in_browser().await;
    app.clock.advance(-3600);
    for _ in 0..40 {
        browser.call("stay", &[]).await;
        app.clock.advance(20 * 60);
    }
    assert_eq!(browser.session().await["state"], "anonymous", "13 hours and 20 minutes");
}

#[tokio::test]
async fn who_never_signed_in_is_told_of_no_end() {
    let app = TestApp::start().await;

    let visitor = app.browser().session().await;

    assert_eq!(visitor, serde_json::json!({ "state": "anonymous" }));
}
