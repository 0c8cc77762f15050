//! Signing in with the code of an authenticator.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{
    ALWAYS, DEMANDED, ON_DEMAND, SHOWN, assert_wrong_code, check_browsers, from_service,
    production, sign_in, sign_in_twice, told, type_code, with_code,
};
use crate::support::{Browser, Folder, Stack, config};

const LIMITED: StatusCode = StatusCode::TOO_MANY_REQUESTS;

#[tokio::test]
async fn a_code_is_asked_for_when_the_service_demands_it() {
    for (change, level) in [(production as fn(&mut _), "eidas0-mfa"), (|_| {}, "eidas1-mfa")] {
        let (stack, browser) = (Stack::with(change).await, Browser::new());
        let page = from_service(&stack, &browser, &[DEMANDED], ON_DEMAND.0).await;
        assert_eq!(page.url.path(), "/users/2fa-sign-in", "{}", page.body);
        let title = "<title>Se connecter avec la double authentification - ProConnect</title>";
        assert!(page.body.contains(title), "{}", page.body);

        let done = type_code(&browser, &page, &stack.totp(ON_DEMAND.1, 0)).await;

        assert_eq!(told(&stack, &done).await, (level.into(), with_code()));
        assert!(stack.mails().await.is_empty());
    }
}

#[tokio::test]
async fn no_code_is_asked_for_when_none_is_demanded() {
    for change in [production as fn(&mut _), |_| {}] {
        let (stack, browser) = (Stack::with(change).await, Browser::new());
        let done = from_service(&stack, &browser, &[SHOWN], ON_DEMAND.0).await;
        assert_eq!(told(&stack, &done).await.1, json!(["pwd"]));
    }
}

#[tokio::test]
async fn people_can_have_it_asked_for_by_all_services() {
    for change in [production as fn(&mut _), |_| {}] {
        let (stack, browser) = (Stack::with(change).await, Browser::new());
        let page = from_service(&stack, &browser, &[SHOWN], ALWAYS.0).await;
        assert_eq!(page.url.path(), "/users/2fa-sign-in", "{}", page.body);
        let done = type_code(&browser, &page, &stack.totp(ALWAYS.1, 0)).await;
        assert_eq!(told(&stack, &done).await.1, with_code());
    }
}

#[tokio::test]
async fn a_second_service_may_demand_more_of_somebody_who_is_signed_in() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let done = from_service(&stack, &browser, &[SHOWN], ON_DEMAND.0).await;
    assert_eq!(told(&stack, &done).await.1, json!(["pwd"]));

    let page = browser.open(&stack.service().authorize_url(&[DEMANDED])).await;
    let page = browser.submit(&page, &[("email", ON_DEMAND.0)]).await;
    assert_eq!(page.url.path(), "/users/2fa-sign-in", "the password is known");
    let done = type_code(&browser, &page, &stack.totp(ON_DEMAND.1, 0)).await;
    assert_eq!(told(&stack, &done).await, ("eidas0-mfa".into(), with_code()));

    let page = browser.open(&stack.service().authorize_url(&[DEMANDED])).await;
    assert_eq!(told(&stack, &page).await.1, with_code(), "nothing is asked for a third time");
}

#[tokio::test]
async fn clocks_may_be_wrong_by_a_minute_and_no_more() {
    let stack = Stack::start().await;
    for (drift, right) in [(-60, true), (0, true), (60, true), (-90, false), (90, false)] {
        // No code is taken that is older than one that was taken before.
        stack.advance(15 * 60);
        let browser = Browser::new();
        let page = from_service(&stack, &browser, &[DEMANDED], ON_DEMAND.0).await;
        let next = type_code(&browser, &page, &stack.totp(ON_DEMAND.1, drift)).await;
        if right {
            assert_eq!(told(&stack, &next).await.1, with_code(), "{drift}");
        } else {
            assert_wrong_code(&next);
        }
    }
}

#[tokio::test]
async fn a_code_is_good_once_and_for_one_account() {
    let stack = Stack::start().await;
    let (one, other) = (Browser::new(), Browser::new());
    let code = stack.totp(ON_DEMAND.1, 0);
    let page = from_service(&stack, &one, &[DEMANDED], ON_DEMAND.0).await;
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    told(&stack, &type_code(&one, &page, &spaced).await).await;

    let page = from_service(&stack, &other, &[DEMANDED], ON_DEMAND.0).await;
    assert_wrong_code(&type_code(&other, &page, &code).await);
    let older = stack.totp(ON_DEMAND.1, -30);
    assert_wrong_code(&type_code(&other, &page, &older).await);
    assert_wrong_code(&type_code(&other, &page, &stack.totp(ALWAYS.1, 0)).await);
    stack.advance(30);
    let done = type_code(&other, &page, &stack.totp(ON_DEMAND.1, 0)).await;
    assert_eq!(told(&stack, &done).await.1, with_code());
}

#[tokio::test]
async fn five_codes_in_a_quarter_of_an_hour() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = from_service(&stack, &browser, &[DEMANDED], ON_DEMAND.0).await;
    for _ in 0..5 {
        assert_wrong_code(&type_code(&browser, &page, "000000").await);
    }

    let limited = type_code(&browser, &page, &stack.totp(ON_DEMAND.1, 0)).await;

    assert_eq!(limited.status, LIMITED);
    assert_eq!(limited.hook("error-section-title"), "Accès temporairement limité.");
    let elsewhere = Browser::new();
    let page = from_service(&stack, &elsewhere, &[DEMANDED], ON_DEMAND.0).await;
    let limited = type_code(&elsewhere, &page, &stack.totp(ON_DEMAND.1, 0)).await;
    assert_eq!(limited.status, LIMITED, "it counts by address");
    stack.advance(15 * 60);
    let done = type_code(&elsewhere, &page, &stack.totp(ON_DEMAND.1, 0)).await;
    assert_eq!(told(&stack, &done).await.1, with_code());
}

#[tokio::test]
async fn setting_up_an_authenticator_counts_as_signing_in_with_it() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in_twice(&stack, &browser, ON_DEMAND).await;
    let page = browser.open(&stack.identite("/totp-configuration")).await;
    for _ in 0..4 {
        assert_wrong_code(&type_code(&browser, &page, "000000").await);
    }

    assert_eq!(type_code(&browser, &page, "000000").await.status, LIMITED);
}

#[tokio::test]
async fn a_code_makes_a_browser_known_without_a_mail() {
    let stack = Stack::with(check_browsers).await;
    let browser = Browser::new();

    let page = from_service(&stack, &browser, &[DEMANDED], ON_DEMAND.0).await;
    let done = type_code(&browser, &page, &stack.totp(ON_DEMAND.1, 0)).await;

    assert_eq!(told(&stack, &done).await.1, with_code());
    assert!(stack.mails().await.is_empty());
    assert!(browser.cookie("trusted-browser").is_some());
}

#[tokio::test]
async fn an_address_is_proven_again_before_a_code_is_asked_for() {
    let stack = Stack::with(|config| {
        let mut accounts = config.accounts.iter_mut();
        let account = accounts.find(|account| account.email.as_str() == ALWAYS.0);
        account.expect("a sample account").email_verified_days_ago = 91;
    })
    .await;
    let browser = Browser::new();

    let page = sign_in(&stack, &browser, ALWAYS.0).await;
    assert_eq!(page.url.query(), Some("notification=email_verification_renewal"));
    let code = stack.mailed_code().await;
    let page = browser.submit(&page, &[("verify_email_token", &code)]).await;

    assert_eq!(page.url.path(), "/users/2fa-sign-in");
    let home = type_code(&browser, &page, &stack.totp(ALWAYS.1, 0)).await;
    assert_eq!(home.url.path(), "/");
}

#[tokio::test]
async fn authenticators_outlive_a_restart_and_those_of_the_configuration_a_lost_key() {
    let folder = Folder::new();
    let key = folder.path().join("sealing.key");
    for (round, lost) in [false, false, true].into_iter().enumerate() {
        if lost {
            std::fs::remove_file(&key).expect("the key was there");
        }
        let stack = Stack::build(config(|_| {}), Some(folder.path())).await;
        // The clock starts anew, and no code is good twice.
        stack.advance(60 * i64::try_from(round).expect("small"));
        let browser = Browser::new();
        let page = from_service(&stack, &browser, &[DEMANDED], ON_DEMAND.0).await;
        let done = type_code(&browser, &page, &stack.totp(ON_DEMAND.1, 0)).await;
        assert_eq!(told(&stack, &done).await.1, with_code(), "round {round}");
        stack.federation.stop().await;
    }
}

#[tokio::test]
async fn a_session_that_was_known_before_a_code_is_worth_nothing_after() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = from_service(&stack, &browser, &[DEMANDED], ON_DEMAND.0).await;
    let before = browser.cookie("identite_session").expect("a session");

    type_code(&browser, &page, &stack.totp(ON_DEMAND.1, 0)).await;

    assert_ne!(browser.cookie("identite_session").expect("a session"), before);
    let planted = Browser::new();
    planted.set_cookie("identite_session", &before);
    let page = planted.open(&stack.identite("/connection-and-account")).await;
    assert_eq!(page.url.path(), "/users/start-sign-in");
}

#[tokio::test]
async fn testers_find_key_and_code_on_the_home_page() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = browser.open(&stack.hub("/")).await;

    for (_, key) in [ON_DEMAND, ALWAYS] {
        assert!(page.body.contains(key), "{}", page.body);
        let code = format!("Code du moment : <code>{}</code>", stack.totp(key, 0));
        assert!(page.body.contains(&code), "{code}\n{}", page.body);
    }
}

#[tokio::test]
async fn accounts_get_authenticators_by_the_admin_api() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let path = format!("/accounts/{}", super::USER);
    let with = |secret: &str| Some(json!({ "totp_secret": secret }));

    let (status, problem) = stack.admin().ask(Method::PATCH, &path, with("trop court")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    assert!(problem.to_string().contains("at least 16 bytes in base32"), "{problem}");
    let everywhere = Some(json!({ "second_factor_everywhere": true }));
    let (status, problem) = stack.admin().ask(Method::PATCH, &path, everywhere).await;
    assert!(status.is_client_error(), "{problem}");
    assert!(problem.to_string().contains("asked for everywhere, and none"), "{problem}");
    let (status, shown) = stack.admin().ask(Method::PATCH, &path, with(ALWAYS.1)).await;
    assert_eq!(status, StatusCode::OK, "{shown}");
    assert_eq!(shown["totp_secret"], ALWAYS.1);

    let page = from_service(&stack, &browser, &[DEMANDED], super::USER).await;
    let done = type_code(&browser, &page, &stack.totp(ALWAYS.1, 0)).await;
    assert_eq!(told(&stack, &done).await.1, with_code());
}

#[tokio::test]
async fn somebody_without_a_second_factor_is_not_asked_for_one() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, super::USER).await;

    let page = browser.open(&stack.identite("/users/2fa-sign-in")).await;

    assert_eq!(page.url.path(), "/");
}
