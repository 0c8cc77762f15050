//! The code by email, ProConnect's own second factor.

use federation::{Config, Profile};
use reqwest::StatusCode;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::support::{Browser, Callback, Folder, Page, Stack, config, decode};

/// A demand for one of these levels.
fn demand(values: &str) -> String {
    format!(r#"{{"id_token":{{"amr":null,"acr":{{"essential":true,"values":[{values}]}}}}}}"#)
}

/// Today's production, with interactions that outlive codes.
fn production(config: &mut Config) {
    config.profile = Profile::Production2026;
    config.lifetimes.interaction = 7200;
}

/// Signs in at fia2, which is not told the demand; ends on the page that asks for the code.
async fn asked(stack: &Stack, browser: &Browser, values: &str) -> Page {
    let claims = demand(values);
    stack.service().sign_in(browser, "test@fia2.fr", &[("claims", &claims)], &[]).await
}

#[tokio::test]
pub(crate) async fn ev4_the_right_code_raises_the_level() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());

    let page = asked(&stack, &browser, "\"eidas1-mfa\"").await;

    assert_eq!(page.url.path(), "/api/v2/verify-email");
    assert!(page.body.contains("Confirmer votre adresse email"));
    assert!(page.body.contains("Insérer le code à 8 chiffres reçu par email"));
    assert!(page.body.contains("Code de vérification envoyé"));
    assert!(page.body.contains("Vérifiez les emails envoyés à test@fia2.fr."));
    assert!(page.body.contains("data-testid=\"verify-email-resend-button\" disabled"));
    let code = stack.mailed_code().await;
    assert_eq!(code.len(), 8);
    let spaced = format!(" {} {} ", &code[..4], &code[4..]);
    let answer = browser.submit(&page, &[("code", &spaced)]).await;
    let tokens = stack.service().tokens(&Callback::of(&answer)).await;
    let id_token = decode(tokens["id_token"].as_str().expect("text"));
    assert_eq!(id_token["acr"], "eidas1-mfa");
    assert_eq!(id_token["amr"], json!(["pwd", "mail"]));
}

#[tokio::test]
async fn in_the_profile_2025_a_code_of_ten_digits_is_worth_eidas2() {
    let rows = [("\"eidas2\"", "eidas2"), ("\"eidas2\",\"eidas1-mfa\"", "eidas1-mfa")];
    for (values, level) in rows {
        let (stack, browser) = (Stack::start().await, Browser::new());

        let page = asked(&stack, &browser, values).await;
        assert!(page.body.contains("Insérer le code à 10 chiffres reçu par email"));
        let code = stack.mailed_code().await;
        assert_eq!(code.len(), 10);
        let answer = browser.submit(&page, &[("code", &code)]).await;

        let tokens = stack.service().tokens(&Callback::of(&answer)).await;
        assert_eq!(decode(tokens["id_token"].as_str().expect("text"))["acr"], level, "{values}");
    }
}

#[tokio::test]
async fn a_service_may_follow_another_profile_than_the_federation() {
    let stack = Stack::with(|config| {
        config.services[0].profile = Some(Profile::Production2026);
    })
    .await;
    let browser = Browser::new();

    let page = asked(&stack, &browser, "\"eidas2\"").await;

    assert_eq!(Callback::of(&page).get("error"), "access_denied");
    assert!(stack.mails().await.is_empty(), "no code is asked for in vain");
}

#[tokio::test]
pub(crate) async fn ev1_an_mfa_address_passes_the_demand_on_and_needs_no_code() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let claims = demand("\"eidas1-mfa\"");
    let (service, changes) = (stack.service(), [("claims", claims.as_str())]);

    let page = browser.open(&service.authorize_url(&changes)).await;
    let form = browser.submit(&page, &[("email", "test+mfa@fia2.fr")]).await;
    assert_eq!(form.hook("requested-acr"), "eidas1-mfa");
    // The form proposes the first level that was asked for.
    let answer = browser.submit(&form, &[]).await;

    let tokens = service.tokens(&Callback::of(&answer)).await;
    assert_eq!(decode(tokens["id_token"].as_str().expect("text"))["acr"], "eidas1-mfa");
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
pub(crate) async fn ev2_loading_the_page_again_sends_no_second_mail() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = asked(&stack, &browser, "\"eidas1-mfa\"").await;

    browser.open(page.url.as_str()).await;
    let other = Browser::new();
    asked(&stack, &other, "\"eidas1-mfa\"").await;
    assert_eq!(stack.mails().await.len(), 1, "one code an address");

    stack.advance(3600);
    browser.open(page.url.as_str()).await;
    assert_eq!(stack.mails().await.len(), 2, "the first one expired");
}

#[tokio::test]
async fn another_code_can_be_had_after_ten_minutes() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = asked(&stack, &browser, "\"eidas1-mfa\"").await;
    let first = stack.mailed_code().await;

    stack.advance(599);
    let early = browser.submit_to(&page, "verify-email/resend", &[]).await;
    assert_eq!(stack.mails().await.len(), 1, "the server decides, not the button");
    assert!(early.body.contains(" disabled"));

    stack.advance(1);
    let due = browser.open(page.url.as_str()).await;
    assert!(!due.body.contains(" disabled"));
    let resent = browser.submit_to(&due, "verify-email/resend", &[]).await;
    assert!(resent.body.contains(" disabled"));
    assert_eq!(stack.mails().await.len(), 2);
    let refused = browser.submit(&resent, &[("code", &first)]).await;
    assert_eq!(refused.hook("error-code"), "Y170003", "the first code is replaced");
    let answer = browser.submit(&refused, &[("code", &stack.mailed_code().await)]).await;
    assert!(!Callback::of(&answer).code().is_empty());
}

#[tokio::test]
pub(crate) async fn ev3_a_wrong_code_is_refused_on_the_page() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = asked(&stack, &browser, "\"eidas1-mfa\"").await;

    for wrong in ["00000000", "", "abc"] {
        let refused = browser.submit(&page, &[("code", wrong)]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert_eq!(refused.hook("error-message"), "Le code rentré est invalide ou expiré.");
        assert_eq!(refused.hook("error-code"), "Y170003");
    }
    stack.advance(3600);
    let expired = browser.submit(&page, &[("code", &stack.mailed_code().await)]).await;
    assert_eq!(expired.hook("error-code"), "Y170003");
}

#[tokio::test]
async fn a_code_is_good_for_one_use_and_one_address() {
    let (stack, first, second) = (Stack::with(production).await, Browser::new(), Browser::new());
    let page = asked(&stack, &first, "\"eidas1-mfa\"").await;
    let other = asked(&stack, &second, "\"eidas1-mfa\"").await;
    let code = stack.mailed_code().await;
    Callback::of(&first.submit(&page, &[("code", &code)]).await).code();

    let used = second.submit(&other, &[("code", &code)]).await;

    assert_eq!(used.hook("error-code"), "Y170003");
}

#[tokio::test]
pub(crate) async fn ev6_the_eleventh_try_within_five_minutes_is_refused() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = asked(&stack, &browser, "\"eidas1-mfa\"").await;
    let code = stack.mailed_code().await;
    for _ in 0..10 {
        let refused = browser.submit(&page, &[("code", "00000000")]).await;
        assert_eq!(refused.hook("error-code"), "Y170003");
    }

    let limited = browser.submit(&page, &[("code", &code)]).await;

    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(limited.hook("error-code"), "Y170001");
    assert_eq!(
        limited.hook("error-message"),
        "Vous avez dépassé le nombre de tentatives autorisées. Veuillez réessayer plus tard."
    );
    stack.advance(300);
    let answer = browser.submit(&page, &[("code", &code)]).await;
    assert!(!Callback::of(&answer).code().is_empty(), "the tries are forgotten");
}

#[tokio::test]
pub(crate) async fn ev5_so5_a_session_with_a_typed_code_is_reused() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = asked(&stack, &browser, "\"eidas1-mfa\"").await;
    browser.submit(&page, &[("code", &stack.mailed_code().await)]).await;

    let claims = demand("\"eidas1-mfa\",\"eidas2\"");
    let url = stack.service().authorize_url(&[("claims", &claims)]);
    let tokens = stack.service().tokens(&Callback::of(&browser.open(&url).await)).await;

    let id_token = decode(tokens["id_token"].as_str().expect("text"));
    assert_eq!(id_token["acr"], "eidas1-mfa");
    assert_eq!(id_token["amr"], json!(["pwd", "mail"]));
    assert_eq!(stack.mails().await.len(), 1);
}

#[tokio::test]
pub(crate) async fn so4_a_session_is_not_reused_when_a_second_factor_is_demanded() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let service = stack.service();
    service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;

    let claims = demand("\"eidas1-mfa\"");
    let page = browser.open(&service.authorize_url(&[("claims", &claims)])).await;

    assert!(page.body.contains("Choix du compte"), "the email page again: {}", page.url);
}

#[tokio::test]
async fn eidas2_is_proven_anew_each_time() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = asked(&stack, &browser, "\"eidas2\"").await;
    browser.submit(&page, &[("code", &stack.mailed_code().await)]).await;

    let claims = demand("\"eidas2\"");
    let page = browser.open(&stack.service().authorize_url(&[("claims", &claims)])).await;

    assert!(page.body.contains("Choix du compte"), "the email page again: {}", page.url);
}

#[tokio::test]
async fn without_a_sign_in_that_waits_nothing_is_sent() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[])).await;

    let error = browser.open(&stack.hub("/api/v2/verify-email")).await;
    assert!(error.hook("error-code").contains("session-not-found"));

    let form = browser.submit(&page, &[("email", "test@fia1.fr")]).await;
    browser.submit(&form, &[]).await;
    let error = browser.open(&stack.hub("/api/v2/verify-email")).await;
    assert!(error.hook("error-code").contains("session-not-found"), "it is over");
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn the_form_needs_the_token_of_its_session() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = asked(&stack, &browser, "\"eidas1-mfa\"").await;

    for path in ["verify-email", "verify-email/resend"] {
        let error = browser.submit_to(&page, path, &[("csrfToken", "wrong")]).await;
        assert_eq!(error.hook("error-code"), "- code erreur : Y470001", "{path}");
    }
}

#[tokio::test]
async fn a_mail_that_cannot_be_sent_is_told() {
    let folder = Folder::new();
    let stack = Stack::build(config(production), Some(folder.path())).await;
    let file = SqliteConnectOptions::new().filename(folder.path().join("federation.sqlite"));
    let database = SqlitePoolOptions::new().connect_with(file).await.expect("the database");
    sqlx::query("ALTER TABLE mail RENAME TO lost").execute(&database).await.expect("renamed");
    let browser = Browser::new();

    let page = asked(&stack, &browser, "\"eidas1-mfa\"").await;
    assert_eq!(page.hook("error-code"), "Y170002");
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!page.body.contains("Code de vérification envoyé"));

    sqlx::query("ALTER TABLE lost RENAME TO mail").execute(&database).await.expect("renamed");
    let page = browser.open(page.url.as_str()).await;
    let answer = browser.submit(&page, &[("code", &stack.mailed_code().await)]).await;
    assert!(!Callback::of(&answer).code().is_empty(), "it is sent when the page is loaded again");
}

#[tokio::test]
async fn where_no_codes_are_sent_the_demand_is_refused() {
    let stack = Stack::with(|config| config.features.email_code = false).await;

    let page = asked(&stack, &Browser::new(), "\"eidas1-mfa\"").await;

    assert_eq!(Callback::of(&page).get("error"), "access_denied");
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn the_developer_is_told_what_production_would_refuse() {
    let told = "Accepté par le profil 2025 ; la production de 2026 répondrait access_denied.";
    for (values, expected) in [("\"eidas2\"", true), ("\"eidas1-mfa\"", false)] {
        let (stack, browser) = (Stack::start().await, Browser::new());
        let page = asked(&stack, &browser, values).await;
        browser.submit(&page, &[("code", &stack.mailed_code().await)]).await;

        let requests = browser.open(&stack.hub("/demandes")).await;

        assert_eq!(requests.body.contains(told), expected, "{values}");
    }
}
