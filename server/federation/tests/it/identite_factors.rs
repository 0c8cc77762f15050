//! Second factors at ProConnect Identité, and the settings in which people manage them.

mod settings;

use crate::support::{Browser, Page, Stack};

const USER: &str = "user@yopmail.com";

/// Signs in with an account whose password is its address, without a service waiting.
async fn sign_in(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", email)]).await;
    browser.submit(&page, &[("password", email)]).await
}
