//! Answers of FranceConnect that were tampered with, or brought to another session.

use reqwest::{Method, StatusCode};
use url::Url;

use super::*;

/// Signs in where FranceConnect is needed, and stops at its answer: the address of the callback.
async fn answered(stack: &Stack, browser: &Browser, email: &str) -> Url {
    let page =
        sign_in(stack, browser, email, &[("claims", &demand(&["eidas1", "eidas1-mfa"]))]).await;
    let page = citizens(browser, &page).await;
    let csrf = page.body.split("name=\"csrfToken\" value=\"").nth(1).expect("a token");
    let body = format!("csrfToken={}&citizen=lea-fontaine", &csrf[..64]);
    let answer = browser.ask(Method::POST, page.url.as_str(), Some(body)).await;
    let callback = answer.location().expect("a redirect");
    assert_eq!(callback.path(), "/users/franceconnect/login/callback");
    callback
}

/// The same address with another value of a parameter, or without it.
fn with(url: &Url, name: &str, value: Option<&str>) -> Url {
    let kept: Vec<(String, String)> =
        url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
    let mut changed = url.clone();
    changed.query_pairs_mut().clear().extend_pairs(kept);
    if let Some(value) = value {
        changed.query_pairs_mut().append_pair(name, value);
    }
    changed
}

fn assert_refused(page: &Page, row: &str) {
    assert_eq!(page.url.path(), FRANCE_CONNECT, "{row}");
    assert_eq!(page.url.query(), Some("notification=franceconnect_oidc_error"), "{row}");
}

#[tokio::test]
async fn an_answer_that_was_tampered_with_confirms_nothing() {
    let stack = Stack::with(production).await;
    let rows = [
        ("another state", "state", Some("x")),
        ("no state", "state", None),
        ("another issuer", "iss", Some("https://evil.test")),
        ("no issuer", "iss", None),
        ("another code", "code", Some("x")),
        ("no code", "code", None),
    ];
    for (row, name, value) in rows {
        let browser = Browser::new();
        let callback = answered(&stack, &browser, EMPLOYEE).await;

        let page = browser.open(with(&callback, name, value).as_str()).await;

        assert_refused(&page, row);
        // The true answer comes too late after that.
        assert_refused(&browser.open(callback.as_str()).await, row);
    }
}

#[tokio::test]
async fn an_answer_counts_once_and_in_its_own_session_only() {
    let stack = Stack::with(production).await;
    let (browser, other) = (Browser::new(), Browser::new());
    let callback = answered(&stack, &browser, EMPLOYEE).await;
    let theirs = answered(&stack, &other, "prive@yopmail.com").await;

    assert_refused(&other.open(callback.as_str()).await, "somebody else's answer");
    let nobody = Browser::new().open(theirs.as_str()).await;
    assert_eq!(nobody.url.path(), "/users/start-sign-in", "nobody is signed in");
    let done = browser.open(callback.as_str()).await;
    assert_eq!(id_token(&stack, &done).await["acr"], "eidas1");

    assert_refused(&browser.open(callback.as_str()).await, "a second time");
}

#[tokio::test]
async fn a_code_that_was_issued_for_another_visit_has_another_nonce_and_verifier() {
    let stack = Stack::with(production).await;
    let (browser, other) = (Browser::new(), Browser::new());
    let callback = answered(&stack, &browser, EMPLOYEE).await;
    let theirs = answered(&stack, &other, "prive@yopmail.com").await;
    let code =
        theirs.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();

    let page = browser.open(with(&callback, "code", Some(&code)).as_str()).await;

    assert_refused(&page, "an injected code");
}

#[tokio::test]
async fn forms_of_others_are_refused() {
    let stack = Stack::with(production).await;
    let browser = Browser::new();
    let page =
        sign_in(&stack, &browser, EMPLOYEE, &[("claims", &demand(&["eidas1", "eidas1-mfa"]))])
            .await;
    let page = citizens(&browser, &page).await;
    let refused =
        browser.ask(Method::POST, page.url.as_str(), Some("citizen=noe-perrin".to_owned())).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let foreign = Browser::new().open(page.url.as_str()).await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST, "{}", foreign.body);
    let nobody = browser.submit(&page, &[("citizen", "personne")]).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
    assert!(nobody.body.contains("Erreur : choisissez une personne."), "{}", nobody.body);
}

#[tokio::test]
async fn pages_of_a_certification_that_is_not_going_on_lead_on() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", EMPLOYEE)]).await;
    browser.submit(&page, &[("password", EMPLOYEE)]).await;
    for path in ["/users/welcome/dirigeant", "/users/certification-dirigeant/close-match-error"] {
        let page = browser.open(&stack.identite(path)).await;
        assert_eq!(page.url.path(), "/", "{path}");
    }
    let page = browser.open(&stack.identite("/interaction/x/error?error=server_error")).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST, "{}", page.body);
}
