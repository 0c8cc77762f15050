//! Sign-ins through ProConnect Identité.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Browser, Callback, Page, Stack, decode};

/// Goes as far as the password page.
async fn password_page(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    browser.submit(&page, &[("email", email)]).await
}

async fn claims(stack: &Stack, callback: &Callback) -> Value {
    let service = stack.service();
    let tokens = service.tokens(callback).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    decode(&userinfo.text().await.expect("text"))
}

#[tokio::test]
async fn the_right_password_signs_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = password_page(&stack, &browser, "user@yopmail.com").await;
    assert_eq!(page.url.as_str(), stack.identite("/users/sign-in"));
    let page = browser.submit(&page, &[("password", "user@yopmail.com")]).await;

    let claims = claims(&stack, &Callback::of(&page)).await;
    assert_eq!(claims["email"], "user@yopmail.com");
    assert_eq!(claims["given_name"], "Jean");
    assert_eq!(claims["siret"], "13002526500013");
    assert_eq!(claims["idp_id"], "proconnect-identite");
    assert_eq!(claims["roles"], json!(["agent_public", "agent_public_etat"]));
    assert_eq!(claims["organization_label"], "Direction interministerielle du numerique - Dinum");
}

#[tokio::test]
async fn a_wrong_password_is_told_and_another_try_succeeds() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = password_page(&stack, &browser, "user@yopmail.com").await;
    let again = browser.submit(&page, &[("password", "wrong")]).await;

    assert_eq!(again.url.query(), Some("notification=invalid_credentials"));
    assert!(again.body.contains("Erreur : mot de passe incorrect."));
    assert!(again.body.contains("<title>Erreur - Accéder au compte - ProConnect</title>"));
    let done = browser.submit(&again, &[("password", "user@yopmail.com")]).await;
    assert!(!Callback::of(&done).code().is_empty());
}

#[tokio::test]
async fn an_unknown_address_may_become_an_account_or_be_changed() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let hub_page = browser.open(&stack.service().authorize_url(&[])).await;
    let page = browser.submit(&hub_page, &[("email", "nobody@inconnu.fr")]).await;

    assert_eq!(page.url.path(), "/users/sign-up");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("nobody@inconnu.fr"));
    let start = browser.open(&page.link("Changer d’adresse email")).await;
    assert_eq!(start.url.path(), hub_page.url.path(), "back to where the address was typed");
    assert!(start.body.contains("value=\"nobody@inconnu.fr\""), "{}", start.body);
    let page = browser.submit(&start, &[("email", "USER@yopmail.com")]).await;
    let done = browser.submit(&page, &[("password", "user@yopmail.com")]).await;
    assert!(!Callback::of(&done).code().is_empty());
}

#[tokio::test]
async fn several_organisations_give_a_choice() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = password_page(&stack, &browser, "plusieurs@yopmail.com").await;
    let choice = browser.submit(&page, &[("password", "plusieurs@yopmail.com")]).await;
    assert_eq!(choice.url.path(), "/users/select-organization");
    let refused = browser.submit(&choice, &[("organization_id", "20007184300060")]).await;
    assert_eq!(refused.url.path(), "/users/select-organization", "not one of theirs");
    let done = browser.submit(&refused, &[("organization_id", "21920023500014")]).await;

    let claims = claims(&stack, &Callback::of(&done)).await;
    assert_eq!(claims["siret"], "21920023500014");
    assert_eq!(claims["phone_number"], Value::Null, "the scope was not granted");
}

#[tokio::test]
async fn a_siret_hint_answers_the_choice() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let hints = [("login_hint", "plusieurs@yopmail.com"), ("siret_hint", "41816609600069")];

    let page = browser.open(&stack.service().authorize_url(&hints)).await;
    let done = browser.submit(&page, &[("password", "plusieurs@yopmail.com")]).await;

    assert_eq!(claims(&stack, &Callback::of(&done)).await["siret"], "41816609600069");
}

#[tokio::test]
async fn a_person_without_a_confirmed_organisation_must_wait() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = password_page(&stack, &browser, "moderation@yopmail.com").await;
    let page = browser.submit(&page, &[("password", "moderation@yopmail.com")]).await;

    assert_eq!(page.url.path(), "/users/unable-to-auto-join-organization");
    assert!(page.body.contains("Rattachement en cours"));
    assert!(page.body.contains("Commune de clamart - Mairie"));
}

#[tokio::test]
async fn the_profile_decides_the_level() {
    for (profile, level) in [
        (federation::Profile::Synthesis2025, "eidas1"),
        (federation::Profile::Production2026, "eidas0"),
    ] {
        let stack = Stack::with(|config| config.profile = profile).await;
        let (service, browser) = (stack.service(), Browser::new());
        let asked = [("claims", r#"{"id_token":{"acr":null,"amr":null}}"#)];

        let page = browser.open(&service.authorize_url(&asked)).await;
        let page = browser.submit(&page, &[("email", "user@yopmail.com")]).await;
        let page = browser.submit(&page, &[("password", "user@yopmail.com")]).await;

        let tokens = service.tokens(&Callback::of(&page)).await;
        let id_token = decode(tokens["id_token"].as_str().expect("text"));
        assert_eq!(id_token["acr"], level);
        assert_eq!(id_token["amr"], json!(["pwd"]));
    }
}

#[tokio::test]
async fn a_foreign_form_is_refused() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = password_page(&stack, &browser, "user@yopmail.com").await;
    let page = browser.submit(&page, &[("password", "user@yopmail.com"), ("_csrf", "wrong")]).await;

    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_password_page_needs_an_address_first() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    for path in ["/users/sign-in", "/users/sign-up", "/users/select-organization", "/"] {
        let page = browser.open(&stack.identite(path)).await;
        assert_eq!(page.url.path(), "/users/start-sign-in", "{path}");
    }
}
