//! Joining, choosing and leaving organisations at ProConnect Identité.

mod contact;
mod fixtures;
mod moderation;
mod rules;

use federation::{Account, Config, EmailAddress};
use reqwest::StatusCode;
use serde_json::Value;

use crate::support::{Browser, Callback, Page, Stack, decode};

const LYON: &str = "21690123100011";
const NANTES: &str = "21440109300015";
const GRANDS_TRAVAUX: &str = "99990015200011";
const JOIN: &str = "/users/join-organization";

/// Adds an account without organisations; its password is its address.
fn add_person(config: &mut Config, email: &str) {
    config.accounts.push(Account {
        email: EmailAddress::parse(email).expect("an address"),
        password: email.into(),
        given_name: "Lou".to_owned(),
        usual_name: "Martin".to_owned(),
        phone_number: None,
        organisations: Vec::new(),
        pending_organisations: Vec::new(),
        links: Vec::new(),
        rejections: Vec::new(),
        passkeys: Vec::new(),
        identity: None,
        description: String::new(),
        totp_secret: None,
        second_factor_everywhere: false,
        email_verified_days_ago: 0,
    });
}

async fn stack_with(email: &str) -> Stack {
    Stack::with(|config| add_person(config, email)).await
}

/// Signs in on behalf of the service and returns what ProConnect Identité asks next.
async fn sign_in(stack: &Stack, browser: &Browser, email: &str, hints: &[(&str, &str)]) -> Page {
    let page = browser.open(&stack.service().authorize_url(hints)).await;
    let page = browser.submit(&page, &[("email", email)]).await;
    browser.submit(&page, &[("password", email)]).await
}

/// Joins with the form of a page.
async fn join(browser: &Browser, page: &Page, siret: &str) -> Page {
    browser.submit_to(page, JOIN, &[("siret", siret)]).await
}

async fn claims(stack: &Stack, page: &Page) -> Value {
    let service = stack.service();
    let tokens = service.tokens(&Callback::of(page)).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    decode(&userinfo.text().await.expect("text"))
}

async fn subjects(stack: &Stack) -> Vec<String> {
    let mails = stack.mails().await;
    mails.iter().map(|mail| mail["subject"].as_str().expect("text").to_owned()).collect()
}

#[tokio::test]
async fn an_organisation_is_found_by_its_name_joined_and_told_to_the_service() {
    let (stack, browser) = (stack_with("lou@ville.example").await, Browser::new());

    let page = sign_in(&stack, &browser, "lou@ville.example", &[]).await;
    assert_eq!(page.url.path(), JOIN);
    let search = browser.open(&stack.identite("/users/join-organization?search=NANTES")).await;
    assert!(search.body.contains("Commune de nantes") && search.body.contains(NANTES));
    let welcome = join(&browser, &search, NANTES).await;
    assert_eq!(welcome.url.path(), "/users/welcome");
    assert!(welcome.body.contains("Compte créé 🎊"));
    let done = browser.submit(&welcome, &[]).await;

    let claims = claims(&stack, &done).await;
    assert_eq!(claims["siret"], NANTES);
    assert_eq!(claims["organization_label"], "Commune de nantes");
    assert_eq!(claims["roles"][0], "agent_public");
    assert_eq!(subjects(&stack).await, ["Votre compte ProConnect a bien été créé"]);
}

#[tokio::test]
async fn a_member_is_welcomed_once_and_not_asked_again() {
    let stack = stack_with("lou@ville.example").await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, "lou@ville.example", &[]).await;
    let welcome = join(&browser, &page, LYON).await;
    browser.submit(&welcome, &[]).await;

    let again = sign_in(&stack, &Browser::new(), "lou@ville.example", &[]).await;

    assert_eq!(claims(&stack, &again).await["siret"], LYON);
    assert_eq!(subjects(&stack).await.len(), 1);
}

#[tokio::test]
async fn any_valid_siret_can_be_joined_and_others_are_told_to_be_invalid() {
    let (stack, browser) = (stack_with("lou@ville.example").await, Browser::new());
    let page = sign_in(&stack, &browser, "lou@ville.example", &[]).await;

    for invalid in ["123", "73282932000075", "99990024400016", "<b>"] {
        let again = join(&browser, &page, invalid).await;
        assert_eq!(again.url.path(), JOIN, "{invalid}");
        assert!(again.body.contains("Erreur : SIRET invalide."), "{invalid}");
        assert!(again.body.contains("<title>Erreur - Rejoindre une organisation - ProConnect"));
        assert!(!again.body.contains("<b>"));
    }
    let welcome = join(&browser, &page, "732 829 320 00074").await;
    let done = browser.submit(&welcome, &[]).await;

    let claims = claims(&stack, &done).await;
    assert_eq!(claims["siret"], "73282932000074");
    assert_eq!(claims["organization_label"], "Société 732829320");
}

#[tokio::test]
async fn a_register_without_made_up_organisations_knows_no_other_siret() {
    let stack = Stack::with(|config| {
        add_person(config, "lou@ville.example");
        config.identite.any_siret = false;
    })
    .await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, "lou@ville.example", &[]).await;

    let again = join(&browser, &page, "73282932000074").await;

    assert!(again.body.contains("Erreur : SIRET invalide."));
}

#[tokio::test]
async fn what_a_siret_stands_for_is_shown_while_typing() {
    let (stack, browser) = (stack_with("lou@ville.example").await, Browser::new());
    let info = |siret: &str| stack.identite(&format!("/api/sirene/organization-info/{siret}"));
    assert_eq!(browser.open(&info(LYON)).await.status, StatusCode::UNAUTHORIZED);
    sign_in(&stack, &browser, "lou@ville.example", &[]).await;

    let found = browser.open(&info(LYON)).await;
    let json: Value = serde_json::from_str(&found.body).expect("JSON");
    assert_eq!(json["organizationInfo"]["libelle"], "Commune de lyon - Mairie");
    assert_eq!(json["organizationInfo"]["estActive"], true);
    assert_eq!(
        json["organizationInfo"]["libelleActivitePrincipale"],
        "Administration publique générale"
    );
    assert_eq!(browser.open(&info("123")).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_hint_at_another_organisation_leads_to_the_form_with_it() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let hint = [("siret_hint", LYON)];

    let page = sign_in(&stack, &browser, "user@yopmail.com", &hint).await;
    assert_eq!(page.url.path(), JOIN);
    assert!(page.body.contains(&format!("value=\"{LYON}\"")));
    let welcome = browser.submit(&page, &[]).await;
    let done = browser.submit(&welcome, &[]).await;

    assert_eq!(claims(&stack, &done).await["siret"], LYON);
}

#[tokio::test]
async fn a_choice_holds_for_the_session_and_prompt_asks_again() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let choice = sign_in(&stack, &browser, "plusieurs@yopmail.com", &[]).await;
    assert!(choice.body.contains("Je veux représenter une autre organisation"));
    let done = browser.submit(&choice, &[("organization_id", "41816609600069")]).await;
    assert_eq!(claims(&stack, &done).await["siret"], "41816609600069");
    browser.forget_cookie("pc_session_id");

    let twice = browser.open(&stack.service().authorize_url(&[])).await;
    let twice = match twice.location() {
        Some(_) => twice,
        None => browser.submit(&twice, &[("email", "plusieurs@yopmail.com")]).await,
    };

    assert_eq!(claims(&stack, &twice).await["siret"], "41816609600069");
}

#[tokio::test]
async fn organisations_are_left_one_after_the_other() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.identite("/")).await;
    let page = browser.submit(&page, &[("login", "plusieurs@yopmail.com")]).await;
    let home = browser.submit(&page, &[("password", "plusieurs@yopmail.com")]).await;
    let mut page = browser.open(&home.link("Gérer mes organisations")).await;
    assert!(page.body.contains("Commune de clamart - Mairie"));

    for siret in ["21920023500014", "13002526500013", "41816609600069"] {
        page = browser.submit_to(&page, siret, &[]).await;
        assert!(page.body.contains("Vous avez quitté l’organisation."));
        assert!(!page.body.contains(siret));
    }

    assert!(page.body.contains("Vous n’êtes attaché à aucune organisation."));
    let gone = browser.open(&stack.identite(JOIN)).await;
    let csrf = gone.body.split("name=\"_csrf\" value=\"").nth(1).expect("a form");
    let csrf = csrf.split('"').next().expect("a value");
    let url = stack.identite("/users/quit-organization/41816609600069");
    let again = browser.ask(reqwest::Method::POST, &url, Some(format!("_csrf={csrf}"))).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "not a member any more");
}

#[tokio::test]
async fn every_page_needs_a_person() {
    let (stack, browser) = (stack_with("lou@ville.example").await, Browser::new());
    let pages = [
        "/users/join-organization",
        "/users/organization-suggestions",
        "/users/join-organization-confirm",
        "/users/unable-to-auto-join-organization",
        "/users/moderation-rejected",
        "/users/official-contact-ask-which-email/99990001200017",
        "/users/official-contact-email-verification/99990001200017",
        "/users/domain-refused-for-organization",
        "/users/welcome",
        "/manage-organizations",
    ];
    for path in pages {
        let page = browser.open(&stack.identite(path)).await;
        assert_eq!(page.url.path(), "/users/start-sign-in", "{path}");
    }
}
