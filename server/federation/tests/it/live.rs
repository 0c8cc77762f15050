//! Registrations change while the federation runs, and count from the next request on.

use federation::SigningAlg;
use reqwest::StatusCode;

use crate::support::{Browser, Callback, Stack, decode};

#[tokio::test]
async fn a_demo_administration_added_at_run_time_works_at_once() {
    let stack = Stack::start().await;
    let service = stack.service();

    let change = stack.federation.change(|config| {
        let mut added = config.identity_providers[0].clone();
        added.uid = "neuf".to_owned();
        added.domains = vec!["neuf.fr".to_owned()];
        config.identity_providers.push(added);
    });
    change.expect("consistent");

    let page = service.sign_in(&Browser::new(), "test@neuf.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    let claims = decode(&userinfo.text().await.expect("text"));
    assert_eq!(claims["idp_id"], "neuf");
}

#[tokio::test]
async fn another_algorithm_of_a_provider_is_agreed_on_both_sides_at_once() {
    let stack = Stack::start().await;
    let service = stack.service();
    service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;

    for alg in [SigningAlg::RS256, SigningAlg::HS256, SigningAlg::ES256] {
        let change = stack.federation.change(|config| {
            config.identity_providers[0].id_token_signed_response_alg = alg;
            config.identity_providers[0].userinfo_signed_response_alg = None;
        });
        change.expect("consistent");

        let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
        assert!(!Callback::of(&page).code().is_empty(), "{alg:?}");
    }
}

#[tokio::test]
async fn a_deactivated_service_is_unknown_from_the_next_request_on() {
    let stack = Stack::start().await;
    let (service, browser) = (stack.service(), Browser::new());
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let callback = Callback::of(&page);

    stack.federation.change(|config| config.services[0].active = false).expect("consistent");

    assert_eq!(service.redeem(&callback.code()).await.status(), StatusCode::UNAUTHORIZED);
    let page = browser.open(&service.authorize_url(&[])).await;
    assert_eq!(page.hook("error-message"), "- message erreur : \"client is invalid\"");
}

#[tokio::test]
async fn a_reset_forgets_everything_but_the_keys() {
    let stack = Stack::start().await;
    let (service, browser) = (stack.service(), Browser::new());
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let keys = browser.open(&stack.hub("/api/v2/jwks")).await.body;
    stack.federation.change(|config| config.services[0].name = "Autre".to_owned()).expect("valid");

    stack.federation.reset().await.expect("the store answers");

    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    assert_eq!(userinfo.status(), StatusCode::UNAUTHORIZED);
    let page = browser.open(&service.authorize_url(&[("prompt", "none")])).await;
    assert_eq!(Callback::of(&page).get("error"), "login_required");
    assert!(browser.open(&service.authorize_url(&[])).await.body.contains("Application locale"));
    assert_eq!(browser.open(&stack.hub("/api/v2/jwks")).await.body, keys);
}
