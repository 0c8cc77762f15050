//! Accounts of the hub: which identities share a `sub`, and who is kept out.

use federation::Profile;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::support::{Browser, Callback, Folder, Page, Stack, config, decode};

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
    let folder = Folder::new();
    let stack = Stack::build(config(|_| {}), Some(folder.path())).await;
    let (service, browser) = (stack.service(), Browser::new());
    service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let file = SqliteConnectOptions::new().filename(folder.path().join("federation.sqlite"));
    let database = SqlitePoolOptions::new().connect_with(file).await.expect("the database");

    sqlx::query("UPDATE account SET active = 0").execute(&database).await.expect("changed");
    let reused = browser.open(&service.authorize_url(&[])).await;
    let anew = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    for page in [reused, anew] {
        assert_eq!(page.hook("error-section-title"), "Accès impossible");
        assert_eq!(page.hook("error-code"), "- code erreur : Y500024");
    }

    sqlx::query("UPDATE account SET active = 1").execute(&database).await.expect("changed");
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    assert!(!Callback::of(&page).code().is_empty());
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
