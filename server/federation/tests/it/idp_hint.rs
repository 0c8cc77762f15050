//! `idp_hint`: straight to an identity provider.

use crate::support::{Browser, Callback, Fields, Stack, add_service, decode};

const FIA1: (&str, &str) = ("idp_hint", "fia1");
const FIA2: (&str, &str) = ("idp_hint", "fia2");

/// The provider that a sign-in ended with.
async fn idp_id(stack: &Stack, service: usize, callback: &Callback) -> String {
    let service = stack.service_number(service);
    let tokens = service.tokens(callback).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    let claims = decode(&userinfo.text().await.expect("text"));
    claims["idp_id"].as_str().expect("text").to_owned()
}

#[tokio::test]
pub(crate) async fn ih1_a_hint_leads_straight_to_the_provider() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let form = browser.open(&stack.service().authorize_url(&[FIA2])).await;
    assert!(form.url.path().starts_with("/fia2/interaction/"), "{}", form.url);
    let page = browser.submit(&form, &[("email", "test@fia2.fr")]).await;

    assert_eq!(idp_id(&stack, 0, &Callback::of(&page)).await, "fia2");
    assert!(stack.events().contains(&"FC_REDIRECTED_TO_HINTED_IDP".to_owned()));
}

#[tokio::test]
pub(crate) async fn ih2_the_same_provider_needs_no_second_sign_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    stack.service().sign_in(&browser, "test@fia1.fr", &[], &[]).await;

    let page = browser.open(&stack.service().authorize_url(&[FIA1])).await;

    assert_eq!(idp_id(&stack, 0, &Callback::of(&page)).await, "fia1");
    assert!(stack.events().contains(&"FC_SSO_INITIATED".to_owned()));
}

#[tokio::test]
pub(crate) async fn ih3_another_provider_is_signed_in_at() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    stack.service().sign_in(&browser, "test@fia1.fr", &[], &[]).await;

    let form = browser.open(&stack.service().authorize_url(&[FIA2])).await;
    assert!(form.url.path().starts_with("/fia2/interaction/"), "{}", form.url);
    let page = browser.submit(&form, &[("email", "test@fia2.fr")]).await;

    assert_eq!(idp_id(&stack, 0, &Callback::of(&page)).await, "fia2");
}

#[tokio::test]
pub(crate) async fn ih4_an_unknown_provider_is_told_to_the_service() {
    let stack = Stack::start().await;
    let rows: [Fields<'_>; 2] = [&[], &[("prompt", "none")]];
    for further in rows {
        let changes = [&[("idp_hint", "unknown")], further].concat();
        let page = Browser::new().open(&stack.service().authorize_url(&changes)).await;

        let callback = Callback::of(&page);
        assert_eq!(callback.get("error"), "idp_hint_not_found");
        assert_eq!(callback.get("error_description"), "provided idp_hint could not be found");
    }
}

/// The second request clears the session of the first; the provider's own session brings the
/// person back without a form.
#[tokio::test]
pub(crate) async fn ih5_an_abandoned_hint_leaves_the_first_providers_session() {
    let stack = Stack::with(|config| _ = add_service(config, "second")).await;
    let (first, second) = (stack.service(), stack.service_number(1));
    let browser = Browser::new();
    first.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let abandoned = browser.open(&first.authorize_url(&[FIA2])).await;
    assert!(abandoned.url.path().starts_with("/fia2/interaction/"), "{}", abandoned.url);

    let page = browser.open(&second.authorize_url(&[])).await;
    assert!(page.body.contains("interaction-connection-button"), "the email page");
    let page = browser.submit(&page, &[("email", "test@fia1.fr")]).await;

    assert_eq!(idp_id(&stack, 1, &Callback::of(&page)).await, "fia1");
}
