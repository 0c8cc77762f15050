//! Accounts of the hub: which identities share a `sub`, and who is kept out.

use federation::Profile;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Browser, Callback, Page, Stack, decode};

/// Signs in through ProConnect Identité.
async fn through_identite(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    let password = browser.submit(&page, &[("email", email)]).await;
    browser.submit(&password, &[("password", "user@yopmail.com")]).await
}

async fn sub(stack: &Stack, page: &Page) -> String {
    let tokens = stack.service().tokens(&Callback::of(page)).await;
    let id_token = decode(tokens["id_token"].as_str().expect("text"));
    id_token["sub"].as_str().expect("text").to_owned()
}

#[tokio::test]
pub(crate) async fn sb1_sb2_sb3_a_person_keeps_one_sub_for_all_services_and_another_at_each_provider()
 {
    let stack = Stack::start().await;
    let mut subs = Vec::new();
    for email in ["test@fia1.fr", "test@fia1.fr", "test@fia2.fr"] {
        let service = stack.service();
        let page = service.sign_in(&Browser::new(), email, &[], &[]).await;
        let tokens = service.tokens(&Callback::of(&page)).await;
        subs.push(decode(tokens["id_token"].as_str().expect("text"))["sub"].clone());
    }

    assert_eq!(subs[0], subs[1]);
    assert_ne!(subs[0], subs[2]);
}

#[tokio::test]
pub(crate) async fn rc1_sb4_a_person_who_leaves_identite_for_a_provider_keeps_the_account() {
    let stack = Stack::start().await;
    let at_identite = through_identite(&stack, &Browser::new(), "user@yopmail.com").await;
    let known = sub(&stack, &at_identite).await;

    let service = stack.service();
    let claims = [("email", "user@yopmail.com")];
    let moved = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &claims).await;
    assert_eq!(sub(&stack, &moved).await, known);

    let again = through_identite(&stack, &Browser::new(), "user@yopmail.com").await;
    assert_eq!(sub(&stack, &again).await, known, "both identities stay with the account");
}

#[tokio::test]
pub(crate) async fn rc2_a_domain_that_comes_to_a_provider_and_goes_keeps_its_people() {
    let stack = Stack::start().await;
    let service = stack.service();
    let at_identite = through_identite(&stack, &Browser::new(), "user@yopmail.com").await;
    let known = sub(&stack, &at_identite).await;

    let comes = |config: &mut federation::Config| {
        config.identity_providers[0].domains.push("yopmail.com".to_owned());
    };
    stack.federation.change(comes).expect("consistent");
    let at_provider = service.sign_in(&Browser::new(), "user@yopmail.com", &[], &[]).await;
    assert_eq!(sub(&stack, &at_provider).await, known);

    let goes = |config: &mut federation::Config| {
        config.identity_providers[0].domains.retain(|domain| domain != "yopmail.com");
    };
    stack.federation.change(goes).expect("consistent");
    let back = through_identite(&stack, &Browser::new(), "user@yopmail.com").await;
    assert_eq!(sub(&stack, &back).await, known);
}

#[tokio::test]
pub(crate) async fn rc3_reconciliation_ignores_the_case_of_the_address() {
    let stack = Stack::start().await;
    let at_identite = through_identite(&stack, &Browser::new(), "user@yopmail.com").await;

    let claims = [("email", "User@YopMail.com")];
    let moved = stack.service().sign_in(&Browser::new(), "test@fia1.fr", &[], &claims).await;

    assert_eq!(sub(&stack, &moved).await, sub(&stack, &at_identite).await);
}

#[tokio::test]
async fn two_providers_with_the_same_address_are_two_accounts() {
    let stack = Stack::start().await;
    let service = stack.service();
    let claims = [("email", "eve@polyfi.fr")];

    let first = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &claims).await;
    let second = service.sign_in(&Browser::new(), "test@fia2.fr", &[], &claims).await;

    assert_ne!(sub(&stack, &first).await, sub(&stack, &second).await);
}

#[tokio::test]
async fn two_addresses_at_a_demo_administration_are_two_people() {
    let stack = Stack::start().await;
    let service = stack.service();

    let eve = service.sign_in(&Browser::new(), "eve@fia1.fr", &[], &[]).await;
    let adam = service.sign_in(&Browser::new(), "adam@fia1.fr", &[], &[]).await;
    let chosen = service.sign_in(&Browser::new(), "adam@fia1.fr", &[], &[("sub", "1")]).await;

    let (eve, adam) = (sub(&stack, &eve).await, sub(&stack, &adam).await);
    assert_ne!(eve, adam);
    assert_ne!(adam, sub(&stack, &chosen).await, "the identifier can still be chosen");
}

#[tokio::test]
pub(crate) async fn bl1_bl2_a_deactivated_account_is_kept_out_until_it_is_activated() {
    let stack = Stack::start().await;
    let (service, browser, admin) = (stack.service(), Browser::new(), stack.admin());
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let path = format!("/users/{}", sub(&stack, &page).await);

    admin.done(Method::PATCH, &path, json!({ "active": false })).await;
    let reused = browser.open(&service.authorize_url(&[])).await;
    let anew = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    for page in [reused, anew] {
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert_eq!(page.hook("error-section-title"), "Accès impossible");
        assert_eq!(page.hook("error-code"), "- code erreur : Y500024");
        assert!(page.body.contains("Réessayer de vous connecter"));
    }

    admin.done(Method::PATCH, &path, json!({ "active": true })).await;
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    assert!(!Callback::of(&page).code().is_empty());
}

#[tokio::test]
async fn a_session_of_a_provider_deactivated_since_is_not_reused() {
    let stack = Stack::start().await;
    let (service, browser) = (stack.service(), Browser::new());
    let silent = [("prompt", "none")];
    service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let off = json!({ "active": false });
    stack.admin().done(Method::PATCH, "/identity-providers/fia1", off).await;

    let answer = Callback::of(&browser.open(&service.authorize_url(&silent)).await);
    assert_eq!(answer.get("error"), "login_required");
    assert_eq!(answer.get("error_description"), "end-user authentication is required");

    let page = browser.open(&service.authorize_url(&[])).await;
    assert!(page.body.contains("Choix du compte"), "{}", page.url);
    let form = browser.submit(&page, &[("email", "test@fia2.fr")]).await;
    assert!(!Callback::of(&browser.submit(&form, &[]).await).code().is_empty());
}

#[tokio::test]
async fn identite_declares_levels_by_the_profile_of_the_service() {
    let rows = [(None, "eidas1"), (Some(Profile::Production2026), "eidas0")];
    for (profile, level) in rows {
        let stack = Stack::with(|config| config.services[0].profile = profile).await;
        let (service, browser) = (stack.service(), Browser::new());
        let claims = [("claims", r#"{"id_token":{"acr":null}}"#)];

        let page = browser.open(&service.authorize_url(&claims)).await;
        let password = browser.submit(&page, &[("email", "user@yopmail.com")]).await;
        let answer = browser.submit(&password, &[("password", "user@yopmail.com")]).await;

        let tokens = service.tokens(&Callback::of(&answer)).await;
        assert_eq!(decode(tokens["id_token"].as_str().expect("text"))["acr"], level);
    }
}
