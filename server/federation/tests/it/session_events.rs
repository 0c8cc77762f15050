//! The session as cookie and as events tell it: begun once, the same for every service.

use serde_json::Value;

use crate::support::{Browser, Callback, Stack, add_service};

const COOKIE: &str = "pc_session_id";

/// The events with this name, the latest last.
async fn events(stack: &Stack, name: &str) -> Vec<Value> {
    let events = stack.admin().get("/events").await;
    let events = events.as_array().expect("a list").clone();
    events.into_iter().filter(|event| event["event"] == name).collect()
}

#[tokio::test]
pub(crate) async fn se1_the_first_request_begins_a_session_with_a_cookie_and_an_event() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    assert!(browser.cookie(COOKIE).is_none());

    let page = browser.ask(reqwest::Method::GET, &service.authorize_url(&[]), None).await;

    assert!(page.header("set-cookie").starts_with("pc_session_id="));
    let begun = events(&stack, "FC_AUTHORIZE_INITIATED").await;
    assert_eq!(begun.len(), 1);
    assert_eq!(begun[0]["spId"], service.client_id.as_str());
    assert!(begun[0]["sessionId"].is_string() && begun[0]["browsingSessionId"].is_string());
    let cookie = browser.cookie(COOKIE).expect("a cookie");
    assert_ne!(begun[0]["sessionId"], cookie.as_str(), "an event is no way into a session");
}

#[tokio::test]
pub(crate) async fn se2_a_second_service_meets_the_same_session() {
    let stack = Stack::with(|config| _ = add_service(config, "second")).await;
    let (browser, second) = (Browser::new(), stack.service_number(1));
    stack.service().sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let cookie = browser.cookie(COOKIE);

    let page = browser.open(&second.authorize_url(&[])).await;

    assert!(!Callback::of(&page).code().is_empty());
    assert_eq!(browser.cookie(COOKIE), cookie);
    let verified = events(&stack, "FC_VERIFIED").await;
    assert_eq!(verified.len(), 2);
    for name in ["sessionId", "browsingSessionId"] {
        assert!(verified[0][name].is_string());
        assert_eq!(verified[0][name], verified[1][name], "{name}");
    }
}

#[tokio::test]
pub(crate) async fn se3_the_session_outlives_the_return_to_the_service() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let cookie = browser.cookie(COOKIE);
    assert!(cookie.is_some());

    service.tokens(&Callback::of(&page)).await;
    let silent = browser.open(&service.authorize_url(&[("prompt", "none")])).await;

    assert!(!Callback::of(&silent).code().is_empty());
    assert_eq!(browser.cookie(COOKIE), cookie);
    let authorized = events(&stack, "FC_AUTHORIZE_INITIATED").await;
    let verified = events(&stack, "FC_VERIFIED").await;
    assert_eq!(authorized[1]["sessionId"], verified[0]["sessionId"]);
    assert_eq!(authorized[0]["browsingSessionId"], authorized[1]["browsingSessionId"]);
}
