//! Links by mail: to sign in, and to choose another password.

use serde_json::json;

use super::{NEW, PASSWORD, USER, check_browsers, mailed_link, sign_in, start, title};
use crate::support::{Browser, Callback, Page, Stack, decode};

/// Asks for a link to sign in.
async fn ask_link(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = start(stack, browser, email).await;
    browser.submit_to(&page, "send-magic-link", &[]).await
}

/// Asks for a link to choose another password.
async fn ask_reset(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.identite("/users/reset-password")).await;
    browser.submit(&page, &[("login", email)]).await
}

#[tokio::test]
async fn a_link_signs_in_once_and_only_when_the_button_is_pressed() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = ask_link(&stack, &browser, USER).await;
    assert_eq!(title(&page), "Recevoir un lien d'identification - ProConnect");
    let mail = stack.mails().await.pop().expect("a mail");
    assert_eq!(mail["subject"], "Lien de connexion à ProConnect");
    let link = mailed_link(&stack).await;

    for _ in 0..3 {
        let scanned = Browser::new().open(&link).await;
        assert_eq!(title(&scanned), "Connexion avec un lien - ProConnect");
        assert!(!scanned.body.contains("data-submit"), "another browser has to press the button");
    }
    let page = browser.open(&link).await;
    assert!(page.body.contains("data-submit"), "{}", page.body);
    let home = browser.submit(&page, &[]).await;
    assert_eq!(home.url.path(), "/");

    let page = browser.open(&link).await;
    let used = browser.submit(&page, &[]).await;
    assert_eq!(used.url.query(), Some("notification=invalid_magic_link"));
}

#[tokio::test]
async fn a_link_answers_the_service_that_waits() {
    let stack = Stack::with(check_browsers).await;
    let (service, browser) = (stack.service(), Browser::new());
    let asked = [("claims", r#"{"id_token":{"amr":null}}"#)];

    let page = browser.open(&service.authorize_url(&asked)).await;
    let page = browser.submit(&page, &[("email", USER)]).await;
    browser.submit_to(&page, "send-magic-link", &[]).await;
    let page = browser.open(&mailed_link(&stack).await).await;
    let done = browser.submit(&page, &[]).await;

    let tokens = service.tokens(&Callback::of(&done)).await;
    assert_eq!(decode(tokens["id_token"].as_str().expect("text"))["amr"], json!(["mail"]));
    assert!(browser.cookie("trusted-browser").is_some(), "the browser is known now");
}

#[tokio::test]
async fn a_link_is_good_for_an_hour_and_gives_way_to_the_next() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    ask_link(&stack, &browser, USER).await;
    let first = mailed_link(&stack).await;
    ask_link(&stack, &browser, USER).await;
    let second = mailed_link(&stack).await;

    let page = browser.open(&first).await;
    assert!(browser.submit(&page, &[]).await.body.contains("ce lien est invalide"));
    stack.advance(3600);
    let page = browser.open(&second).await;
    assert!(browser.submit(&page, &[]).await.body.contains("ce lien est invalide"));
}

#[tokio::test]
async fn a_link_opens_an_account_that_gets_its_password_later() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    ask_link(&stack, &browser, NEW).await;
    let page = browser.open(&mailed_link(&stack).await).await;
    assert_eq!(browser.submit(&page, &[]).await.url.path(), "/");

    let page = start(&stack, &browser, NEW).await;
    assert_eq!(page.url.query(), Some("notification=new_password_needed"));
    let page = browser.submit(&page, &[("password", PASSWORD)]).await;
    assert_eq!(page.url.path(), "/users/verify-email", "whoever chose it has to prove the address");
}

#[tokio::test]
async fn what_a_stranger_set_up_for_an_address_is_void_for_its_owner() {
    let (stack, stranger, owner) = (Stack::start().await, Browser::new(), Browser::new());
    sign_in(&stack, &stranger, NEW, PASSWORD).await;

    ask_link(&stack, &owner, NEW).await;
    let page = owner.open(&mailed_link(&stack).await).await;
    assert_eq!(owner.submit(&page, &[]).await.url.path(), "/");

    let page = stranger.open(&stack.identite("/")).await;
    assert_eq!(page.url.path(), "/users/start-sign-in", "the stranger's session has ended");
    let page = start(&stack, &stranger, NEW).await;
    assert_eq!(page.url.path(), "/users/sign-up", "and so has the password");
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once() {
    let (stack, browser, other) = (Stack::start().await, Browser::new(), Browser::new());
    sign_in(&stack, &other, USER, USER).await;

    let page = ask_reset(&stack, &browser, "USER@yopmail.com").await;
    assert_eq!(page.url.query(), Some("notification=reset_password_email_sent"));
    let mail = stack.mails().await.pop().expect("a mail");
    assert_eq!(mail["subject"], "Instructions pour la réinitialisation du mot de passe");
    let link = mailed_link(&stack).await;
    let page = browser.open(&link).await;
    assert_eq!(title(&page), "Changer votre mot de passe - ProConnect");
    let rows = [
        ("short", "short", "weak_password"),
        ("Password123!", "Password123!", "leaked_password"),
        (PASSWORD, USER, "passwords_differ"),
    ];
    for (password, confirmation, key) in rows {
        let fields = [("password", password), ("confirm_password", confirmation)];
        let refused = browser.submit(&page, &fields).await;
        assert!(refused.url.query().is_some_and(|query| query.contains(key)), "{}", refused.url);
    }
    let fields = [("password", PASSWORD), ("confirm_password", PASSWORD)];
    let done = browser.submit(&page, &fields).await;
    assert_eq!(done.url.query(), Some("notification=password_change_success"));
    assert_eq!(done.url.path(), "/users/start-sign-in", "not signed in by itself");

    let page = other.open(&stack.identite("/")).await;
    assert_eq!(page.url.path(), "/users/start-sign-in", "other sessions have ended");
    let page = sign_in(&stack, &browser, USER, USER).await;
    assert_eq!(page.url.query(), Some("notification=invalid_credentials"));
    assert_eq!(sign_in(&stack, &browser, USER, PASSWORD).await.url.path(), "/");
    let page = browser.open(&link).await;
    let used = browser.submit(&page, &fields).await;
    assert_eq!(used.url.path(), "/users/reset-password");
    assert_eq!(used.url.query(), Some("notification=invalid_token"));
}

#[tokio::test]
async fn nobody_learns_from_a_reset_whether_an_account_exists() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let known = ask_reset(&stack, &browser, USER).await;
    let unknown = ask_reset(&stack, &browser, NEW).await;

    assert_eq!((known.status, &known.url), (unknown.status, &unknown.url));
    let without_token =
        |page: &Page| page.body.lines().filter(|line| !line.contains("_csrf")).collect::<String>();
    assert_eq!(without_token(&known), without_token(&unknown));
    assert_eq!(stack.mails().await.len(), 1);
}

#[tokio::test]
async fn the_link_of_one_purpose_serves_no_other() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    ask_reset(&stack, &browser, USER).await;
    let reset = mailed_link(&stack).await;
    let token = reset.split('=').next_back().expect("a token");

    let url = format!("/users/sign-in-with-magic-link?magic_link_token={token}");
    let page = browser.open(&stack.identite(&url)).await;
    let refused = browser.submit(&page, &[]).await;

    assert_eq!(refused.url.query(), Some("notification=invalid_magic_link"));
}
