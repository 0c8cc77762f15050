//! Identity providers as they are: what they sign, what they are told, and when they are not
//! there.

use reqwest::StatusCode;

use crate::support::{Browser, Callback, Stack, decode};

/// The provider's form for an address.
async fn form(stack: &Stack, email: &str) -> crate::support::Page {
    let browser = Browser::new();
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    browser.submit(&page, &[("email", email)]).await
}

#[tokio::test]
pub(crate) async fn fi1_a_provider_that_signs_no_userinfo_works() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();

    let page = service.sign_in(&browser, "test@FIA2.fr", &[], &[]).await;

    let tokens = service.tokens(&Callback::of(&page)).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    assert_eq!(decode(&userinfo.text().await.expect("text"))["idp_id"], "fia2");
}

#[tokio::test]
pub(crate) async fn fi2_fi3_the_provider_learns_which_service_asks() {
    let stack = Stack::start().await;

    let page = form(&stack, "test@fia1.fr").await;

    assert!(page.hook("requested-sp_id") == stack.service().client_id);
    assert_eq!(page.hook("requested-sp_name"), "Application locale");
}

#[tokio::test]
pub(crate) async fn fi4_a_disabled_provider_says_so_and_leads_back_to_the_service() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = browser.open(&stack.service().authorize_url(&[])).await;
    let error = browser.submit(&page, &[("email", "test@fia3.fr")]).await;

    assert_eq!(error.status, StatusCode::BAD_REQUEST);
    assert_eq!(error.hook("error-section-title"), "Accès indisponible");
    assert!(error.hook("error-code").starts_with("- code erreur : Y020017"));
    let back = Callback::of(&browser.open(&error.link("Réessayer de vous connecter")).await);
    assert_eq!(back.get("error"), "server_error");
    assert_eq!(back.get("state"), "a-state-of-at-least-thirty-two-characters");
}

#[tokio::test]
pub(crate) async fn fi5_an_unknown_domain_without_a_default_provider_says_so() {
    let stack = Stack::with(|config| {
        config.identity_providers.retain(|provider| !provider.default);
    })
    .await;

    let error = form(&stack, "somebody@inconnu.fr").await;

    assert_eq!(error.status, StatusCode::BAD_REQUEST);
    assert_eq!(error.hook("error-section-title"), "Accès impossible");
    assert!(error.hook("error-code").starts_with("- code erreur : Y500001"));
}

#[tokio::test]
pub(crate) async fn fi6_an_unreachable_provider_says_so() {
    let stack = Stack::with(|config| {
        let foreign = &mut config.identity_providers[1];
        foreign.built_in = None;
        // Port 9 is reserved for discarding; nothing answers there.
        let url = "http://127.0.0.1:9/.well-known/openid-configuration";
        foreign.discovery_url = Some(url.parse().expect("an address"));
    })
    .await;

    let error = form(&stack, "test@fia2.fr").await;

    assert_eq!(error.status, StatusCode::BAD_GATEWAY);
    assert!(error.hook("error-code").starts_with("- code erreur : Y020031"));
    assert_eq!(error.hook("error-message"), "- message erreur : \"something went wrong\"");
}

#[tokio::test]
pub(crate) async fn fi7_going_back_after_success_finds_no_session() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    let form = browser.submit(&page, &[("email", "test@fia1.fr")]).await;
    Callback::of(&browser.submit(&form, &[]).await).code();

    for path in ["", "/verify"] {
        let error = browser.open(&format!("{}{path}", page.url)).await;
        assert_eq!(error.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(error.hook("error-code").contains("session-not-found"), "{path}");
    }
    let again = browser.submit(&page, &[("email", "test@fia1.fr")]).await;
    assert!(again.hook("error-code").contains("session-not-found"));
}
