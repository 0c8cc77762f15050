//! Configured accounts in every state that a person can be in with an organisation.

use federation::{ConfigError, Profile};
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{claims, join, sign_in};
use crate::support::{Browser, Callback, Stack};

#[tokio::test]
async fn each_sample_account_is_where_its_description_says() {
    let stack = Stack::start().await;
    let rows = [
        ("sans-organisation@yopmail.com", "/users/join-organization"),
        ("a-corriger@yopmail.com", "/users/join-organization"),
        ("refuse@yopmail.com", "/users/join-organization"),
        ("code-mairie@yopmail.com", "/users/official-contact-ask-which-email/99990002000010"),
    ];
    for (email, path) in rows {
        let page = sign_in(&stack, &Browser::new(), email, &[]).await;
        assert_eq!(page.url.path(), path, "{email}");
    }
}

#[tokio::test]
async fn a_refusal_may_be_corrected_or_not() {
    let stack = Stack::start().await;
    let rows = [
        ("a-corriger@yopmail.com", "Modifications demandées", "Le nom ne correspond pas"),
        ("refuse@yopmail.com", "Demande refusée", "Raison transmise par mail"),
    ];
    for (email, title, reason) in rows {
        let browser = Browser::new();
        let page = sign_in(&stack, &browser, email, &[]).await;
        let page = join(&browser, &page, "21920023500014").await;
        assert_eq!(page.url.path(), "/users/moderation-rejected", "{email}");
        assert!(page.body.contains(title) && page.body.contains(reason), "{}", page.body);
    }
}

#[tokio::test]
async fn the_kind_of_a_link_decides_what_a_sign_in_is_worth() {
    let stack = Stack::with(|config| config.profile = Profile::Production2026).await;
    let email = "independant@yopmail.com";
    let page = sign_in(&stack, &Browser::new(), email, &[]).await;
    assert_eq!(page.url.path(), "/users/franceconnect", "their word alone does not do");

    let link = json!([{ "siret": "99990018600019", "kind": "proof_received" }]);
    let change = json!({ "link": link });
    let shown = stack.admin().done(Method::PATCH, &format!("/accounts/{email}"), change).await;
    assert_eq!(shown["link"][0]["kind"], "proof_received");
    let done = sign_in(&stack, &Browser::new(), email, &[]).await;

    assert_eq!(claims(&stack, &done).await["siret"], "99990018600019");
    assert_eq!(Callback::of(&done).get("error"), "");
}

#[tokio::test]
async fn what_contradicts_itself_is_refused() {
    let stack = Stack::start().await;
    let town = "99990002000010";
    let rows = [
        (json!([{ "siret": town, "kind": "friendship" }]), "unknown kind"),
        (json!([{ "siret": "73282932000074", "kind": "domain" }]), "no [[organisation]]"),
        (json!([{ "siret": "13002526500013", "kind": "proof_received" }]), "twice"),
        (json!([{ "siret": town, "kind": "domain", "awaits_code": true }]), "nobody sends"),
        (
            json!([{ "siret": "21690123100011", "kind": "code_sent_to_official_contact_email",
                     "awaits_code": true }]),
            "nobody sends",
        ),
    ];
    for (links, message) in rows {
        let change = Some(json!({ "link": links }));
        let path = "/accounts/user@yopmail.com";
        let (status, error) = stack.admin().ask(Method::PATCH, path, change).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{message}");
        let told = error["message"].as_str().expect("text");
        assert!(told.contains(message) && told.contains("user@yopmail.com"), "{told}");
    }
    let unknown = federation::SAMPLE.replace("allow_editing = true", "allow_editting = true");
    let error = federation::Config::parse(&unknown).expect_err("refused");
    assert!(matches!(error, ConfigError::Syntax { .. }), "{error}");
}
