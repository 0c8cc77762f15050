//! Hostile input: whatever is sent, the answer is a client error, never a failure.

use reqwest::Method;

use crate::support::{Browser, Stack, client};

#[tokio::test]
async fn hostile_requests_get_client_errors() {
    let stack = Stack::start().await;
    let browser = Browser::new();
    browser.open(&stack.service().authorize_url(&[])).await;
    let long = "a".repeat(20_000);
    let large = format!("grant_type={}", "a".repeat(70_000));
    let get = Method::GET;
    let rows = [
        (get.clone(), stack.hub("/api/v2/authorize?client_id=%ff"), None),
        (get.clone(), stack.hub("/api/v2/authorize?client_id=a&client_id=b"), None),
        (get.clone(), stack.hub(&format!("/api/v2/authorize?state={long}")), None),
        (get.clone(), stack.hub("/api/v2/authorize?%00=%00"), None),
        (get.clone(), stack.hub("/api/v2/interaction/%ff"), None),
        (get.clone(), stack.hub("/api/v2/interaction/..%2f..%2fetc%2fpasswd"), None),
        (get.clone(), stack.hub("/api/v2/interaction/x/error?error=%0d%0aSet-Cookie:a=b"), None),
        (get.clone(), stack.hub("/api/v2/session/end?id_token_hint=a.b.c"), None),
        (get.clone(), stack.hub("/api/v2/oidc-callback?state=%ff"), None),
        (get.clone(), stack.hub("/api/v2/not-found"), None),
        (get.clone(), stack.hub("/api/v2/token"), None),
        (Method::POST, stack.hub("/api/v2/token"), Some(large.clone())),
        (Method::POST, stack.hub("/api/v2/token"), Some("grant_type=%ff".to_owned())),
        (Method::POST, stack.hub("/api/v2/authorize"), Some(large)),
        (Method::POST, stack.hub("/api/v2/token/introspection"), Some("\u{0}".to_owned())),
        (Method::POST, stack.identite("/users/sign-in"), Some("password=%ff".to_owned())),
        (get.clone(), stack.identite("/oauth/authorize?client_id=x"), None),
        (get.clone(), stack.identite("/interaction/x"), None),
        (get.clone(), stack.demo("/fia1/authorize?scope=%ff"), None),
        (get.clone(), stack.demo("/fia1/interaction/x"), None),
        (get, stack.demo("/unknown"), None),
    ];
    for (method, url, body) in rows {
        let page = browser.ask(method, &url, body).await;
        let url = url.chars().take(90).collect::<String>();
        assert!(page.status.is_client_error(), "{} {url}", page.status);
        assert!(page.headers.get("set-cookie").is_none(), "{url}");
    }
}

#[tokio::test]
async fn what_was_typed_is_escaped() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let markup = "<script>alert(1)</script>";

    let page = browser.open(&stack.hub(&format!("/api/v2/{markup}"))).await;
    assert!(!page.body.contains(markup), "{}", page.body);
    let hints = [("idp_hint", "fia1"), ("siret_hint", "<b>\"&'12345<b>")];
    let page = browser.open(&stack.service().authorize_url(&hints)).await;
    assert!(page.url.path().starts_with("/fia1/"), "{}", page.url);
    assert!(!page.body.contains("<b>\"&'"), "{}", page.body);
}

#[tokio::test]
async fn a_form_of_another_type_is_refused() {
    let stack = Stack::start().await;
    let service = stack.service();

    let response = client()
        .post(format!("{}/token", service.issuer))
        .header("content-type", "application/json")
        .body("{\"grant_type\":\"authorization_code\"}")
        .send()
        .await
        .expect("an answer");

    assert_eq!(response.status(), reqwest::StatusCode::BAD_REQUEST);
}
