//! Accounts of ProConnect Identité, from the address to the names, with the codes and links that
//! were really mailed.

mod abuse;
mod email_code;
mod limits;
mod links;
mod personal;
mod sign_up;

use federation::Config;

use crate::support::{Browser, Page, Stack};

/// A password that every rule allows.
const PASSWORD: &str = "Tr0is-loups-gris";
const NEW: &str = "ada@entreprise.example";
const USER: &str = "user@yopmail.com";

fn check_browsers(config: &mut Config) {
    config.identite.browser_check = true;
}

/// Types an address at ProConnect Identité, without a service waiting.
async fn start(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    browser.submit(&page, &[("login", email)]).await
}

/// Goes on with a password.
async fn sign_in(stack: &Stack, browser: &Browser, email: &str, password: &str) -> Page {
    let page = start(stack, browser, email).await;
    browser.submit(&page, &[("password", password)]).await
}

/// Opens an account and proves its address.
async fn sign_up(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = sign_in(stack, browser, email, PASSWORD).await;
    assert_eq!(page.url.path(), "/users/verify-email", "{}", page.body);
    confirm(stack, browser, &page).await
}

/// Types the code that was mailed.
async fn confirm(stack: &Stack, browser: &Browser, page: &Page) -> Page {
    let code = stack.mailed_code().await;
    browser.submit(page, &[("verify_email_token", &code)]).await
}

/// The link in the latest mail.
async fn mailed_link(stack: &Stack) -> String {
    let mails = stack.mails().await;
    let text = mails.last().expect("a mail")["text"].as_str().expect("text");
    text.lines().find(|line| line.starts_with("http")).expect("a link").to_owned()
}

/// What the title of a page must be.
fn title(page: &Page) -> &str {
    let start = page.body.find("<title>").expect("a title") + 7;
    &page.body[start..start + page.body[start..].find('<').expect("its end")]
}
