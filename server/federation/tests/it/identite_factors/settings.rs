//! The page "Compte et connexion".

use reqwest::{Method, StatusCode};

use super::{
    ALWAYS, ON_DEMAND, SHOWN, USER, check_browsers, from_service, sign_in, sign_in_twice, subjects,
    told, type_code,
};
use crate::support::{Browser, Page, Stack};

const SETTINGS: &str = "/connection-and-account";

/// The forms of the page and of those that it leads to.
const FORMS: [&str; 9] = [
    "/set-force-2fa",
    "/delete-totp-configuration",
    "/delete-trusted-browser",
    "/delete-trusted-browsers",
    "/users/delete",
    "/double-authentication",
    "/totp-configuration",
    "/mfa-decision-helper",
    "/mfa-decision-helper/can-install-software",
];

/// The other forms about second factors.
const ON_THE_WAY: [&str; 7] = [
    "/users/2fa-sign-in-with-totp",
    "/users/double-authentication-choice",
    "/users/is-totp-app-installed",
    "/users/totp-configuration",
    "/users/2fa-successfully-configured",
    "/users/mfa-decision-helper",
    "/users/mfa-decision-helper/can-install-software",
];

async fn settings(stack: &Stack, browser: &Browser) -> Page {
    browser.open(&stack.identite(SETTINGS)).await
}

#[test]
fn the_list_of_forms_is_complete() {
    let posts: usize = [
        include_str!("../../../src/http/identite/settings.rs"),
        include_str!("../../../src/http/identite/enrolment.rs"),
        include_str!("../../../src/http/identite/second_factor.rs"),
        include_str!("../../../src/http/identite/advice.rs"),
    ]
    .iter()
    .map(|routes| routes.matches("post(").count() - routes.matches("_post(").count())
    .sum();

    assert_eq!(posts, FORMS.len() + ON_THE_WAY.len());
}

#[tokio::test]
async fn people_see_how_they_signed_in() {
    let stack = Stack::start().await;
    let (browser, other) = (Browser::new(), Browser::new());
    told(&stack, &from_service(&stack, &other, &[SHOWN], ON_DEMAND.0).await).await;
    stack.advance(60);

    let page = sign_in_twice(&stack, &browser, ON_DEMAND).await;

    assert!(page.body.contains("<title>Compte et connexion - ProConnect</title>"), "{}", page.body);
    for shown in [
        "<strong>2 mars 2026 à 10 h 00</strong>, pour « Application locale »",
        "Par mot de passe, Navigateur sur un autre système",
        "<strong>2 mars 2026 à 10 h 01</strong><br>",
        "Par mot de passe et code à usage unique, Navigateur sur un autre système",
    ] {
        assert!(page.body.contains(shown), "{shown}\n{}", page.body);
    }
}

#[tokio::test]
async fn settings_take_a_recent_sign_in_and_lead_back() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;
    stack.advance(15 * 60);
    let page = settings(&stack, &browser).await;
    assert_eq!(page.url.path(), SETTINGS);
    stack.advance(1);

    let page = settings(&stack, &browser).await;
    assert_eq!(page.url.path(), "/users/start-sign-in");
    assert_eq!(page.url.query(), Some("notification=login_required"));
    let page = browser.submit(&page, &[("login", USER)]).await;
    let page = browser.submit(&page, &[("password", USER)]).await;

    assert_eq!(page.url.path(), SETTINGS);
}

#[tokio::test]
async fn settings_take_the_second_factor_after_a_recent_sign_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in_twice(&stack, &browser, ON_DEMAND).await;
    stack.advance(15 * 60 + 1);

    let page = settings(&stack, &browser).await;
    assert_eq!(page.url.query(), Some("notification=login_required"));
    let page = browser.submit(&page, &[("login", ON_DEMAND.0)]).await;
    let page = browser.submit(&page, &[("password", ON_DEMAND.0)]).await;

    assert_eq!(page.url.path(), "/users/2fa-sign-in");
    assert_eq!(page.url.query(), Some("notification=2fa_required"));
    assert!(page.body.contains("validez votre double authentification"), "{}", page.body);
    let page = type_code(&browser, &page, &stack.totp(ON_DEMAND.1, 0)).await;
    assert_eq!(page.url.path(), SETTINGS);
}

#[tokio::test]
async fn a_form_that_came_too_late_is_not_sent_again() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = sign_in_twice(&stack, &browser, ON_DEMAND).await;
    stack.advance(15 * 60 + 1);

    let late = browser.submit_to(&page, "/delete-totp-configuration", &[]).await;
    assert_eq!(late.url.path(), "/users/start-sign-in");
    let page = browser.submit(&late, &[("login", ON_DEMAND.0)]).await;
    browser.submit(&page, &[("password", ON_DEMAND.0)]).await;

    let page = settings(&stack, &browser).await;
    let page = type_code(&browser, &page, &stack.totp(ON_DEMAND.1, 0)).await;
    assert!(page.body.contains("<h3>FreeOTP Authenticator</h3>"), "{}", page.body);
    assert!(subjects(&stack).await.is_empty());
}

#[tokio::test]
async fn all_services_or_those_that_demand_it() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = sign_in_twice(&stack, &browser, ON_DEMAND).await;

    let page = browser.submit_to(&page, "/set-force-2fa", &[("force_2fa", "true")]).await;
    assert_eq!(page.url.query(), Some("notification=2fa_successfully_enabled"));
    let forced = from_service(&stack, &Browser::new(), &[SHOWN], ON_DEMAND.0).await;
    assert_eq!(forced.url.path(), "/users/2fa-sign-in");
    assert!(subjects(&stack).await.is_empty(), "no mail says so");

    for _ in 0..2 {
        let page = browser.submit_to(&page, "/set-force-2fa", &[("force_2fa", "false")]).await;
        assert_eq!(page.url.query(), Some("notification=2fa_successfully_disabled"));
    }
    let done = from_service(&stack, &Browser::new(), &[SHOWN], ON_DEMAND.0).await;
    assert_eq!(told(&stack, &done).await.1, serde_json::json!(["pwd"]));
    let subject = "Désactivation de la validation avec la double authentification";
    assert_eq!(subjects(&stack).await, [subject, subject], "even if it was so before");
}

#[tokio::test]
async fn nobody_without_a_second_factor_can_have_it_asked_for() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;
    let page = settings(&stack, &browser).await;
    let token =
        page.body.split("name=\"_csrf\" value=\"").nth(1).expect("a token")[..64].to_owned();

    for value in ["true", "false", "nonsense"] {
        let body = format!("_csrf={token}&force_2fa={value}");
        let page = browser.ask(Method::POST, &stack.identite("/set-force-2fa"), Some(body)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
    }
}

#[tokio::test]
async fn without_the_authenticator_nothing_is_asked_for() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = sign_in(&stack, &browser, ALWAYS.0).await;
    let code = stack.totp(ALWAYS.1, 0);
    type_code(&browser, &page, &code).await;
    let page = settings(&stack, &browser).await;

    let page = browser.submit_to(&page, "/delete-totp-configuration", &[]).await;

    assert_eq!(page.url.query(), Some("notification=authenticator_successfully_deleted"));
    assert!(!page.body.contains("FreeOTP"), "{}", page.body);
    let subject = "Suppression d'une application d'authentification à double facteur";
    assert_eq!(subjects(&stack).await, [subject]);
    let done = from_service(&stack, &Browser::new(), &[SHOWN], ALWAYS.0).await;
    assert_eq!(told(&stack, &done).await.1, serde_json::json!(["pwd"]));
}

#[tokio::test]
async fn with_a_passkey_left_the_choice_stays() {
    let stack = Stack::with(|config| {
        let mut passkeys = Vec::new();
        for account in &mut config.accounts {
            passkeys.append(&mut account.passkeys);
        }
        let mut accounts = config.accounts.iter_mut();
        let always = accounts.find(|account| account.email.as_str() == ALWAYS.0);
        always.expect("a sample account").passkeys = passkeys;
    })
    .await;
    let browser = Browser::new();
    let page = from_service(&stack, &browser, &[SHOWN], ALWAYS.0).await;
    assert!(page.body.contains("2fa-sign-in-with-passkey"), "{}", page.body);
    type_code(&browser, &page, &stack.totp(ALWAYS.1, 0)).await;

    let page = settings(&stack, &browser).await;
    let page = browser.submit_to(&page, "/delete-totp-configuration", &[]).await;

    assert!(page.body.contains("value=\"true\" checked"), "still for all services: {}", page.body);
    let page = from_service(&stack, &Browser::new(), &[SHOWN], ALWAYS.0).await;
    assert_eq!(page.url.path(), "/users/2fa-sign-in");
    assert!(!page.body.contains("totpToken"), "{}", page.body);
}

#[tokio::test]
async fn trusted_browsers_are_listed_and_removed() {
    let stack = Stack::with(check_browsers).await;
    let (browser, other) = (Browser::new(), Browser::new());
    for browser in [&other, &browser] {
        let page = sign_in(&stack, browser, USER).await;
        let code = stack.mailed_code().await;
        browser.submit(&page, &[("verify_email_token", &code)]).await;
        stack.advance(60);
    }
    let page = settings(&stack, &browser).await;
    assert_eq!(page.body.matches("action=\"/delete-trusted-browser\"").count(), 2);
    assert_eq!(page.body.matches("(ce navigateur)").count(), 1);
    assert!(page.body.contains("Depuis le 2 mars 2026, vu le 2 mars 2026 à 10 h"), "{}", page.body);

    // The one that was seen last stands first: it is this one.
    let second = page.body.rsplit("name=\"browser\" value=\"").next().expect("another one");
    let second = &second[..43];
    let page = browser.submit_to(&page, "/delete-trusted-browser", &[("browser", second)]).await;
    assert_eq!(page.url.query(), Some("notification=trusted_browser_deleted"));
    assert_eq!(sign_in(&stack, &other, USER).await.url.path(), "/users/verify-email");
    for name in [second, "nonsense", ""] {
        let again = browser.submit_to(&page, "/delete-trusted-browser", &[("browser", name)]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "{name}");
    }

    let gone = browser.submit_to(&page, "/delete-trusted-browsers", &[]).await;
    assert_eq!(gone.url.path(), "/users/verify-email", "this one is not known either");
}

#[tokio::test]
async fn a_browser_is_removed_by_its_owner_only() {
    let stack = Stack::with(check_browsers).await;
    let (owner, other) = (Browser::new(), Browser::new());
    let mut pages = Vec::new();
    for (browser, email) in [(&owner, USER), (&other, "prive@yopmail.com")] {
        let page = sign_in(&stack, browser, email).await;
        let code = stack.mailed_code().await;
        browser.submit(&page, &[("verify_email_token", &code)]).await;
        pages.push(settings(&stack, browser).await);
    }
    let name = pages[0].body.split("name=\"browser\" value=\"").nth(1).expect("a browser");

    let refused =
        other.submit_to(&pages[1], "/delete-trusted-browser", &[("browser", &name[..43])]).await;

    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(settings(&stack, &owner).await.url.path(), SETTINGS);
}

#[tokio::test]
async fn the_password_can_be_replaced() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;
    let page = settings(&stack, &browser).await;

    let page = browser.submit_to(&page, "/users/reset-password", &[]).await;

    assert_eq!(page.url.query(), Some("notification=reset_password_email_sent"));
    assert_eq!(subjects(&stack).await, ["Instructions pour la réinitialisation du mot de passe"]);
}
