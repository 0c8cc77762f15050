//! Who is told a challenge, how often it is good, and for whom.

use reqwest::{Method, StatusCode};

use super::device::Device;
use super::{
    CREATION, FIRST, PASSKEY, SECOND, USER, options, send, sign_in, sign_in_with,
    sign_in_with_both, start,
};
use crate::support::{Browser, Page, Stack};

const INVALID: &str = "notification=invalid_passkey";

async fn ask(stack: &Stack, browser: &Browser, path: &str) -> Page {
    browser.ask(Method::GET, &stack.identite(path), None).await
}

#[tokio::test]
async fn challenges_are_as_guarded_as_the_pages_that_ask_for_them() {
    let stack = Stack::start().await;
    let visitor = Browser::new();
    for path in [CREATION, FIRST, SECOND] {
        let answer = ask(&stack, &visitor, path).await;
        assert_eq!(answer.header("location"), "/users/start-sign-in", "{path}");
    }
    start(&stack, &visitor, USER).await;
    assert_eq!(ask(&stack, &visitor, FIRST).await.status, StatusCode::NOT_FOUND, "no passkey");

    let browser = Browser::new();
    sign_in(&stack, &browser, PASSKEY).await;
    options(&stack, &browser, SECOND).await;
    let answer = ask(&stack, &browser, CREATION).await;
    let asked = "/users/2fa-sign-in?notification=2fa_required";
    assert_eq!(answer.header("location"), asked, "a password alone adds no second passkey");
    sign_in_with_both(&stack, &browser, &mut Device::of_sample(&stack)).await;
    options(&stack, &browser, CREATION).await;
    stack.advance(15 * 60 + 1);
    let answer = ask(&stack, &browser, CREATION).await;
    let asked = "/users/start-sign-in?notification=login_required";
    assert_eq!(answer.header("location"), asked, "nor does an old sign-in");
}

#[tokio::test]
async fn nobody_leaves_a_passkey_with_an_address_that_is_not_proven() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = start(&stack, &browser, "victime@entreprise.example").await;
    browser.submit(&page, &[("password", "Tr0is-loups-gris")]).await;

    for path in [CREATION, "/users/passkey-configuration", "/users/double-authentication-choice"] {
        let answer = ask(&stack, &browser, path).await;
        assert_eq!(answer.header("location"), "/users/verify-email", "{path}");
    }
}

#[tokio::test]
async fn a_script_that_is_turned_away_is_no_page_to_come_back_to() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    browser.open(&stack.identite(CREATION)).await;

    let page = sign_in(&stack, &browser, USER).await;

    assert_eq!(page.url.path(), "/");
}

#[tokio::test]
async fn a_challenge_is_answered_once() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let mut device = Device::of_sample(&stack);
    let page = start(&stack, &browser, PASSKEY).await;
    let answer = device.get(&options(&stack, &browser, FIRST).await);

    let wrong = send(&browser, &page, "sign-in-with-passkey", "{}").await;
    assert_eq!(wrong.url.query(), Some(INVALID));
    let right = send(&browser, &page, "sign-in-with-passkey", &answer).await;
    assert_eq!(right.url.query(), Some(INVALID), "a wrong answer used it up");

    let answer = device.get(&options(&stack, &browser, FIRST).await);
    let done = send(&browser, &page, "sign-in-with-passkey", &answer).await;
    assert_eq!(done.url.path(), "/");
    let page = start(&stack, &browser, PASSKEY).await;
    let again = send(&browser, &page, "sign-in-with-passkey", &answer).await;
    assert_eq!(again.url.query(), Some(INVALID), "nor is a right answer good twice");
}

#[tokio::test]
async fn a_challenge_is_good_for_five_minutes() {
    let stack = Stack::start().await;
    for (wait, query) in [(299, None), (300, Some(INVALID))] {
        let (browser, mut device) = (Browser::new(), Device::of_sample(&stack));
        device.counter = u32::try_from(wait).expect("small");
        let page = start(&stack, &browser, PASSKEY).await;
        let answer = device.get(&options(&stack, &browser, FIRST).await);
        stack.advance(wait);
        let page = send(&browser, &page, "sign-in-with-passkey", &answer).await;
        assert_eq!(page.url.query(), query, "{wait}");
    }
}

#[tokio::test]
async fn a_challenge_belongs_to_one_session_purpose_and_person() {
    let stack = Stack::start().await;
    let mut device = Device::of_sample(&stack);
    let (one, other) = (Browser::new(), Browser::new());

    let page = start(&stack, &other, PASSKEY).await;
    options(&stack, &other, FIRST).await;
    start(&stack, &one, PASSKEY).await;
    let answer = device.get(&options(&stack, &one, FIRST).await);
    let refused = send(&other, &page, "sign-in-with-passkey", &answer).await;
    assert_eq!(refused.url.query(), Some(INVALID), "another session's");

    sign_in(&stack, &one, PASSKEY).await;
    let page = one.open(&stack.identite("/users/2fa-sign-in")).await;
    let creation = device.get(&options(&stack, &one, SECOND).await);
    let refused = send(&one, &page, "2fa-sign-in-with-passkey", &answer).await;
    assert_eq!(refused.url.query(), Some(INVALID), "another purpose's");
    let refused = send(&one, &page, "2fa-sign-in-with-passkey", &creation).await;
    assert_eq!(refused.url.query(), Some(INVALID), "used up by then");

    let page = start(&stack, &other, PASSKEY).await;
    let answer = device.get(&options(&stack, &other, FIRST).await);
    start(&stack, &other, USER).await;
    let refused = send(&other, &page, "sign-in-with-passkey", &answer).await;
    assert_eq!(refused.url.query(), Some(INVALID), "another person's");
    assert_eq!(other.open(&stack.identite("/")).await.url.path(), "/users/start-sign-in");
}

#[tokio::test]
async fn a_passkey_of_one_person_is_worth_nothing_to_another() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in_with(&stack, &browser, &mut Device::of_sample(&stack)).await;
    let (thief, mut own) = (Browser::new(), Device::new(&stack));
    sign_in(&stack, &thief, USER).await;
    let page = thief.open(&stack.identite("/users/passkey-configuration")).await;
    let answer = own.create(&options(&stack, &thief, CREATION).await);
    let page =
        thief.submit(&page, &[("webauthn_registration_response_string", answer.as_str())]).await;
    assert_eq!(page.url.path(), "/connection-and-account", "{}", page.body);

    let refused = sign_in_with(&stack, &Browser::new(), &mut own).await;
    assert_eq!(refused.url.query(), Some(INVALID));
    let action = format!("/delete-passkeys/{}", own.shown_id());
    let forged = action.replace(&own.shown_id(), &Device::of_sample(&stack).shown_id());
    let token =
        page.body.split("name=\"_csrf\" value=\"").nth(1).expect("a token")[..64].to_owned();
    let body = Some(format!("_csrf={token}"));
    let page = thief.ask(Method::POST, &stack.identite(&forged), body).await;
    assert!(page.header("location").ends_with("passkey_not_found"), "{:?}", page.location());
    let page = browser.open(&stack.identite("/connection-and-account")).await;
    assert!(page.body.contains("Clé de test"), "{}", page.body);
}

#[tokio::test]
async fn malformed_and_oversized_answers_are_refused() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let device = Device::of_sample(&stack);
    let id = device.shown_id();
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let empty = format!(
        r#"{{"id":"{id}","rawId":"{id}","type":"public-key","response":{{"authenticatorData":"","clientDataJSON":"","signature":""}}}}"#
    );
    let text = empty.replace("\"\"", "\"!\"");
    for answer in ["", "null", "{}", "[]", "\"", deep.as_str(), empty.as_str(), text.as_str()] {
        let page = start(&stack, &browser, PASSKEY).await;
        options(&stack, &browser, FIRST).await;
        let refused = send(&browser, &page, "sign-in-with-passkey", answer).await;
        assert_eq!(refused.url.query(), Some(INVALID), "{answer:.40}");
    }
    let page = start(&stack, &browser, PASSKEY).await;
    let refused = send(&browser, &page, "sign-in-with-passkey", &"a".repeat(70_000)).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_account_keeps_the_passkeys_of_its_definition() {
    let stack = Stack::start().await;
    let admin = stack.admin();
    let shown = admin.get("/accounts/passkey@yopmail.com").await;
    assert_eq!(shown["passkey"][0]["name"], "Clé de test");
    assert!(shown["passkey"][0]["private_key"].as_str().is_some(), "{shown}");

    let body = serde_json::json!({ "passkey": [] });
    admin.done(Method::PATCH, "/accounts/passkey@yopmail.com", body).await;
    let page = start(&stack, &Browser::new(), PASSKEY).await;
    assert!(!page.body.contains("clé d’accès"), "{}", page.body);

    let body = serde_json::json!({ "passkey": shown["passkey"] });
    admin.done(Method::PATCH, "/accounts/user@yopmail.com", body).await;
    let browser = Browser::new();
    let page = start(&stack, &browser, USER).await;
    let answer = Device::of_sample(&stack).get(&options(&stack, &browser, FIRST).await);
    assert_eq!(send(&browser, &page, "sign-in-with-passkey", &answer).await.url.path(), "/");

    let body = serde_json::json!({ "passkey": [{ "credential_id": "AQID", "private_key": "x" }] });
    let (status, answer) = admin.ask(Method::PATCH, "/accounts/user@yopmail.com", Some(body)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
    assert!(answer.to_string().contains("private_key"), "{answer}");
}
