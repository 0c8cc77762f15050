//! Identities that FranceConnect confirms at ProConnect Identité, and the certification of
//! leaders that follows from them.

mod certification;
mod hostile;
mod identity;

use federation::{Config, Profile};
use serde_json::Value;

use crate::support::{Browser, Callback, Fields, Page, Stack, decode};

const FRANCE_CONNECT: &str = "/users/franceconnect";
const SELECT: &str = "/users/select-organization";
const CERTIFICATION: &str = "https://proconnect.gouv.fr/assurance/certification-dirigeant";
const DAY: i64 = 24 * 3600;

/// Accounts of the sample.
const EMPLOYEE: &str = "user@yopmail.com";
const CONFIRMED: &str = "identite@yopmail.com";
const LEADER: &str = "dirigeante@yopmail.com";
const NEW_LEADER: &str = "dirigeant@yopmail.com";

/// Establishments of the sample and of the shipped register.
const DINUM: &str = "13002526500013";
const SOLO: &str = "99990018600019";
const WORKSHOP: &str = "99990016000014";
const CRAFT: &str = "99990017800016";
const WORKS: &str = "99990015200011";
const ASSOCIATION: &str = "99990019400013";

fn production(config: &mut Config) {
    config.profile = Profile::Production2026;
}

/// A demand for one of these levels.
fn demand(levels: &[&str]) -> String {
    let acr = serde_json::json!({ "essential": true, "values": levels });
    serde_json::json!({ "id_token": { "acr": acr, "amr": null } }).to_string()
}

/// Signs in with an account whose password is its address.
async fn sign_in(stack: &Stack, browser: &Browser, email: &str, changes: Fields<'_>) -> Page {
    let page = browser.open(&stack.service().authorize_url(changes)).await;
    let page = browser.submit(&page, &[("email", email)]).await;
    if page.url.path() == "/users/sign-in" {
        browser.submit(&page, &[("password", email)]).await
    } else {
        page
    }
}

/// Signs in for a service that demands the certification.
async fn sign_in_as_leader(stack: &Stack, browser: &Browser, email: &str) -> Page {
    sign_in(stack, browser, email, &[("claims", &demand(&[CERTIFICATION]))]).await
}

/// Goes from the page that leads to FranceConnect to the citizens.
async fn citizens(browser: &Browser, page: &Page) -> Page {
    assert_eq!(page.url.path(), FRANCE_CONNECT, "{}", page.body);
    let page = browser.submit(page, &[]).await;
    assert!(page.url.path().starts_with("/franceconnect/interaction/"), "{}", page.body);
    page
}

/// Has an identity confirmed, and comes back.
pub(crate) async fn confirm_identity(browser: &Browser, page: &Page, citizen: &str) -> Page {
    let page = citizens(browser, page).await;
    browser.submit(&page, &[("citizen", citizen)]).await
}

async fn select(browser: &Browser, page: &Page, siret: &str) -> Page {
    assert_eq!(page.url.path(), SELECT, "{}", page.body);
    browser.submit(page, &[("organization_id", siret)]).await
}

/// The claims of the ID token that the service receives.
async fn id_token(stack: &Stack, page: &Page) -> Value {
    assert!(page.location().is_some(), "{}: {}", page.url, page.body);
    let tokens = stack.service().tokens(&Callback::of(page)).await;
    decode(tokens["id_token"].as_str().expect("text"))
}

/// The claims that userinfo gives the service.
async fn userinfo(stack: &Stack, page: &Page) -> Value {
    let service = stack.service();
    let tokens = service.tokens(&Callback::of(page)).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    decode(&userinfo.text().await.expect("text"))
}
