//! Passkeys at ProConnect Identité, by a device made of the test account's key.

mod ceremony;
mod device;
mod guards;

use reqwest::Method;
use serde_json::Value;

use crate::support::{Browser, Page, Stack};
use device::Device;

const PASSKEY: &str = "passkey@yopmail.com";
const USER: &str = "user@yopmail.com";

const CREATION: &str = "/api/webauthn/generate-registration-options";
const FIRST: &str = "/api/webauthn/generate-authentication-options-for-first-factor";
const SECOND: &str = "/api/webauthn/generate-authentication-options-for-second-factor";

/// Types an address, without a service waiting.
async fn start(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    browser.submit(&page, &[("login", email)]).await
}

/// Signs in with an account whose password is its address.
async fn sign_in(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = start(stack, browser, email).await;
    browser.submit_to(&page, "\"/users/sign-in\"", &[("password", email)]).await
}

/// What a script is told, which must be JSON.
async fn options(stack: &Stack, browser: &Browser, path: &str) -> Value {
    let answer = browser.ask(Method::GET, &stack.identite(path), None).await;
    assert_eq!(answer.status, 200, "{path}: {:?} {}", answer.location(), answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

/// Sends what the device answers to a question with the page's form.
async fn send(browser: &Browser, page: &Page, action: &str, answer: &str) -> Page {
    browser.submit_to(page, action, &[("webauthn_authentication_response_string", answer)]).await
}

/// Signs in with a passkey alone.
async fn sign_in_with(stack: &Stack, browser: &Browser, device: &mut Device) -> Page {
    let page = start(stack, browser, PASSKEY).await;
    let answer = device.get(&options(stack, browser, FIRST).await);
    send(browser, &page, "/users/sign-in-with-passkey", &answer).await
}

/// Signs in with a password and a passkey.
async fn sign_in_with_both(stack: &Stack, browser: &Browser, device: &mut Device) -> Page {
    sign_in(stack, browser, PASSKEY).await;
    let page = browser.open(&stack.identite("/users/2fa-sign-in")).await;
    let answer = device.get(&options(stack, browser, SECOND).await);
    send(browser, &page, "/users/2fa-sign-in-with-passkey", &answer).await
}
