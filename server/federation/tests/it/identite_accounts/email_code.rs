//! The code by email: renewal, unknown browsers, and what it is good for.

use serde_json::{Value, json};

use super::{NEW, PASSWORD, USER, check_browsers, confirm, sign_in, sign_up};
use crate::support::{Browser, Callback, Page, Stack, decode};

const DAY: i64 = 24 * 3600;

async fn amr(stack: &Stack, page: &Page) -> Value {
    let tokens = stack.service().tokens(&Callback::of(page)).await;
    decode(tokens["id_token"].as_str().expect("text"))["amr"].clone()
}

/// Comes from a service and types address and password.
async fn from_service(stack: &Stack, browser: &Browser) -> Page {
    let asked = [("claims", r#"{"id_token":{"amr":null}}"#)];
    let page = browser.open(&stack.service().authorize_url(&asked)).await;
    let page = browser.submit(&page, &[("email", USER)]).await;
    browser.submit(&page, &[("password", USER)]).await
}

#[tokio::test]
async fn an_unknown_browser_is_known_after_a_code() {
    let stack = Stack::with(check_browsers).await;
    let browser = Browser::new();

    let page = from_service(&stack, &browser).await;
    assert_eq!(page.url.query(), Some("notification=browser_not_trusted"));
    assert!(page.body.contains("Vous utilisez un nouveau navigateur."), "{}", page.body);
    let done = confirm(&stack, &browser, &page).await;
    assert_eq!(amr(&stack, &done).await, json!(["pwd", "mail"]));

    let trusted = browser.cookie("trusted-browser").expect("a cookie");
    let later = Browser::new();
    later.set_cookie("trusted-browser", &trusted);
    let done = from_service(&stack, &later).await;
    assert_eq!(amr(&stack, &done).await, json!(["pwd"]), "no code was asked for");

    let other = from_service(&stack, &Browser::new()).await;
    assert_eq!(other.url.path(), "/users/verify-email");
    stack.advance(90 * DAY);
    let late = Browser::new();
    late.set_cookie("trusted-browser", &trusted);
    assert_eq!(from_service(&stack, &late).await.url.path(), "/users/verify-email");
}

#[tokio::test]
async fn a_browser_is_known_for_one_person() {
    let stack = Stack::with(check_browsers).await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, USER, USER).await;
    confirm(&stack, &browser, &page).await;

    let other = "prive@yopmail.com";
    let page = sign_in(&stack, &browser, other, other).await;
    assert_eq!(page.url.path(), "/users/verify-email");

    let forged = Browser::new();
    forged.set_cookie("trusted-browser", "1");
    assert_eq!(sign_in(&stack, &forged, USER, USER).await.url.path(), "/users/verify-email");
}

#[tokio::test]
async fn by_default_browsers_are_not_checked() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    assert_eq!(sign_in(&stack, &browser, USER, USER).await.url.path(), "/");
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn an_address_is_proven_for_ninety_days() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_up(&stack, &browser, NEW).await;

    stack.advance(90 * DAY);
    assert_eq!(sign_in(&stack, &browser, NEW, PASSWORD).await.url.path(), "/");
    stack.advance(1);
    let page = sign_in(&stack, &browser, NEW, PASSWORD).await;

    assert_eq!(page.url.query(), Some("notification=email_verification_renewal"));
    assert_eq!(stack.mails().await.len(), 2);
    assert_eq!(confirm(&stack, &browser, &page).await.url.path(), "/");
}

#[tokio::test]
async fn a_code_is_good_once_and_for_an_hour() {
    let stack = Stack::with(check_browsers).await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, USER, USER).await;
    let code = stack.mailed_code().await;
    let right = [("verify_email_token", code.as_str())];

    let refused = browser.submit(&page, &[("verify_email_token", "0000000000")]).await;
    assert_eq!(refused.url.query(), Some("notification=invalid_verify_email_code"));
    assert!(refused.body.contains("Erreur : ce code est invalide"), "{}", refused.body);
    assert_eq!(browser.submit(&refused, &right).await.url.path(), "/");

    let other = Browser::new();
    let page = sign_in(&stack, &other, USER, USER).await;
    let refused = other.submit(&page, &right).await;
    assert_eq!(refused.url.query(), Some("notification=invalid_verify_email_code"), "used");

    let second = stack.mailed_code().await;
    assert_ne!(second, code);
    stack.advance(3600);
    let late = other.submit(&page, &[("verify_email_token", &second)]).await;
    assert_eq!(late.url.query(), Some("notification=invalid_verify_email_code"));
    assert_eq!(stack.mails().await.len(), 3, "another one was sent");
    assert_eq!(confirm(&stack, &other, &late).await.url.path(), "/");
}

#[tokio::test]
async fn another_code_takes_the_place_of_the_first() {
    let stack = Stack::with(check_browsers).await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, USER, USER).await;
    let first = stack.mailed_code().await;

    let page = browser.submit_to(&page, "send-email-verification", &[]).await;
    assert!(page.body.contains("Code de vérification envoyé"), "{}", page.body);
    let refused = browser.submit(&page, &[("verify_email_token", &first)]).await;

    assert_eq!(refused.url.query(), Some("notification=invalid_verify_email_code"));
    assert_eq!(confirm(&stack, &browser, &refused).await.url.path(), "/");
}

#[tokio::test]
async fn the_code_of_one_person_is_worth_nothing_to_another() {
    let stack = Stack::with(check_browsers).await;
    let (one, other) = (Browser::new(), Browser::new());
    let page = sign_in(&stack, &one, "prive@yopmail.com", "prive@yopmail.com").await;
    sign_in(&stack, &other, USER, USER).await;
    let of_other = stack.mailed_code().await;

    let refused = one.submit(&page, &[("verify_email_token", &of_other)]).await;

    assert_eq!(refused.url.query(), Some("notification=invalid_verify_email_code"));
}

#[tokio::test]
async fn the_page_says_how_long_another_code_may_take() {
    let stack = Stack::with(check_browsers).await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, USER, USER).await;
    assert!(page.body.contains("data-wait=\"1200\""), "{}", page.body);

    for (later, wait) in [(300, "900"), (900, "0"), (600, "0")] {
        stack.advance(later);
        let page = browser.open(&stack.identite("/users/verify-email")).await;
        assert!(page.body.contains(&format!("data-wait=\"{wait}\"")), "{}", page.body);
    }
    let page = browser.submit_to(&page, "send-email-verification", &[]).await;
    assert!(page.body.contains("data-wait=\"1200\""), "{}", page.body);
}
