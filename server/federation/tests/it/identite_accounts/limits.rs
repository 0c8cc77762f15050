//! How often things may be tried. Each limit ends with its window, and counts by address.

use reqwest::StatusCode;

use super::{NEW, USER, check_browsers, sign_in, start};
use crate::support::{Browser, Page, Stack};

fn assert_limited(page: &Page) {
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "{}", page.url);
    assert_eq!(page.hook("error-section-title"), "Accès temporairement limité.");
    assert!(page.body.contains("quart d’heure"), "{}", page.body);
}

#[tokio::test]
async fn ten_passwords_in_five_minutes() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = start(&stack, &browser, USER).await;

    for _ in 0..10 {
        let refused = browser.submit(&page, &[("password", "wrong")]).await;
        assert_eq!(refused.url.query(), Some("notification=invalid_credentials"));
    }
    let elsewhere = Browser::new();
    assert_limited(&sign_in(&stack, &elsewhere, USER, USER).await);
    let other = "prive@yopmail.com";
    assert_eq!(sign_in(&stack, &elsewhere, other, other).await.url.path(), "/");

    stack.advance(5 * 60);
    assert_eq!(sign_in(&stack, &browser, USER, USER).await.url.path(), "/");
}

#[tokio::test]
async fn ten_codes_in_five_minutes() {
    let stack = Stack::with(check_browsers).await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, USER, USER).await;
    let code = stack.mailed_code().await;
    let right = [("verify_email_token", code.as_str())];

    for _ in 0..10 {
        let refused = browser.submit(&page, &[("verify_email_token", "1")]).await;
        assert_eq!(refused.url.query(), Some("notification=invalid_verify_email_code"));
    }
    assert_limited(&browser.submit(&page, &right).await);

    stack.advance(5 * 60);
    assert_eq!(browser.submit(&page, &right).await.url.path(), "/");
}

#[tokio::test]
async fn five_mails_of_each_kind_in_a_quarter_of_an_hour() {
    let stack = Stack::with(check_browsers).await;
    let browser = Browser::new();
    let code = sign_in(&stack, &browser, USER, USER).await;
    let sent = stack.mails().await.len();
    for _ in 0..5 {
        browser.submit_to(&code, "send-email-verification", &[]).await;
    }
    assert_limited(&browser.submit_to(&code, "send-email-verification", &[]).await);
    assert_eq!(stack.mails().await.len(), sent + 5);

    let password = start(&stack, &browser, USER).await;
    for _ in 0..5 {
        browser.submit_to(&password, "send-magic-link", &[]).await;
    }
    assert_limited(&browser.submit_to(&password, "send-magic-link", &[]).await);
    assert_eq!(stack.mails().await.len(), sent + 10);

    stack.advance(15 * 60);
    let page = browser.submit_to(&password, "send-magic-link", &[]).await;
    assert_eq!(page.url.path(), "/users/magic-link-sent");
}

#[tokio::test]
async fn five_resets_in_a_quarter_of_an_hour_whether_or_not_there_is_an_account() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    for email in [USER, NEW] {
        let page = browser.open(&stack.identite("/users/reset-password")).await;
        for _ in 0..5 {
            let sent = browser.submit(&page, &[("login", email)]).await;
            assert_eq!(sent.url.query(), Some("notification=reset_password_email_sent"));
        }
        assert_limited(&browser.submit(&page, &[("login", &email.to_uppercase())]).await);
    }
    assert_eq!(stack.mails().await.len(), 5);
}
