//! Setting an authenticator up, because a service demands it or in the settings.

use serde_json::json;

use super::{
    DEMANDED, ON_DEMAND, SHOWN, USER, assert_wrong_code, from_service, production, shown_key,
    sign_in, sign_in_twice, subjects, told, type_code, with_code,
};
use crate::support::{Browser, Page, Stack};

/// Goes on from the page that asks which second factor to set up.
async fn to_configuration(browser: &Browser, page: &Page) -> Page {
    assert_eq!(page.url.path(), "/users/double-authentication-choice", "{}", page.body);
    let page = browser.submit(page, &[("radio-2fa", "totp")]).await;
    assert_eq!(page.url.path(), "/users/is-totp-app-installed");
    let page = browser.submit(&page, &[("totp-tool-type", "application")]).await;
    assert_eq!(page.url.path(), "/users/totp-configuration");
    page
}

#[tokio::test]
async fn a_service_that_demands_a_second_factor_has_it_set_up() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = from_service(&stack, &browser, &[DEMANDED], USER).await;
    assert!(page.body.contains("« Application locale »"), "{}", page.body);
    let page = to_configuration(&browser, &page).await;
    let key = shown_key(&page);

    assert_wrong_code(&type_code(&browser, &page, "000 000").await);
    let again = browser.open(&stack.identite("/users/totp-configuration")).await;
    assert_eq!(shown_key(&again), key, "a reload keeps the key");
    let ready = type_code(&browser, &again, &stack.totp(&key, 0)).await;
    assert_eq!(ready.url.path(), "/users/2fa-successfully-configured");
    assert!(ready.body.contains(">Continuer sur Application locale</button>"), "{}", ready.body);
    let done = browser.submit(&ready, &[]).await;

    assert_eq!(told(&stack, &done).await, ("eidas0-mfa".into(), with_code()));
    assert_eq!(subjects(&stack).await, ["Double authentification activée"]);
    // It is not asked for by services that do not demand it.
    let done = from_service(&stack, &Browser::new(), &[SHOWN], USER).await;
    assert_eq!(told(&stack, &done).await.1, json!(["pwd"]));
    // But it is by the others.
    let page = from_service(&stack, &Browser::new(), &[DEMANDED], USER).await;
    assert_eq!(page.url.path(), "/users/2fa-sign-in");
}

#[tokio::test]
async fn somebody_who_came_by_a_link_sets_it_up_since_another_mail_would_prove_nothing() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[DEMANDED])).await;
    let page = browser.submit(&page, &[("email", USER)]).await;
    browser.submit_to(&page, "send-magic-link", &[]).await;
    let mails = stack.mails().await;
    let text = mails.last().expect("a mail")["text"].as_str().expect("text");
    let link = text.lines().find(|line| line.starts_with("http")).expect("a link");
    let page = browser.submit(&browser.open(link).await, &[]).await;
    let page = to_configuration(&browser, &page).await;

    let ready = type_code(&browser, &page, &stack.totp(&shown_key(&page), 0)).await;
    let done = browser.submit(&ready, &[]).await;

    assert_eq!(told(&stack, &done).await, ("eidas1-mfa".into(), json!(["mail", "otp", "mfa"])));
}

#[tokio::test]
async fn a_service_without_a_name_is_this_service() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    sign_in(&stack, &browser, USER).await;

    let page = browser.open(&stack.identite("/users/double-authentication-choice")).await;

    assert!(page.body.contains("Pour continuer vers ce service"), "{}", page.body);
}

#[tokio::test]
async fn keys_have_the_documented_form() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;

    let page = browser.open(&stack.identite("/users/totp-configuration")).await;
    let key = shown_key(&page);

    let groups: Vec<&str> = key.split(' ').collect();
    assert_eq!(groups.len(), 13, "32 bytes: {key}");
    assert!(groups.iter().all(|group| group.len() == 4 && *group == group.to_lowercase()));
    let uri = format!(
        "otpauth://totp/ProConnect:user%40yopmail.com?secret={}&#38;issuer=ProConnect\
         &#38;algorithm=SHA1&#38;digits=6&#38;period=30",
        key.replace(' ', "").to_uppercase()
    );
    assert!(page.body.contains(&uri), "{}", page.body);
    assert!(page.body.contains("<svg class=\"qr-code\" role=\"img\" aria-labelledby=\"qr-title\""));
}

#[tokio::test]
async fn a_key_belongs_to_the_session_in_which_it_was_drawn() {
    let stack = Stack::start().await;
    let (one, other, third) = (Browser::new(), Browser::new(), Browser::new());
    let mut pages = Vec::new();
    for (browser, email) in [(&one, USER), (&other, USER), (&third, "prive@yopmail.com")] {
        sign_in(&stack, browser, email).await;
        pages.push(browser.open(&stack.identite("/users/totp-configuration")).await);
    }
    let code = stack.totp(&shown_key(&pages[0]), 0);

    assert_wrong_code(&type_code(&other, &pages[1], &code).await);
    assert_wrong_code(&type_code(&third, &pages[2], &code).await);
    let ready = type_code(&one, &pages[0], &code).await;
    assert_eq!(ready.url.path(), "/users/2fa-successfully-configured");
    // Somebody else who signs in in the same browser gets a key of their own.
    sign_in(&stack, &other, "prive@yopmail.com").await;
    let page = other.open(&stack.identite("/users/totp-configuration")).await;
    assert_ne!(shown_key(&page), shown_key(&pages[1]));
}

#[tokio::test]
async fn a_password_alone_replaces_no_authenticator() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, ON_DEMAND.0).await;

    for path in ["/users/double-authentication-choice", "/users/totp-configuration"] {
        let page = browser.open(&stack.identite(path)).await;
        assert_eq!(page.url.path(), "/users/2fa-sign-in", "{path}");
    }
    let url = stack.identite("/users/totp-configuration");
    let body = Some("totpToken=000000".to_owned());
    let posted = browser.ask(reqwest::Method::POST, &url, body).await;
    assert_eq!(posted.header("location"), "/users/2fa-sign-in?notification=2fa_required");
}

#[tokio::test]
async fn an_unproven_address_gets_no_authenticator() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", "ada@entreprise.example")]).await;
    browser.submit(&page, &[("password", "Tr0is-loups-gris")]).await;

    let page = browser.open(&stack.identite("/users/totp-configuration")).await;

    assert_eq!(page.url.path(), "/users/verify-email");
}

#[tokio::test]
async fn an_enrolment_takes_a_recent_sign_in() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = from_service(&stack, &browser, &[DEMANDED], USER).await;
    stack.advance(15 * 60 + 1);

    let late = browser.submit(&page, &[("radio-2fa", "totp")]).await;

    assert_eq!(late.url.path(), "/users/start-sign-in");
    assert_eq!(late.url.query(), Some("notification=login_required"));
}

#[tokio::test]
async fn an_authenticator_is_added_and_replaced_in_the_settings() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;
    let settings = browser.open(&stack.identite("/connection-and-account")).await;
    assert!(!settings.body.contains("Où voulez-vous activer"), "{}", settings.body);
    let page = browser.open(&settings.link("Configurer la double authentification")).await;
    let page = browser.submit(&page, &[("radio-2fa", "totp")]).await;
    assert_eq!(page.url.path(), "/totp-configuration");
    let first = shown_key(&page);

    let settings = type_code(&browser, &page, &stack.totp(&first, 0)).await;

    assert_eq!(settings.url.query(), Some("notification=authenticator_added"));
    assert!(settings.body.contains("<h3>FreeOTP Authenticator</h3>"), "{}", settings.body);
    assert!(settings.body.contains("ajoutée le 2 mars 2026"), "{}", settings.body);
    assert!(settings.body.contains("value=\"false\" checked"), "on demand");
    let page = browser.open(&stack.identite("/totp-configuration")).await;
    assert!(page.body.contains("La nouvelle la remplacera"), "{}", page.body);
    let second = shown_key(&page);
    assert_ne!(second, first);
    stack.advance(60);
    type_code(&browser, &page, &stack.totp(&second, 0)).await;
    stack.advance(60);
    let other = Browser::new();
    let page = sign_in(&stack, &other, USER).await;
    assert_eq!(page.url.path(), "/");
    let page = other.open(&stack.identite("/connection-and-account")).await;
    assert_wrong_code(&type_code(&other, &page, &stack.totp(&first, 0)).await);
    let page = type_code(&other, &page, &stack.totp(&second, 0)).await;
    assert_eq!(page.url.path(), "/connection-and-account");
    let added = "Double authentification activée";
    assert_eq!(subjects(&stack).await, [added, added]);
}

#[tokio::test]
async fn people_with_a_second_factor_change_it_after_showing_it() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = sign_in_twice(&stack, &browser, ON_DEMAND).await;

    assert_eq!(page.url.path(), "/connection-and-account");
    let page = browser.open(&stack.identite("/users/double-authentication-choice")).await;
    assert_eq!(page.url.path(), "/users/double-authentication-choice");
}
