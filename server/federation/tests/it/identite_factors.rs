//! Second factors at ProConnect Identité, and the settings in which people manage them.

mod advice;
mod deletion;
mod enrolment;
mod settings;
mod totp;

use federation::{Config, Profile};
use serde_json::{Value, json};

use crate::support::{Browser, Callback, Fields, Page, Stack, decode};

const USER: &str = "user@yopmail.com";

/// Has an authenticator, for services that demand a second factor.
const ON_DEMAND: (&str, &str) = ("authenticator@yopmail.com", "t5jzubj5i5l2amrqosajo64rs7c5ob5s");

/// Has an authenticator, for all services.
const ALWAYS: (&str, &str) = ("toujours@yopmail.com", "h6xfida4pwyeglw6v2q4rpue5g2bvmjx");

const SHOWN: (&str, &str) = ("claims", r#"{"id_token":{"acr":null,"amr":null}}"#);
const DEMANDED: (&str, &str) = (
    "claims",
    r#"{"id_token":{"amr":null,"acr":{"essential":true,"values":["eidas0-mfa","eidas1-mfa"]}}}"#,
);

fn check_browsers(config: &mut Config) {
    config.identite.browser_check = true;
}

fn production(config: &mut Config) {
    config.profile = Profile::Production2026;
}

/// Signs in with an account whose password is its address, without a service waiting.
async fn sign_in(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", email)]).await;
    browser.submit(&page, &[("password", email)]).await
}

/// The same with a code of the account's authenticator.
async fn sign_in_twice(stack: &Stack, browser: &Browser, (email, key): (&str, &str)) -> Page {
    let page = sign_in(stack, browser, email).await;
    let settings = browser.open(&stack.identite("/connection-and-account")).await;
    assert_eq!(settings.url.path(), "/users/2fa-sign-in", "after {}", page.url);
    type_code(browser, &settings, &stack.totp(key, 0)).await
}

async fn type_code(browser: &Browser, page: &Page, code: &str) -> Page {
    browser.submit_to(page, "totp", &[("totpToken", code)]).await
}

/// Comes from a service and types address and password.
async fn from_service(stack: &Stack, browser: &Browser, asked: Fields<'_>, email: &str) -> Page {
    let page = browser.open(&stack.service().authorize_url(asked)).await;
    let page = browser.submit(&page, &[("email", email)]).await;
    browser.submit(&page, &[("password", email)]).await
}

/// The level and methods that the service is told.
async fn told(stack: &Stack, page: &Page) -> (Value, Value) {
    let tokens = stack.service().tokens(&Callback::of(page)).await;
    let id_token = decode(tokens["id_token"].as_str().expect("text"));
    (id_token["acr"].clone(), id_token["amr"].clone())
}

/// The key on the page that sets an authenticator up.
fn shown_key(page: &Page) -> String {
    let key = page.body.split("id=\"humanReadableTotpKey\">").nth(1).expect("a key");
    key[..key.find('<').expect("its end")].to_owned()
}

async fn subjects(stack: &Stack) -> Vec<String> {
    let subject = |mail: &Value| mail["subject"].as_str().expect("a subject").to_owned();
    stack.mails().await.iter().map(subject).collect()
}

fn assert_wrong_code(page: &Page) {
    assert_eq!(page.url.query(), Some("notification=invalid_totp_token"), "{}", page.body);
    assert!(page.body.contains("id=\"totpToken-error\" role=\"alert\">Code invalide.</p>"));
    assert!(page.body.contains("aria-describedby=\"totpToken-hint totpToken-error\""));
    assert!(page.body.contains("<title>Erreur - "), "{}", page.body);
}

fn with_code() -> Value {
    json!(["pwd", "otp", "mfa"])
}
