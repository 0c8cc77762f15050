//! The browser's session during a sign-in: unknown, lost, or resumed.

use crate::support::{Browser, Callback, Page, Stack};

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
