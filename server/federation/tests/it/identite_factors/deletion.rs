//! The end of an account.

use reqwest::StatusCode;

use super::{SHOWN, USER, from_service, sign_in, subjects};
use crate::support::{Browser, Callback, Stack};

#[tokio::test]
async fn an_account_ends_with_everything_that_was_handed_out_for_it() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    let page = from_service(&stack, &browser, &[SHOWN], USER).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let access = tokens["access_token"].as_str().expect("text");
    assert_eq!(service.userinfo(access).await.status(), StatusCode::OK);
    let elsewhere = Browser::new();
    sign_in(&stack, &elsewhere, USER).await;

    let page = browser.open(&stack.identite("/connection-and-account")).await;
    let page = browser.submit_to(&page, "/users/delete", &[]).await;

    assert_eq!(page.url.path(), "/users/start-sign-in");
    assert_eq!(page.url.query(), Some("notification=user_successfully_deleted"));
    assert!(page.body.contains("Votre compte a été supprimé."), "{}", page.body);
    assert_eq!(subjects(&stack).await, ["Suppression de compte"]);
    assert_eq!(service.userinfo(access).await.status(), StatusCode::UNAUTHORIZED);
    let again = browser.open(&service.authorize_url(&[])).await;
    assert!(again.url.path().starts_with("/api/v2/interaction/"), "the hub knows nobody");
    for browser in [&browser, &elsewhere] {
        let home = browser.open(&stack.identite("/")).await;
        assert_eq!(home.url.path(), "/users/start-sign-in");
    }
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", USER)]).await;
    assert_eq!(page.url.path(), "/users/sign-up", "the address is free again");
}

#[tokio::test]
async fn an_account_that_was_deleted_takes_no_one_else_with_it() {
    let stack = Stack::start().await;
    let (leaving, staying) = (Browser::new(), Browser::new());
    let service = stack.service();
    let page = from_service(&stack, &staying, &[SHOWN], "prive@yopmail.com").await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    Callback::of(&from_service(&stack, &leaving, &[SHOWN], USER).await);

    let page = leaving.open(&stack.identite("/connection-and-account")).await;
    leaving.submit_to(&page, "/users/delete", &[]).await;

    let access = tokens["access_token"].as_str().expect("text");
    assert_eq!(service.userinfo(access).await.status(), StatusCode::OK);
    Callback::of(&staying.open(&service.authorize_url(&[])).await);
}
