//! The hub's accounts.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Browser, Callback, Stack, decode};

#[tokio::test]
async fn whoever_signed_in_is_listed_and_can_be_kept_out() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    let browser = Browser::new();
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[("sub", "agent-7")]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let sub = decode(tokens["id_token"].as_str().expect("text"))["sub"].clone();

    let users = admin.get("/users").await;
    let user = json!({
        "sub": sub, "active": true, "last_connection": "2026-03-02T09:00:00+00:00",
        "identities": [{ "idp_id": "fia1", "sub": "agent-7" }],
    });
    assert_eq!(users, json!([user]));

    let path = format!("/users/{}", sub.as_str().expect("text"));
    admin.done(Method::PATCH, &path, json!({ "active": false })).await;
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[("sub", "agent-7")]).await;
    assert_eq!(page.hook("error-code"), "- code erreur : Y500024");
    let page = browser.open(&service.authorize_url(&[])).await;
    assert_eq!(page.hook("error-code"), "- code erreur : Y500024", "an open session is no way in");

    admin.done(Method::PATCH, &path, json!({ "active": true })).await;
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[("sub", "agent-7")]).await;
    assert!(!Callback::of(&page).code().is_empty());
    let (status, _) =
        admin.ask(Method::PATCH, "/users/nobody", Some(json!({ "active": true }))).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}
