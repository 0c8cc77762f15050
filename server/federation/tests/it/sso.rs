//! The hub's session: single sign-on and silent sign-in.

use crate::support::{Browser, Callback, Stack};

const NONE: [(&str, &str); 1] = [("prompt", "none")];

#[tokio::test]
async fn a_second_request_needs_no_second_sign_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let session = browser.cookie("pc_session_id");

    for changes in
        [vec![], vec![("prompt", "login consent")], vec![("idp_hint", "fia1")], NONE.to_vec()]
    {
        let page = browser.open(&service.authorize_url(&changes)).await;
        assert!(!Callback::of(&page).code().is_empty(), "{changes:?}");
    }
    assert_eq!(browser.cookie("pc_session_id"), session, "the identifier is stable");
}

#[tokio::test]
async fn a_session_that_does_not_suffice_leads_to_a_new_sign_in() {
    let essential = r#"{"id_token":{"acr":{"essential":true,"value":"eidas2"}}}"#;
    let rows = [
        ("another provider", ("idp_hint", "fia2"), "/fia2/interaction/"),
        ("another person", ("login_hint", "eve@fia2.fr"), "/fia2/interaction/"),
        ("another level", ("claims", essential), "/api/v2/interaction/"),
    ];
    for (row, change, path) in rows {
        let (stack, browser) = (Stack::start().await, Browser::new());
        let service = stack.service();
        service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;

        let page = browser.open(&service.authorize_url(&[change])).await;

        assert!(page.url.path().starts_with(path), "{row}: {}", page.url);
        let page = browser.open(&service.authorize_url(&NONE)).await;
        assert_eq!(Callback::of(&page).get("error"), "login_required", "{row}: it was cleared");
    }
}

#[tokio::test]
async fn a_silent_request_never_shows_a_page() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();

    let page = browser.open(&service.authorize_url(&NONE)).await;
    assert_eq!(Callback::of(&page).get("error"), "login_required");

    service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let other = [("prompt", "none"), ("idp_hint", "fia2")];
    let page = browser.open(&service.authorize_url(&other)).await;
    assert_eq!(Callback::of(&page).get("error"), "login_required");
    let page = browser.open(&service.authorize_url(&NONE)).await;
    assert!(!Callback::of(&page).code().is_empty(), "the session was not touched");
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_without_use() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;

    stack.advance(11 * 3600);
    let page = browser.open(&service.authorize_url(&NONE)).await;
    assert!(!Callback::of(&page).code().is_empty());
    stack.advance(11 * 3600);
    let page = browser.open(&service.authorize_url(&NONE)).await;
    assert!(!Callback::of(&page).code().is_empty(), "its use extended it");
    stack.advance(12 * 3600);
    let page = browser.open(&service.authorize_url(&NONE)).await;
    assert_eq!(Callback::of(&page).get("error"), "login_required");
}

#[tokio::test]
async fn the_providers_own_session_shortens_a_second_sign_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    browser.forget_cookie("pc_session_id");

    let page = browser.open(&service.authorize_url(&[])).await;
    assert!(page.body.contains("Choix du compte"));
    let page = browser.submit(&page, &[("email", "test@fia1.fr")]).await;

    assert!(!Callback::of(&page).code().is_empty(), "without the provider's form");
}

#[tokio::test]
async fn two_tabs_sign_in_independently() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    let first = browser.open(&service.authorize_url(&[("state", "first")])).await;
    let second = browser.open(&service.authorize_url(&[("state", "second")])).await;

    let form = browser.submit(&first, &[("email", "test@fia1.fr")]).await;
    let page = browser.submit(&form, &[]).await;
    assert_eq!(Callback::of(&page).get("state"), "first");

    let form = browser.submit(&second, &[("email", "test@fia2.fr")]).await;
    let page = browser.submit(&form, &[]).await;
    assert_eq!(Callback::of(&page).get("state"), "second");
}
