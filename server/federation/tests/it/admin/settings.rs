//! Profile, clock and reset.

use federation::Profile;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Browser, Callback, Stack};

#[tokio::test]
async fn the_profile_can_be_changed_and_no_other_exists() {
    let stack = Stack::start().await;
    let admin = stack.admin();
    assert_eq!(admin.get("/profile").await, json!({ "profile": "2025" }));

    admin.done(Method::PUT, "/profile", json!({ "profile": "2026" })).await;

    assert_eq!(admin.get("/profile").await, json!({ "profile": "2026" }));
    let (status, body) =
        admin.ask(Method::PUT, "/profile", Some(json!({ "profile": "2024" }))).await;
    assert_eq!((status, &body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("profile")));
}

#[tokio::test]
async fn moving_the_clock_expires_what_was_issued() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let token = tokens["access_token"].as_str().expect("text");
    assert_eq!(service.userinfo(token).await.status(), StatusCode::OK);

    let moved = admin.done(Method::POST, "/clock", json!({ "advance_seconds": 3600 })).await;

    assert_eq!(moved, json!({ "now": "2026-03-02T10:00:00+00:00", "offset_seconds": 3600 }));
    assert_eq!(service.userinfo(token).await.status(), StatusCode::UNAUTHORIZED);
    let further = admin.done(Method::POST, "/clock", json!({ "advance_seconds": -60 })).await;
    assert_eq!(further["offset_seconds"], 3540);
    let set = admin.done(Method::PUT, "/clock", json!({ "offset_seconds": 0 })).await;
    assert_eq!(set["now"], "2026-03-02T09:00:00+00:00");
    assert_eq!(admin.get("/clock").await, set);
}

#[tokio::test]
async fn the_clock_stays_within_reach() {
    let stack = Stack::start().await;
    let admin = stack.admin();

    for body in [json!({ "advance_seconds": i64::MAX }), json!({ "advance_seconds": i64::MIN })] {
        let (status, answer) = admin.ask(Method::POST, "/clock", Some(body)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer["error"], "clock_out_of_range");
    }
    assert_eq!(admin.get("/clock").await["offset_seconds"], 0);
}

#[tokio::test]
async fn providers_are_asked_anew_after_the_clock_went_back() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    admin.done(Method::PUT, "/clock", json!({ "offset_seconds": 86_400 })).await;
    service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;

    admin.done(Method::PUT, "/clock", json!({ "offset_seconds": 0 })).await;

    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    service.tokens(&Callback::of(&page)).await;
}

#[tokio::test]
async fn a_reset_goes_back_to_the_configured_state() {
    let stack = Stack::start().await;
    let (admin, service, browser) = (stack.admin(), stack.service(), Browser::new());
    let before = admin.get("/identity-providers").await;
    let keys = browser.open(&stack.hub("api/v2/jwks")).await.body;
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    admin.done(Method::PATCH, "/identity-providers/fia1", json!({ "active": false })).await;
    admin.done(Method::DELETE, "/identity-providers/fia2", Value::Null).await;
    admin.done(Method::PUT, "/profile", json!({ "profile": "2026" })).await;
    admin.done(Method::PUT, "/clock", json!({ "offset_seconds": 60 })).await;

    admin.done(Method::POST, "/reset", Value::Null).await;

    assert_eq!(admin.get("/identity-providers").await, before);
    assert_eq!(admin.get("/profile").await["profile"], "2025");
    assert_eq!(admin.get("/clock").await["offset_seconds"], 0);
    assert_eq!(admin.get("/users").await, json!([]));
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    assert_eq!(userinfo.status(), StatusCode::UNAUTHORIZED);
    let page = browser.open(&service.authorize_url(&[("prompt", "none")])).await;
    assert_eq!(Callback::of(&page).get("error"), "login_required");
    assert_eq!(browser.open(&stack.hub("api/v2/jwks")).await.body, keys, "services keep the keys");
}

#[tokio::test]
async fn a_reset_forgets_mails_and_counted_tries() {
    let stack = Stack::with(|config| config.profile = Profile::Production2026).await;
    let (admin, service) = (stack.admin(), stack.service());
    let demand = r#"{"id_token":{"acr":{"essential":true,"values":["eidas1-mfa"]}}}"#;
    let asked = async || {
        let claims = [("claims", demand)];
        let browser = Browser::new();
        let page = service.sign_in(&browser, "test@fia2.fr", &claims, &[("acr", "eidas1")]).await;
        (browser, page)
    };
    let (browser, page) = asked().await;
    for _ in 0..10 {
        browser.submit(&page, &[("code", "00000000")]).await;
    }
    let limited = browser.submit(&page, &[("code", &stack.mailed_code().await)]).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);

    admin.done(Method::POST, "/reset", Value::Null).await;

    assert_eq!(stack.mails().await.len(), 0);
    let (browser, page) = asked().await;
    let answer = browser.submit(&page, &[("code", &stack.mailed_code().await)]).await;
    assert!(!Callback::of(&answer).code().is_empty());
}
