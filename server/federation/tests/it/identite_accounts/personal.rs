//! What people say about themselves in their account, and what services are told of it.

use serde_json::Value;

use super::{USER, sign_in, title};
use crate::support::{Browser, Callback, Page, Stack, decode};

const PATH: &str = "/personal-information";

/// The page of somebody who is signed in.
async fn information(stack: &Stack, browser: &Browser, email: &str) -> Page {
    sign_in(stack, browser, email, email).await;
    let home = browser.open(&stack.identite("/")).await;
    browser.open(&home.link("Info personnelles")).await
}

/// What a service is told at the next sign-in.
async fn claims(stack: &Stack, email: &str) -> Value {
    let (service, browser) = (stack.service(), Browser::new());
    let scope = "openid given_name usual_name email uid siret phone";
    let page = browser.open(&service.authorize_url(&[("scope", scope)])).await;
    let page = browser.submit(&page, &[("email", email)]).await;
    let page = browser.submit(&page, &[("password", email)]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    decode(&userinfo.text().await.expect("text"))
}

fn value<'p>(page: &'p Page, field: &str) -> &'p str {
    let tag = page.body.split(&format!("<input id=\"{field}\"")).nth(1).expect("a field");
    let tag = &tag[..tag.find('>').expect("its end")];
    tag.split(" value=\"").nth(1).expect("a value").split('"').next().expect("its end")
}

#[tokio::test]
async fn what_changes_is_mailed_and_told_to_the_next_service() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    assert_eq!(claims(&stack, USER).await.get("phone_number"), None, "an empty one is not sent");
    let page = information(&stack, &browser, USER).await;
    assert_eq!(title(&page), "Informations personnelles - ProConnect");
    assert_eq!((value(&page, "given_name"), value(&page, "phone_number")), ("Jean", ""));

    let fields = [
        ("given_name", " Jeanne "),
        ("phone_number", "+33 1 22 33 44 55"),
        ("job", "Cheffe de projet"),
    ];
    let page = browser.submit(&page, &fields).await;

    assert_eq!(page.url.query(), Some("notification=personal_information_update_success"));
    assert!(page.body.contains("Vos informations ont été mises à jour."), "{}", page.body);
    assert_eq!((value(&page, "given_name"), value(&page, "job")), ("Jeanne", "Cheffe de projet"));
    let mail = stack.mails().await.pop().expect("a mail");
    assert_eq!(mail["subject"], "Mise à jour de vos données personnelles");
    assert_eq!(mail["to"][0]["address"], USER);
    for part in ["text", "html"] {
        let text = mail[part].as_str().expect("text");
        assert!(text.contains("prénom, numéro de téléphone, profession"), "{text}");
        assert!(!text.contains("Jeanne") && !text.contains("22 33"), "{text}");
    }
    let claims = claims(&stack, USER).await;
    assert_eq!(claims["given_name"], "Jeanne");
    assert_eq!(claims["phone_number"], "+33 1 22 33 44 55");
}

#[tokio::test]
async fn what_may_be_left_empty_is_forgotten_and_no_longer_told() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let email = "plusieurs@yopmail.com";
    let page = information(&stack, &browser, email).await;
    assert_eq!(value(&page, "phone_number"), "+33 123456789");

    let page = browser.submit(&page, &[("phone_number", "  "), ("job", "")]).await;

    assert_eq!(value(&page, "phone_number"), "");
    assert!(
        stack.mails().await[0]["text"].as_str().expect("text").contains("\nnuméro de téléphone\n")
    );
}

#[tokio::test]
async fn a_form_that_changes_nothing_sends_no_mail() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = information(&stack, &browser, USER).await;

    let page = browser.submit(&page, &[("given_name", "Jean ")]).await;

    assert_eq!(page.url.query(), Some("notification=personal_information_update_success"));
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn a_wrong_field_is_pointed_out_and_nothing_typed_is_lost() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = information(&stack, &browser, USER).await;
    let rows = [
        ("given_name", "\u{200b}", "given-name-error"),
        ("family_name", "R2D2", "family-name-error"),
        ("phone_number", "01 <b>", "phone-number-error"),
        ("job", "42", "job-error"),
    ];
    for (field, wrong, error) in rows {
        let typed = [("given_name", "Ada"), ("job", "Mathématicienne"), (field, wrong)];
        let again = browser.submit(&page, &typed).await;

        assert_eq!(again.url.path(), PATH);
        assert_eq!(again.url.query(), Some("notification=invalid_personal_informations"));
        assert_eq!(title(&again), "Erreur - Informations personnelles - ProConnect");
        assert_eq!(again.body.matches("class=\"error\"").count(), 1, "{field}");
        assert!(again.body.contains(&format!("id=\"{error}\"")), "{field}");
        if field != "given_name" {
            assert_eq!(value(&again, "given_name"), "Ada", "{field}");
        }
        if field == "phone_number" {
            assert_eq!(value(&again, field), "01 &#60;b&#62;");
        }
    }

    let fresh = browser.open(&stack.identite(PATH)).await;
    assert_eq!(value(&fresh, "given_name"), "Jean", "what was wrong is shown once");
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn the_page_on_the_way_keeps_what_was_typed_and_no_more_than_names() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let email = "plusieurs@yopmail.com";
    sign_in(&stack, &browser, email, email).await;
    let page = browser.open(&stack.identite("/users/personal-information")).await;

    let again = browser.submit(&page, &[("given_name", "Zoé"), ("family_name", "1")]).await;
    assert_eq!((value(&again, "given_name"), value(&again, "family_name")), ("Zoé", "1"));
    let fields = [("family_name", "Martin"), ("phone_number", ""), ("job", "1")];
    browser.submit(&again, &fields).await;

    let page = browser.open(&stack.identite(PATH)).await;
    assert_eq!((value(&page, "given_name"), value(&page, "family_name")), ("Zoé", "Martin"));
    assert_eq!(value(&page, "phone_number"), "+33 123456789", "it is not asked for there");
}
