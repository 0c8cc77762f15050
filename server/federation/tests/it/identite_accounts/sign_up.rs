//! The address, a new account, and its names.

use reqwest::{Method, StatusCode};

use super::{NEW, PASSWORD, USER, confirm, sign_in, sign_up, start, title};
use crate::support::{Browser, Stack};

#[tokio::test]
async fn a_new_account_is_opened_and_its_address_proven() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = start(&stack, &browser, " Ada@Entreprise.example ").await;
    assert_eq!(title(&page), "Choisir un mot de passe - ProConnect");
    assert!(page.body.contains("Nouveau compte"), "{}", page.body);
    assert!(stack.mails().await.is_empty());
    let page = browser.submit(&page, &[("password", PASSWORD)]).await;

    assert_eq!(title(&page), "Vérifier votre email - ProConnect");
    assert!(page.body.contains("Code de vérification envoyé"), "{}", page.body);
    assert_eq!(page.link("la boîte des courriels envoyés"), stack.mail("/"));
    let mail = stack.mails().await.pop().expect("a mail");
    assert_eq!(mail["subject"], "Vérification de votre adresse email");
    assert_eq!(mail["to"][0]["address"], NEW);
    let code = stack.mailed_code().await;
    assert_eq!(code.len(), 10);
    assert!(mail["html"].as_str().expect("text").contains(&code));
    let spaced = format!(" {} {} ", &code[..5], &code[5..]);
    let home = browser.submit(&page, &[("verify_email_token", &spaced)]).await;
    assert_eq!(home.url.path(), "/");
    assert!(home.body.contains(&format!("Bonjour {NEW}")), "{}", home.body);

    let again = sign_in(&stack, &Browser::new(), NEW, &format!(" {PASSWORD}\n")).await;
    assert_eq!(again.url.path(), "/", "white space around a password comes from the clipboard");
    assert_eq!(stack.mails().await.len(), 1, "the address is proven");
}

#[tokio::test]
async fn bad_passwords_open_no_account() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let rows = [
        ("short", "weak_password", "ne suit pas les règles"),
        (NEW, "weak_password", "ne suit pas les règles"),
        ("Password123!", "leaked_password", "trop répandu"),
    ];
    for (password, key, text) in rows {
        let page = sign_in(&stack, &browser, NEW, password).await;
        assert_eq!(page.url.path(), "/users/sign-up");
        assert_eq!(page.url.query(), Some(format!("notification={key}").as_str()));
        assert!(page.body.contains(text), "{}", page.body);
        assert_eq!(title(&page), "Erreur - Choisir un mot de passe - ProConnect");
    }

    assert!(stack.mails().await.is_empty());
    assert_eq!(start(&stack, &browser, NEW).await.url.path(), "/users/sign-up");
}

#[tokio::test]
async fn an_address_with_a_password_is_not_taken_over() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    start(&stack, &browser, USER).await;

    let page = browser.open(&stack.identite("/users/sign-up")).await;
    let page = browser.submit(&page, &[("password", PASSWORD)]).await;

    assert_eq!(page.url.query(), Some("notification=email_unavailable"));
    assert_eq!(sign_in(&stack, &browser, USER, USER).await.url.path(), "/");
}

#[tokio::test]
async fn a_misspelt_address_is_pointed_out_with_the_one_that_is_meant() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = start(&stack, &browser, "ada@gmial.com").await;
    assert_eq!(page.url.path(), "/users/start-sign-in");
    assert!(page.body.contains("Erreur : adresse email invalide."), "{}", page.body);
    assert!(page.body.contains(r#"value="ada@gmial.com""#), "what was typed stays");
    let page = browser.open(&page.link("ada@gmail.com")).await;
    let page = browser.submit(&page, &[]).await;
    assert_eq!(page.url.path(), "/users/sign-up");

    let page = start(&stack, &browser, "no address").await;
    assert_eq!(title(&page), "Erreur - S'inscrire ou se connecter - ProConnect");
    assert!(page.body.contains(r#"value="no address""#), "{}", page.body);
}

#[tokio::test]
async fn people_say_what_they_are_called() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_up(&stack, &browser, NEW).await;
    let page = browser.open(&stack.identite("/users/personal-information")).await;
    assert_eq!(title(&page), "Renseigner votre identité - ProConnect");

    for (given, family) in [("\u{200b}", "Byron"), ("Ada", "L0velace"), ("", "")] {
        let fields = [("given_name", given), ("family_name", family)];
        let refused = browser.submit(&page, &fields).await;
        assert_eq!(refused.url.query(), Some("notification=invalid_personal_informations"));
    }
    let fields = [("given_name", " Ada "), ("family_name", "d’Aubigné-Lovelace")];
    let home = browser.submit(&page, &fields).await;

    assert_eq!(home.url.path(), "/");
    assert!(home.body.contains("Bonjour Ada d’Aubigné-Lovelace"), "{}", home.body);
}

#[tokio::test]
async fn people_come_back_to_the_page_that_they_asked_for() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = browser.open(&stack.identite("/users/personal-information?a=b")).await;
    assert_eq!(page.url.path(), "/users/start-sign-in");
    let page = browser.submit(&page, &[("login", USER)]).await;
    let page = browser.submit(&page, &[("password", USER)]).await;
    assert_eq!(page.url.as_str(), stack.identite("/users/personal-information?a=b"));

    // The session ends; the form is not sent again, but its page is shown.
    stack.advance(24 * 3600 + 1);
    let fields = [("given_name", "Zoé"), ("family_name", "Autre")];
    let page = browser.submit(&page, &fields).await;
    assert_eq!(page.url.path(), "/users/start-sign-in");
    let page = browser.submit(&page, &[("login", USER)]).await;
    let home = browser.submit(&page, &[("password", USER)]).await;
    let shown = browser.open(&stack.identite("/")).await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(shown.body.contains("Bonjour Jean User"), "{}", shown.body);
}

#[tokio::test]
async fn a_reset_of_the_federation_leaves_the_configured_accounts_only() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_up(&stack, &browser, NEW).await;
    sign_in(&stack, &browser, USER, USER).await;
    let page = browser.open(&stack.identite("/users/personal-information")).await;
    browser.submit(&page, &[("given_name", "Autre"), ("family_name", "Nom")]).await;

    stack.admin().done(Method::POST, "/reset", serde_json::Value::Null).await;

    assert_eq!(start(&stack, &browser, NEW).await.url.path(), "/users/sign-up");
    let home = sign_in(&stack, &browser, USER, USER).await;
    assert!(home.body.contains("Bonjour Jean User"), "{}", home.body);
}

#[tokio::test]
async fn what_people_change_outlives_changes_of_other_registrations() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER, USER).await;
    let page = browser.open(&stack.identite("/users/personal-information")).await;
    browser.submit(&page, &[("given_name", "Autre"), ("family_name", "Nom")]).await;

    let renamed = serde_json::json!({ "title": "Autre" });
    stack.admin().done(Method::PATCH, "/identity-providers/fia1", renamed).await;
    let home = browser.open(&stack.identite("/")).await;
    assert!(home.body.contains("Bonjour Autre Nom"), "{}", home.body);

    let renamed = serde_json::json!({ "given_name": "Jeanne" });
    stack.admin().done(Method::PATCH, &format!("/accounts/{USER}"), renamed).await;
    let home = browser.open(&stack.identite("/")).await;
    assert!(home.body.contains("Bonjour Jeanne User"), "{}", home.body);
}

#[tokio::test]
async fn an_account_waits_at_its_code_until_the_address_is_proven() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = sign_in(&stack, &browser, NEW, PASSWORD).await;

    for path in ["/", "/users/personal-information", "/users/select-organization"] {
        let asked = browser.open(&stack.identite(path)).await;
        assert_eq!(asked.url.path(), "/users/verify-email", "{path}");
    }
    let elsewhere = sign_in(&stack, &Browser::new(), NEW, PASSWORD).await;
    assert_eq!(elsewhere.url.path(), "/users/verify-email");

    assert_eq!(stack.mails().await.len(), 1, "the first code is still good");
    assert_eq!(confirm(&stack, &browser, &page).await.url.path(), "/");
}
