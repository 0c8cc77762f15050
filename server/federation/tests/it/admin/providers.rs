//! Identity providers, added and changed while people sign in.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Admin, Browser, Callback, Page, Service, Stack};

const NEW: &str = "/identity-providers/nouveau";

async fn add(admin: &Admin, more: Value) {
    let mut entry = json!({
        "uid": "nouveau", "title": "Nouvelle administration", "domains": ["nouveau.fr"],
        "default_siret": "21920023500014",
    });
    for (name, value) in more.as_object().expect("an object") {
        entry[name] = value.clone();
    }
    admin.done(Method::POST, "/identity-providers", entry).await;
}

/// Types an address and returns the page that comes.
async fn typed(service: &Service, email: &str) -> Page {
    let browser = Browser::new();
    let page = browser.open(&service.authorize_url(&[])).await;
    browser.submit(&page, &[("email", email)]).await
}

/// Whether the browser is at a provider: a demo administration's uid, or ProConnect Identité.
fn is_at(stack: &Stack, page: &Page, uid: &str) -> bool {
    let base = match uid {
        "identite" => stack.identite(""),
        uid => stack.demo(&format!("{uid}/")),
    };
    page.url.as_str().starts_with(&base)
}

#[tokio::test]
pub(crate) async fn rt1_rt2_rt3_a_provider_without_routing_is_reached_by_plus_proconnect_only() {
    let stack = Stack::start().await;
    let service = stack.service();

    add(&stack.admin(), json!({ "routing_enabled": false })).await;

    assert!(is_at(&stack, &typed(&service, "test@nouveau.fr").await, "identite"));
    assert!(is_at(&stack, &typed(&service, "test+proconnect@nouveau.fr").await, "nouveau"));
}

#[tokio::test]
pub(crate) async fn rt4_rt5_with_routing_its_people_reach_it_at_once() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    add(&admin, json!({ "routing_enabled": false })).await;

    admin.done(Method::PATCH, NEW, json!({ "routing_enabled": true })).await;

    let page = service.sign_in(&Browser::new(), "test@nouveau.fr", &[], &[]).await;
    service.tokens(&Callback::of(&page)).await;
}

#[tokio::test]
pub(crate) async fn rt6_rt7_rt8_two_providers_of_a_domain_are_a_choice_while_both_are_routed() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    add(&admin, json!({ "domains": ["fia1.fr"] })).await;
    let is_choice = |page: &Page| page.url.path().ends_with("/identity-provider-selection");
    let choice = typed(&service, "test@fia1.fr").await;
    assert!(is_choice(&choice) && choice.body.contains("Nouvelle administration"));

    admin.done(Method::PATCH, NEW, json!({ "routing_enabled": false })).await;

    assert!(is_at(&stack, &typed(&service, "test@fia1.fr").await, "fia1"));
    let choice = typed(&service, "test+proconnect@fia1.fr").await;
    assert!(is_choice(&choice) && choice.body.contains("Nouvelle administration"));
}

#[tokio::test]
pub(crate) async fn rt9_rt10_a_foreign_domain_is_refused_where_the_provider_insists_unless_it_is_accepted()
 {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    add(&admin, json!({ "block_unlisted_domains": true })).await;
    let elsewhere = [("email", "test@ailleurs.fr")];

    let page = service.sign_in(&Browser::new(), "test@nouveau.fr", &[], &elsewhere).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(page.hook("error-code"), "- code erreur : Y500027");

    admin.done(Method::PATCH, NEW, json!({ "extra_accepted_domains": ["ailleurs.fr"] })).await;
    let page = service.sign_in(&Browser::new(), "test@nouveau.fr", &[], &elsewhere).await;
    assert!(!Callback::of(&page).code().is_empty());
}

#[tokio::test]
pub(crate) async fn rt11_rt12_af3_a_deleted_provider_is_gone_at_once() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    add(&admin, json!({})).await;
    let browser = Browser::new();
    service.sign_in(&browser, "test@nouveau.fr", &[], &[]).await;

    admin.done(Method::DELETE, NEW, Value::Null).await;

    assert!(is_at(&stack, &typed(&service, "test@nouveau.fr").await, "identite"));
    let gone = browser.open(&stack.demo("nouveau/.well-known/openid-configuration")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let page = browser.open(&service.authorize_url(&[])).await;
    assert!(page.body.contains("interaction-connection-button"), "nor does its session count");
}

#[tokio::test]
pub(crate) async fn af1_a_provider_is_created_with_what_is_not_given() {
    let stack = Stack::start().await;
    let admin = stack.admin();

    let created = admin
        .done(Method::POST, "/identity-providers", json!({ "uid": "court", "title": "Court" }))
        .await;

    assert_eq!(created["built_in"], "demo");
    assert!(created["client_secret"].is_string(), "generated, so shown once");
    assert_eq!(created["routing_enabled"], true);
    let shown = admin.get("/identity-providers/court").await;
    assert_eq!(shown.get("client_secret"), None);
    let (status, body) = admin
        .ask(
            Method::POST,
            "/identity-providers",
            Some(json!({ "uid": "loin", "title": "L", "discovery_url": "https://a.fr/x" })),
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body["message"].as_str().is_some_and(|m| m.contains("client_id")), "{body}");
}

#[tokio::test]
pub(crate) async fn af2_another_domain_of_a_provider_counts_at_once() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());

    admin.done(Method::PATCH, "/identity-providers/fia1", json!({ "domains": ["af2.fr"] })).await;

    assert!(is_at(&stack, &typed(&service, "test@af2.fr").await, "fia1"));
    assert!(is_at(&stack, &typed(&service, "test@fia1.fr").await, "identite"));
}

#[tokio::test]
async fn a_provider_that_moves_is_asked_where_it_is_now() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    service.tokens(&Callback::of(&page)).await;

    // fia1's people are sent to fia2's server, under the registration there.
    let fia2 = "92934f1e-30a6-4b54-aeb7-5b0e2bc680b1";
    let secret = "b6da280c7849e8bbb48a52632b90388d7466870afe2819dc14aa4ae3a08f7cca";
    let discovery = stack.demo("fia2/.well-known/openid-configuration");
    let moved = json!({
        "built_in": null, "discovery_url": discovery, "client_id": fia2, "client_secret": secret,
        "id_token_signed_response_alg": "RS256", "userinfo_signed_response_alg": null,
    });
    admin.done(Method::PATCH, "/identity-providers/fia1", moved).await;

    let page = typed(&service, "test@fia1.fr").await;
    assert!(is_at(&stack, &page, "fia2"), "{}", page.url);
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    service.tokens(&Callback::of(&page)).await;
}
