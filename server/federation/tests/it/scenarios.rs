//! Scenarios: each changes one sign-in of one service, in the way it says.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Browser, Callback, Service, Stack, client, decode};

/// Arms a scenario by the form of the developer's page.
async fn arm(stack: &Stack, service: &Service, scenario: &str) {
    let form = [("service", service.client_id.as_str()), ("scenario", scenario)];
    let request = client().post(stack.hub("/scenarios/armer")).form(&form);
    let response = request.send().await.expect("the server answers");
    assert_eq!(response.status(), StatusCode::SEE_OTHER, "{scenario}");
}

/// Signs in with the scenario armed and returns what the service receives.
async fn callback(stack: &Stack, scenario: &str, changes: &[(&str, &str)]) -> Callback {
    let service = stack.service();
    arm(stack, &service, scenario).await;
    Callback::of(&service.sign_in(&Browser::new(), "test@fia1.fr", changes, &[]).await)
}

/// Signs in with the scenario armed and returns the claims of ID token and userinfo, as a
/// service that checks nothing would read them.
async fn claims(scenario: &str, changes: &[(&str, &str)]) -> (Value, Value) {
    let stack = Stack::start().await;
    let service = stack.service();
    let tokens = service.tokens(&callback(&stack, scenario, changes).await).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("a token")).await;
    assert_eq!(userinfo.status(), StatusCode::OK, "{scenario}");
    let userinfo = decode(&userinfo.text().await.expect("text"));
    (decode(tokens["id_token"].as_str().expect("a token")), userinfo)
}

#[tokio::test]
async fn the_sign_in_after_it_is_ordinary_again() {
    let stack = Stack::start().await;
    let service = stack.service();
    callback(&stack, "wrong-nonce", &[]).await;

    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;

    let token = service.verified(tokens["id_token"].as_str().expect("a token")).await;
    assert_eq!(token["nonce"], "a-nonce-of-at-least-thirty-two-characters");
}

#[tokio::test]
async fn what_the_browser_carries_is_changed() {
    let stack = Stack::start().await;
    let service = stack.service();
    for (scenario, error) in [("user-cancels", "access_denied"), ("server-error", "server_error")] {
        arm(&stack, &service, scenario).await;
        let page = Browser::new().open(&service.authorize_url(&[])).await;
        assert_eq!(Callback::of(&page).get("error"), error);
    }

    let falsified = callback(&stack, "wrong-state", &[]).await;
    assert_ne!(falsified.get("state"), "a-state-of-at-least-thirty-two-characters");
    assert_eq!(falsified.get("iss"), stack.issuer());
    let falsified = callback(&stack, "wrong-response-issuer", &[]).await;
    assert_eq!(falsified.get("state"), "a-state-of-at-least-thirty-two-characters");
    assert_ne!(falsified.get("iss"), stack.issuer());
}

#[tokio::test]
async fn a_provider_that_is_down_leads_back_to_the_service() {
    let stack = Stack::start().await;
    let service = stack.service();
    arm(&stack, &service, "provider-down").await;

    let browser = Browser::new();
    let page = browser.open(&service.authorize_url(&[])).await;
    let page = browser.submit(&page, &[("email", "test@fia1.fr")]).await;
    let back = browser.open(&page.link("Réessayer de vous connecter")).await;

    assert!(page.hook("error-code").contains("Y020031"));
    assert_eq!(Callback::of(&back).get("error"), "server_error");
}

#[tokio::test]
async fn the_token_endpoint_fails_as_announced() {
    let stack = Stack::start().await;
    let service = stack.service();
    let expired = callback(&stack, "expired-code", &[]).await;
    let expired = service.redeem(&expired.code()).await;
    let broken = callback(&stack, "token-error", &[]).await;
    let broken = service.redeem(&broken.code()).await;

    assert_eq!(expired.status(), StatusCode::BAD_REQUEST);
    let error: Value = expired.json().await.expect("JSON");
    assert_eq!(error["error"], "invalid_grant");
    assert_eq!(broken.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_slow_token_endpoint_outlasts_an_impatient_client() {
    let stack = Stack::start().await;
    let service = stack.service();
    let code = callback(&stack, "slow-token", &[]).await.code();

    let impatient = std::time::Duration::from_millis(300);
    let answer = tokio::time::timeout(impatient, service.redeem(&code)).await;

    assert!(answer.is_err(), "no answer yet");
}

#[tokio::test]
async fn claims_are_changed_as_announced() {
    let nonce = "a-nonce-of-at-least-thirty-two-characters";
    let (token, _) = claims("wrong-nonce", &[]).await;
    assert_ne!(token["nonce"], nonce);

    let (token, _) = claims("wrong-issuer", &[]).await;
    assert!(token["iss"].as_str().expect("text").ends_with("-falsified"));
    assert_eq!(token["nonce"], nonce);

    let (token, userinfo) = claims("wrong-audience", &[]).await;
    assert_ne!(token["aud"], userinfo["aud"]);

    let (token, userinfo) = claims("userinfo-sub-mismatch", &[]).await;
    assert_ne!(token["sub"], userinfo["sub"]);

    let (_, userinfo) = claims("missing-claims", &[]).await;
    assert_eq!(userinfo.get("email"), None);
    assert!(userinfo["given_name"].is_string());
}

#[tokio::test]
async fn times_are_shifted_as_announced() {
    for (scenario, ahead) in [("small-clock-skew", 30), ("large-clock-skew", 600)] {
        let (token, userinfo) = claims(scenario, &[]).await;
        let issued = |claims: &Value| claims["iat"].as_i64().expect("a time");
        assert_eq!(issued(&token) - issued(&userinfo), ahead, "{scenario}");
    }
    let (token, userinfo) = claims("expired-token", &[]).await;
    assert!(token["exp"].as_i64().expect("a time") < userinfo["iat"].as_i64().expect("a time"));
}

#[tokio::test]
async fn a_new_sub_is_another_person_in_both_answers() {
    let stack = Stack::start().await;
    let service = stack.service();
    let mut subs = Vec::new();
    for scenario in ["missing-claims", "new-sub"] {
        let tokens = service.tokens(&callback(&stack, scenario, &[]).await).await;
        let userinfo = service.userinfo(tokens["access_token"].as_str().expect("a token")).await;
        let userinfo = decode(&userinfo.text().await.expect("text"));
        let token = decode(tokens["id_token"].as_str().expect("a token"));
        assert_eq!(token["sub"], userinfo["sub"], "{scenario}");
        subs.push(token["sub"].clone());
    }

    assert_ne!(subs[0], subs[1]);
}

#[tokio::test]
async fn a_lower_level_than_demanded_is_granted() {
    let demand = r#"{"id_token":{"acr":{"essential":true,"values":["eidas2","eidas3"]}}}"#;

    let (token, _) = claims("lower-level", &[("claims", demand)]).await;

    assert_eq!(token["acr"], "eidas0");
}

#[tokio::test]
async fn signatures_are_broken_as_announced() {
    let stack = Stack::start().await;
    let service = stack.service();
    let keys = async || {
        let url = format!("{}/jwks", stack.issuer());
        let keys: Value = client().get(url).send().await.expect("keys").json().await.expect("JSON");
        let kids = keys["keys"].as_array().expect("keys").iter().map(|key| key["kid"].clone());
        kids.collect::<Vec<_>>()
    };
    let before = keys().await;
    let header = async |scenario| {
        let tokens = service.tokens(&callback(&stack, scenario, &[]).await).await;
        let token = tokens["id_token"].as_str().expect("a token").to_owned();
        let first = token.split('.').next().expect("a header");
        let header: Value =
            serde_json::from_slice(&crate::support::base64url(first)).expect("JSON");
        (token, header)
    };

    let (token, good) = header("bad-signature").await;
    assert!(before.contains(&good["kid"]), "the key is a published one");
    assert!(!service.verifies(&token).await);

    let (token, unsigned) = header("unsigned-token").await;
    assert_eq!(unsigned["alg"], "none");
    assert!(token.ends_with('.'));

    let (_, stray) = header("unknown-key").await;
    assert!(!keys().await.contains(&stray["kid"]), "published nowhere");

    let (token, rotated) = header("key-rotation").await;
    assert!(!before.contains(&rotated["kid"]), "a new key");
    assert!(keys().await.contains(&rotated["kid"]), "published from now on");
    assert!(before.iter().all(|kid| !kid.is_null()) && service.verifies(&token).await);
    let after = keys().await;
    assert!(before.iter().all(|kid| after.contains(kid)), "earlier keys stay");
}

#[tokio::test]
async fn userinfo_fails_as_announced() {
    let stack = Stack::start().await;
    let service = stack.service();
    let tokens = service.tokens(&callback(&stack, "userinfo-error", &[]).await).await;

    let answer = service.userinfo(tokens["access_token"].as_str().expect("a token")).await;

    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_session_ends_elsewhere_after_the_sign_in() {
    let stack = Stack::start().await;
    let service = stack.service();
    arm(&stack, &service, "session-ended").await;
    let browser = Browser::new();
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let access = tokens["access_token"].as_str().expect("a token");

    let first = service.userinfo(access).await;
    let second = service.userinfo(access).await;
    let refresh = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens["refresh_token"].as_str().expect("a token")),
    ];
    let refreshed = service.post_authenticated("/token", &refresh).await;
    let silent = browser.open(&service.authorize_url(&[("prompt", "none")])).await;

    assert_eq!(first.status(), StatusCode::OK);
    assert_eq!(second.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(refreshed.status(), StatusCode::BAD_REQUEST);
    assert_eq!(Callback::of(&silent).get("error"), "login_required");
}

#[tokio::test]
async fn scenarios_are_armed_and_disarmed_by_the_admin_api() {
    let stack = Stack::start().await;
    let (service, admin) = (stack.service(), stack.admin());
    let path = format!("/scenarios/{}", service.client_id);
    let all = admin.get("/scenarios").await;
    assert_eq!(all.as_array().map(Vec::len), Some(24));
    assert_eq!(all[0]["scenario"], "user-cancels");

    let armed = admin.done(Method::PUT, &path, json!({ "scenario": "user-cancels" })).await;
    assert!(armed["expected"].is_string());
    assert_eq!(admin.get(&path).await, json!({ "scenario": "user-cancels" }));
    admin.done(Method::DELETE, &path, Value::Null).await;
    assert_eq!(admin.get(&path).await, json!({ "scenario": null }));

    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    assert_ne!(Callback::of(&page).get("code"), "");

    let unknown = Some(json!({ "scenario": "x" }));
    let (status, error) = admin.ask(Method::PUT, &path, unknown.clone()).await;
    assert_eq!((status.as_u16(), &error["error"]), (422, &json!("no_such_scenario")));
    let (status, error) = admin.ask(Method::PUT, "/scenarios/x", unknown).await;
    assert_eq!((status.as_u16(), &error["error"]), (404, &json!("not_found")));
}

#[tokio::test]
async fn an_unknown_scenario_or_service_is_refused() {
    let stack = Stack::start().await;
    let service = stack.service();
    let known = service.client_id.as_str();
    for form in
        [[("service", known), ("scenario", "x")], [("service", "x"), ("scenario", "new-sub")]]
    {
        let request = client().post(stack.hub("/scenarios/armer")).form(&form);
        let response = request.send().await.expect("the server answers");
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{form:?}");
    }
}
