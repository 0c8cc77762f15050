//! Levels of people who sign in at ProConnect Identité: a second factor when it is demanded, and
//! only then.

use serde_json::{Value, json};

use crate::support::{Browser, Callback, Fields, Page, Stack, decode};

const USER: &str = "user@yopmail.com";
const OTHER: &str = "prive@yopmail.com";
const SHOWN: (&str, &str) = ("claims", r#"{"id_token":{"acr":null,"amr":null}}"#);
const DEMANDED: (&str, &str) = (
    "claims",
    r#"{"id_token":{"amr":null,"acr":{"essential":true,"values":["eidas1-mfa","eidas2"]}}}"#,
);

/// Goes on from the email page with an account whose password is its address.
async fn sign_in(browser: &Browser, page: &Page, email: &str) -> Page {
    let form = browser.submit(page, &[("email", email)]).await;
    assert_eq!(form.url.path(), "/users/sign-in", "{}", form.body);
    browser.submit(&form, &[("password", email)]).await
}

/// Types the code that was mailed.
async fn confirm(stack: &Stack, browser: &Browser, page: &Page) -> Page {
    assert_eq!(page.url.path(), "/api/v2/verify-email", "{}", page.body);
    let code = stack.mailed_code().await;
    browser.submit(page, &[("code", &code)]).await
}

/// The level and methods that the service is told.
async fn told(stack: &Stack, page: &Page) -> (Value, Value) {
    let tokens = stack.service().tokens(&Callback::of(page)).await;
    let id_token = decode(tokens["id_token"].as_str().expect("text"));
    (id_token["acr"].clone(), id_token["amr"].clone())
}

async fn ask(stack: &Stack, browser: &Browser, changes: Fields<'_>) -> Page {
    browser.open(&stack.service().authorize_url(changes)).await
}

#[tokio::test]
pub(crate) async fn ap1_no_second_factor_is_asked_for_when_none_is_demanded() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = ask(&stack, &browser, &[SHOWN]).await;
    let page = sign_in(&browser, &page, USER).await;

    assert_eq!(told(&stack, &page).await, ("eidas1".into(), json!(["pwd"])));
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
pub(crate) async fn ap2_a_second_factor_is_asked_for_when_it_is_demanded() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = ask(&stack, &browser, &[DEMANDED]).await;
    let page = sign_in(&browser, &page, USER).await;
    let page = confirm(&stack, &browser, &page).await;

    assert_eq!(told(&stack, &page).await, ("eidas1-mfa".into(), json!(["pwd", "mail"])));
}

#[tokio::test]
pub(crate) async fn ap3_a_second_request_may_demand_more_than_the_first() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = ask(&stack, &browser, &[SHOWN]).await;
    let page = sign_in(&browser, &page, USER).await;
    assert_eq!(told(&stack, &page).await.0, "eidas1");

    let page = ask(&stack, &browser, &[DEMANDED]).await;
    // The password is still known to ProConnect Identité: only the code is new.
    let page = browser.submit(&page, &[("email", USER)]).await;
    let page = confirm(&stack, &browser, &page).await;

    assert_eq!(told(&stack, &page).await, ("eidas1-mfa".into(), json!(["pwd", "mail"])));
}

#[tokio::test]
pub(crate) async fn ap4_another_person_at_the_second_request_has_factors_of_their_own() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = ask(&stack, &browser, &[SHOWN]).await;
    let page = sign_in(&browser, &page, USER).await;
    assert_eq!(told(&stack, &page).await.0, "eidas1");

    let page = ask(&stack, &browser, &[DEMANDED]).await;
    let page = sign_in(&browser, &page, OTHER).await;
    let page = confirm(&stack, &browser, &page).await;

    assert_eq!(told(&stack, &page).await, ("eidas1-mfa".into(), json!(["pwd", "mail"])));
    let mails = stack.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["to"][0]["address"], OTHER);
}
