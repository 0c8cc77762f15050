//! The code that goes to the official address of a town hall or a school, and domains that are approved
//! after people joined.

use federation::{FreeEmails, Profile};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{add_person, claims, join, sign_in};
use crate::support::{Browser, Callback, Page, Stack};

/// A town hall with one address, one with two free ones, a school, a business of one person.
const TOWN: &str = "99990001200017";
const VILLAGE: &str = "99990002000010";
const COLLEGE: &str = "99990010300014";
const ALONE: &str = "99990018600019";
const LOU: &str = "lou@gmail.com";
const SUBJECT: &str = "[ProConnect] Authentifier un email sur ProConnect";

async fn stack(email: &str) -> Stack {
    Stack::with(|config| {
        add_person(config, email);
        config.identite.free_emails = FreeEmails::Listed;
    })
    .await
}

/// Where somebody gets who wants to join.
async fn joined(email: &str, siret: &str) -> (Stack, Browser, Page) {
    let (stack, browser) = (stack(email).await, Browser::new());
    let page = sign_in(&stack, &browser, email, &[]).await;
    let page = if page.url.path() == "/users/organization-suggestions" {
        browser.open(&page.link("Je veux rejoindre une autre organisation")).await
    } else {
        page
    };
    let page = join(&browser, &page, siret).await;
    (stack, browser, page)
}

/// The latest mail, with the code in it.
async fn mailed(stack: &Stack) -> (Value, String) {
    let mail = stack.mails().await.pop().expect("a mail");
    assert_eq!(mail["subject"], SUBJECT);
    let text = mail["text"].as_str().expect("text").to_owned();
    let code = text.lines().find(|line| line.contains('-') && !line.contains(' '));
    (mail, code.expect("a code").to_owned())
}

async fn type_code(browser: &Browser, page: &Page, code: &str) -> Page {
    browser.submit(page, &[("official_contact_email_verification_token", code)]).await
}

/// A code as somebody types it who heard it.
fn heard(code: &str) -> String {
    let plain = |letter: char| match letter {
        'à' | 'â' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' => 'e',
        'î' | 'ï' => 'i',
        'ô' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        other => other,
    };
    let plain: String = code.to_lowercase().chars().map(plain).collect();
    format!(" {} ", plain.replace('-', "  ").to_uppercase())
}

#[tokio::test]
async fn a_town_hall_is_asked_at_the_address_that_the_person_chooses() {
    let (stack, browser, page) = joined(LOU, VILLAGE).await;
    assert_eq!(page.url.path(), format!("/users/official-contact-ask-which-email/{VILLAGE}"));
    assert!(page.body.contains("<title>Vérifier votre email - ProConnect</title>"));
    assert!(page.body.contains("À quelle adresse e-mail souhaitez-vous recevoir le code ?"));
    assert!(stack.mails().await.is_empty(), "nothing leaves before the choice");
    let foreign = browser.submit(&page, &[("contact_email", "eve@gmail.com")]).await;
    assert_eq!(foreign.url.path(), page.url.path());
    assert!(stack.mails().await.is_empty(), "nor to anybody else");

    let chosen = [("contact_email", "accueil.petit-bourg@orange.fr")];
    let page = browser.submit(&page, &chosen).await;
    assert_eq!(page.url.path(), format!("/users/official-contact-email-verification/{VILLAGE}"));
    assert!(page.body.contains("Code de vérification envoyé"), "{}", page.body);
    let (mail, code) = mailed(&stack).await;
    assert_eq!(mail["to"][0]["address"], "accueil.petit-bourg@orange.fr");
    let text = mail["text"].as_str().expect("text");
    assert!(text.contains("Lou Martin (lou@gmail.com)"), "{text}");
    assert!(mail["html"].as_str().expect("text").contains(&code));
    assert!(!page.body.contains(&code), "the person has to ask for it");

    let again = type_code(&browser, &page, "lapin-lapin").await;
    assert_eq!(again.url.query(), Some("notification=invalid_verify_email_code"));
    assert!(again.body.contains("Erreur : ce code est invalide ou a expiré."));
    let welcome = type_code(&browser, &again, &heard(&code)).await;
    assert_eq!(welcome.url.path(), "/users/welcome");
    let done = browser.submit(&welcome, &[]).await;
    assert_eq!(claims(&stack, &done).await["siret"], VILLAGE);
}

#[tokio::test]
async fn no_service_is_answered_before_the_code_is_typed() {
    let (stack, browser, page) = joined(LOU, TOWN).await;
    let path = format!("/users/official-contact-email-verification/{TOWN}");
    assert_eq!(page.url.path(), path, "there is no choice, so the code has left");
    let (mail, code) = mailed(&stack).await;
    assert_eq!(mail["to"][0]["address"], "mairie@nulle-part.example");

    let elsewhere = Browser::new();
    let page = sign_in(&stack, &elsewhere, LOU, &[]).await;
    assert_eq!(page.url.path(), path);
    assert!(!page.body.contains("Code de vérification envoyé"), "the first one is still good");
    let skipped = elsewhere.open(&stack.identite("/users/welcome")).await;
    assert_eq!(skipped.url.path(), path);
    assert_eq!(stack.mails().await.len(), 1);
    let list = elsewhere.open(&stack.identite("/manage-organizations")).await;
    assert!(list.body.contains("Rattachement à confirmer."), "{}", list.body);

    let welcome = type_code(&elsewhere, &page, &code).await;
    assert_eq!(welcome.url.path(), "/users/welcome");
    let used = type_code(&browser, &page, &code).await;
    assert_ne!(used.status, StatusCode::OK, "a form of another session: {}", used.url);
    let list = elsewhere.open(&stack.identite("/manage-organizations")).await;
    assert!(!list.body.contains("Rattachement à confirmer."), "{}", list.body);
}

#[tokio::test]
async fn a_code_is_good_for_an_hour_and_a_new_one_takes_its_place() {
    let (stack, browser, page) = joined(LOU, TOWN).await;
    let (_, first) = mailed(&stack).await;

    let page = browser.submit_to(&page, "official-contact-ask-which-email", &[]).await;
    let (_, second) = mailed(&stack).await;
    assert_ne!(first, second);
    assert!(page.body.contains("Code de vérification envoyé"), "{}", page.body);
    let refused = type_code(&browser, &page, &first).await;
    assert_eq!(refused.url.query(), Some("notification=invalid_verify_email_code"));

    stack.advance(3600);
    let late = type_code(&browser, &page, &second).await;
    assert_eq!(late.url.query(), Some("notification=invalid_verify_email_code"));
    let (_, third) = mailed(&stack).await;
    let welcome = type_code(&browser, &late, &third).await;
    assert_eq!(welcome.url.path(), "/", "the page sent another one; the service waits no more");
}

#[tokio::test]
async fn codes_are_mailed_and_tried_a_few_times_only() {
    let (stack, browser, page) = joined(LOU, TOWN).await;
    for _ in 0..4 {
        browser.submit_to(&page, "official-contact-ask-which-email", &[]).await;
    }
    let limited = browser.submit_to(&page, "official-contact-ask-which-email", &[]).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(stack.mails().await.len(), 5);
    let (_, code) = mailed(&stack).await;

    for _ in 0..10 {
        type_code(&browser, &page, "lapin-lapin").await;
    }
    let limited = type_code(&browser, &page, &code).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS, "although it is right");
    stack.advance(3600);
    let page = browser.open(page.url.as_str()).await;
    let (_, code) = mailed(&stack).await;
    assert_eq!(
        type_code(&browser, &page, &code).await.url.path(),
        "/",
        "the service waits no more"
    );
}

#[tokio::test]
async fn who_has_an_official_address_or_domain_needs_no_code_and_who_has_another_waits() {
    let rows = [
        ("mairie@nulle-part.example", TOWN, "/users/welcome"),
        ("lou@nulle-part.example", TOWN, "/users/welcome"),
        (LOU, TOWN, "/users/official-contact-email-verification/99990001200017"),
        ("lou@pro.example", TOWN, "/users/unable-to-auto-join-organization"),
        ("mairie.petit-bourg@orange.fr", VILLAGE, "/users/welcome"),
        ("lou@orange.fr", VILLAGE, "/users/official-contact-ask-which-email/99990002000010"),
        ("lou@pro.example", VILLAGE, "/users/unable-to-auto-join-organization"),
        ("college@ac-nulle-part.example", COLLEGE, "/users/welcome"),
        (
            "lou@ac-nulle-part.example",
            COLLEGE,
            "/users/official-contact-email-verification/99990010300014",
        ),
    ];
    for (email, siret, expected) in rows {
        let (_stack, _, page) = joined(email, siret).await;
        assert_eq!(page.url.path(), expected, "{email} {siret}");
    }
}

#[tokio::test]
async fn the_domain_of_a_town_halls_address_is_suggested() {
    let (stack, browser) = (stack("lou@nulle-part.example").await, Browser::new());

    let page = sign_in(&stack, &browser, "lou@nulle-part.example", &[]).await;

    assert_eq!(page.url.path(), "/users/organization-suggestions");
    assert!(page.body.contains(&format!("value=\"{TOWN}\"")), "{}", page.body);
    assert!(!page.body.contains("99990001200025"), "a school's is not its town hall's");
}

#[tokio::test]
async fn an_account_without_a_service_is_asked_for_the_code_too() {
    let (stack, browser) = (stack(LOU).await, Browser::new());
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", LOU)]).await;
    browser.submit(&page, &[("password", LOU)]).await;
    let page = browser.open(&stack.identite("/users/join-organization")).await;

    let page = join(&browser, &page, TOWN).await;
    assert_eq!(page.url.path(), format!("/users/official-contact-email-verification/{TOWN}"));
    let (_, code) = mailed(&stack).await;
    let home = type_code(&browser, &page, &code).await;

    assert_eq!(home.url.path(), "/");
}

#[tokio::test]
async fn nobody_is_sent_a_code_for_an_organisation_that_awaits_none() {
    let (stack, browser) = (stack(LOU).await, Browser::new());
    let form = sign_in(&stack, &browser, LOU, &[]).await;
    let csrf = form.body.split("name=\"_csrf\" value=\"").nth(1).expect("a form");
    let csrf = csrf.split('"').next().expect("a value");

    for path in ["ask-which-email", "email-verification"] {
        let url = stack.identite(&format!("/users/official-contact-{path}/{TOWN}"));
        let page = browser.open(&url).await;
        assert_eq!(page.url.path(), "/users/join-organization", "{path}");
        let body = format!(
            "_csrf={csrf}&contact_email=mairie@nulle-part.example\
             &official_contact_email_verification_token=a-b"
        );
        let page = browser.ask(Method::POST, &url, Some(body)).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
    }
    assert!(stack.mails().await.is_empty());
    let odd = browser.open(&stack.identite("/users/official-contact-ask-which-email/x")).await;
    assert_eq!(odd.status, StatusCode::NOT_FOUND);
}

/// What stands between a service and somebody who belongs to a business of one person: `franceconnect`
/// if there is nothing but their word, or the error that the service is told.
async fn told(stack: &Stack, email: &str) -> String {
    let browser = Browser::new();
    let page = sign_in(stack, &browser, email, &[]).await;
    let page = match page.url.path() {
        "/users/join-organization" => join(&browser, &page, ALONE).await,
        _ => page,
    };
    let page = match page.url.path() {
        "/users/welcome" => browser.submit(&page, &[]).await,
        "/users/franceconnect" => return "franceconnect".to_owned(),
        _ => page,
    };
    if page.location().is_some() {
        return Callback::of(&page).get("error").to_owned();
    }
    page.hook("error-message")
}

fn with_domain(status: &str) -> Value {
    json!({ "siret": ALONE, "name": "Solo conseil", "legal_category": "5710", "headcount": "00",
            "domains": [{ "domain": "pro.example", "status": status }] })
}

#[tokio::test]
async fn a_domain_that_is_approved_later_ties_its_members_more_strongly() {
    let stack = Stack::with(|config| {
        add_person(config, "lou@pro.example");
        add_person(config, "eve@autre.example");
        config.profile = Profile::Production2026;
    })
    .await;
    let admin = stack.admin();
    for email in ["lou@pro.example", "eve@autre.example"] {
        assert!(told(&stack, email).await == "franceconnect", "{email}: only their word");
    }
    let path = format!("/organisations/{ALONE}");
    admin.done(Method::PUT, &path, with_domain("not_verified_yet")).await;
    assert_eq!(told(&stack, "lou@pro.example").await, "franceconnect", "not yet");

    admin.done(Method::PUT, &path, with_domain("verified")).await;

    assert_eq!(told(&stack, "lou@pro.example").await, "");
    assert_eq!(told(&stack, "eve@autre.example").await, "franceconnect", "another domain");
}

#[tokio::test]
async fn a_domain_that_was_approved_before_changes_nothing_afterwards() {
    let stack = Stack::with(|config| {
        add_person(config, "lou@pro.example");
        config.profile = Profile::Production2026;
    })
    .await;
    let admin = stack.admin();
    let path = format!("/organisations/{ALONE}");
    admin.done(Method::PUT, &path, with_domain("verified")).await;
    let path = "/accounts/lou@pro.example";
    admin.done(Method::PATCH, path, json!({ "organisations": [] })).await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, "lou@pro.example", &[]).await;
    let page = browser.open(&page.link("Je veux rejoindre une autre organisation")).await;
    join(&browser, &page, ALONE).await;
    assert_eq!(told(&stack, "lou@pro.example").await, "franceconnect");

    admin.done(Method::PUT, "/profile", json!({ "profile": "2026" })).await;

    assert_eq!(told(&stack, "lou@pro.example").await, "franceconnect");
}
