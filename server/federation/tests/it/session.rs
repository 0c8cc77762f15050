//! The browser's session during a sign-in: unknown, lost, or resumed.

use crate::support::{Browser, Callback, Page, Stack, add_service};

const COOKIE: &str = "pc_session_id";

fn is_lost(page: &Page) -> bool {
    page.body.contains("Fermez cette page et essayez de vous reconnecter")
        && page.hook("error-code").contains("oidc-provider-error:session-not-found")
}

#[tokio::test]
pub(crate) async fn sa1_an_unknown_session_is_replaced() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    browser.set_cookie(COOKIE, "unknown");

    let page = browser.open(&stack.service().authorize_url(&[])).await;

    assert!(page.body.contains("interaction-connection-button"), "the email page");
    assert_ne!(browser.cookie(COOKIE).as_deref(), Some("unknown"));
    let form = browser.submit(&page, &[("email", "test@fia1.fr")]).await;
    assert!(!Callback::of(&browser.submit(&form, &[]).await).code().is_empty());
}

#[tokio::test]
pub(crate) async fn sa2_going_back_from_the_provider_and_trying_again_works() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let first = browser.open(&stack.service().authorize_url(&[])).await;
    browser.submit(&first, &[("email", "test@fia1.fr")]).await;

    let again = browser.open(first.url.as_str()).await;
    assert!(again.body.contains("interaction-connection-button"), "the email page");
    let form = browser.submit(&again, &[("email", "test@fia2.fr")]).await;

    assert!(form.url.path().starts_with("/fia2/interaction/"), "{}", form.url);
    assert!(!Callback::of(&browser.submit(&form, &[]).await).code().is_empty());
}

#[tokio::test]
pub(crate) async fn sa3_a_session_lost_on_the_email_page_ends_the_sign_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[])).await;

    browser.forget_cookie(COOKIE);

    assert!(is_lost(&browser.submit(&page, &[("email", "test@fia1.fr")]).await));
}

#[tokio::test]
pub(crate) async fn sa4_a_session_lost_at_the_provider_ends_the_sign_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    let form = browser.submit(&page, &[("email", "test@fia1.fr")]).await;

    browser.forget_cookie(COOKIE);

    assert!(is_lost(&browser.submit(&form, &[]).await));
}

#[tokio::test]
pub(crate) async fn sa5_a_session_lost_on_the_choice_page_ends_the_sign_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    let choice = browser.submit(&page, &[("email", "test@polyfi.fr")]).await;
    assert_eq!(choice.url.path(), "/api/v2/identity-provider-selection");

    browser.forget_cookie(COOKIE);

    assert!(is_lost(&browser.submit(&choice, &[("identityProviderUid", "fia2")]).await));
}

/// The sessions in which an event happened.
fn sessions(stack: &Stack, event: &str) -> Vec<String> {
    let trail = stack.trail();
    let named = trail.iter().filter(|recorded| recorded["event"] == event);
    named.map(|recorded| recorded["sessionId"].as_str().expect("a session").to_owned()).collect()
}

#[tokio::test]
pub(crate) async fn se1_the_first_request_begins_a_session() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let url = stack.service().authorize_url(&[]);
    let answer = browser.ask(reqwest::Method::GET, &url, None).await;

    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("pc_session_id="), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Max-Age") && !cookie.contains("Expires"), "{cookie}");
    assert_eq!(sessions(&stack, "FC_AUTHORIZE_INITIATED").len(), 1);
}

#[tokio::test]
pub(crate) async fn se2_a_second_service_finds_the_same_session() {
    let stack = Stack::with(|config| _ = add_service(config, "second")).await;
    let browser = Browser::new();
    stack.service().sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let cookie = browser.cookie(COOKIE);

    let page = browser.open(&stack.service_number(1).authorize_url(&[])).await;

    assert!(!Callback::of(&page).code().is_empty());
    assert_eq!(browser.cookie(COOKIE), cookie);
    let verified = sessions(&stack, "FC_VERIFIED");
    assert_eq!(verified.len(), 2);
    assert_eq!(verified[0], verified[1]);
    assert_eq!(sessions(&stack, "FC_SSO_INITIATED"), verified[..1]);
}

#[tokio::test]
pub(crate) async fn se3_the_session_outlives_the_return_to_the_service() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let cookie = browser.cookie(COOKIE);

    service.tokens(&Callback::of(&page)).await;

    let page = browser.open(&service.authorize_url(&[("prompt", "none")])).await;
    assert!(!Callback::of(&page).code().is_empty());
    assert_eq!(browser.cookie(COOKIE), cookie);
    assert_eq!(sessions(&stack, "FC_VERIFIED")[..1], sessions(&stack, "FC_SSO_INITIATED"));
}
