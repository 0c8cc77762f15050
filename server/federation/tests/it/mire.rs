//! The email page: corrections, what is kept, what is passed on, whom a service admits.

use reqwest::StatusCode;

use crate::support::{Browser, Callback, Page, Stack};

async fn typed(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    browser.submit(&page, &[("email", email)]).await
}

#[tokio::test]
pub(crate) async fn us6_a_misspelt_domain_gets_a_suggestion_that_fills_the_field() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = typed(&stack, &browser, "test@fia1.fe").await;

    let query: Vec<_> = page.url.query_pairs().into_owned().collect();
    let expected = [
        ("error", "invalid_email"),
        ("user_email", "test@fia1.fe"),
        ("email_suggestion", "test@fia1.fr"),
    ];
    assert_eq!(query, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(page.hook("email-error"), "Adresse e-mail invalide.");
    assert!(page.hook("email-suggestion").starts_with("Vouliez-vous dire"));
    let corrected = browser.open(&page.link("test@fia1.fr")).await;
    assert!(corrected.body.contains("value=\"test@fia1.fr\""));
    let form = browser.submit(&corrected, &[]).await;
    assert!(form.url.path().starts_with("/fia1/"), "{}", form.url);
}

#[tokio::test]
pub(crate) async fn us7_us8_an_address_that_cannot_exist_is_kept_and_pointed_out() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = typed(&stack, &browser, "test@administration.invalid").await;

    assert_eq!(page.hook("email-error"), "Adresse e-mail invalide.");
    assert!(page.body.contains("value=\"test@administration.invalid\""), "it is kept");
    assert!(!page.body.contains("Vouliez-vous dire"));
}

#[tokio::test]
async fn a_text_that_is_no_address_is_a_bad_request() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let page = typed(&stack, &browser, "test").await;

    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(page.hook("error-code"), "- code erreur : Y000400");
}

#[tokio::test]
pub(crate) async fn lh4_a_misspelt_login_hint_gets_a_suggestion() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let hint = [("login_hint", "test@fia1.fe")];

    let page = browser.open(&stack.service().authorize_url(&hint)).await;

    assert_eq!(page.hook("email-error"), "Adresse e-mail invalide.");
    let corrected = browser.open(&page.link("test@fia1.fr")).await;
    let form = browser.submit(&corrected, &[]).await;
    assert!(form.url.path().starts_with("/fia1/"), "{}", form.url);
}

#[tokio::test]
async fn a_suggestion_is_never_taken_from_the_query() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[])).await;

    let query = "error=invalid_email&user_email=a%40fia1.fe&email_suggestion=a%40evil.test";
    let page = browser.open(&format!("{}?{query}", page.url)).await;

    assert!(!page.body.contains("evil.test"));
    assert!(page.link("a@fia1.fr").contains("user_email=a%40fia1.fr"));
}

#[tokio::test]
async fn an_address_that_signed_in_before_is_believed() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let claims = [("email", "Eve@fia1.fe")];
    stack.service().sign_in(&Browser::new(), "eve@fia1.fr", &[], &claims).await;

    let page = typed(&stack, &browser, "eve@fia1.fe").await;

    assert!(page.url.as_str().starts_with(&stack.identite("/")), "{}", page.url);
}

#[tokio::test]
async fn the_wish_to_be_remembered_reaches_the_provider() {
    let stack = Stack::start().await;
    for (fields, expected) in [
        (vec![("rememberMe", "on")], "true"),
        (vec![], "false"),
        (vec![("rememberMe", "x")], "false"),
    ] {
        let browser = Browser::new();
        let page = browser.open(&stack.service().authorize_url(&[])).await;
        let fields: Vec<_> = [("email", "test@fia1.fr")].into_iter().chain(fields).collect();
        let form = browser.submit(&page, &fields).await;

        assert_eq!(form.hook("requested-remember_me"), expected, "{fields:?}");
    }
}

#[tokio::test]
async fn configured_notices_stand_on_the_page() {
    let stack = Stack::with(|config| {
        config.mire.maintenance = Some("Lundi de 8 h à 9 h <b>".to_owned());
        config.mire.notification = Some("Bienvenue".to_owned());
        config.mire.renater_email = Some("x@polyfi.fr".parse().expect("an address"));
    })
    .await;
    let browser = Browser::new();

    let page = browser.open(&stack.service().authorize_url(&[])).await;

    assert!(page.body.contains("Maintenance programmée"));
    assert!(page.body.contains("Lundi de 8 h à 9 h &#60;b&#62;"));
    assert!(page.body.contains("Bienvenue"));
    assert!(page.body.contains("Vous êtes sur une instance de test"));
    let renater = browser.submit_to(&page, "class=\"after\"", &[]).await;
    assert_eq!(renater.url.path(), "/api/v2/identity-provider-selection");

    let plain = Stack::start().await;
    let page = Browser::new().open(&plain.service().authorize_url(&[])).await;
    for absent in ["Maintenance programmée", "Fédération Renater", "alert"] {
        assert!(!page.body.contains(&format!(">{absent}<")), "{absent}");
    }
}

/// A service that admits two domains.
async fn restricted() -> Stack {
    Stack::with(|config| {
        config.services[0].email_domains = vec!["fia1.fr".to_owned(), "fia2.fr".to_owned()];
        let mut open = config.services[0].clone();
        "open".clone_into(&mut open.client_id);
        open.email_domains.clear();
        config.services.push(open);
    })
    .await
}

fn assert_refused(page: &Page) {
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(page.hook("error-section-title"), "Email non autorisé");
    assert_eq!(page.hook("error-code"), "- code erreur : Y500025");
    assert!(page.body.contains("fia1.fr, fia2.fr"), "{}", page.body);
}

#[tokio::test]
pub(crate) async fn em1_em2_a_service_admits_its_domains_only() {
    let (stack, browser) = (restricted().await, Browser::new());
    let service = stack.service();

    let page = service.sign_in(&Browser::new(), "test@FIA1.fr", &[], &[]).await;
    assert!(!Callback::of(&page).code().is_empty());

    let page = typed(&stack, &browser, "test@polyfi.fr").await;
    assert_refused(&page);
    let back = Callback::of(&browser.open(&page.link("Réessayer de vous connecter")).await);
    assert_eq!(back.get("error"), "access_denied");
    assert_eq!(
        back.get("error_description"),
        "authentication aborted due to a configuration limitation"
    );

    let claims = [("email", "eve@polyfi.fr")];
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &claims).await;
    assert_refused(&page);
}

#[tokio::test]
pub(crate) async fn em3_a_session_of_another_domain_is_refused() {
    let (stack, browser) = (restricted().await, Browser::new());
    let service = stack.service();
    let open = [("client_id", "open")];
    let claims = [("email", "eve@polyfi.fr")];
    let page = service.sign_in(&browser, "test@fia1.fr", &open, &claims).await;
    assert!(!Callback::of(&page).code().is_empty());

    let page = browser.open(&service.authorize_url(&[])).await;

    assert_refused(&page);
}

#[tokio::test]
async fn every_page_leads_to_the_one_about_accessibility() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[])).await;

    let accessibility = browser.open(&page.link("Accessibilité")).await;

    assert_eq!(accessibility.url.path(), "/api/v2/accessibilite");
    assert!(accessibility.body.contains("<h1>Accessibilité</h1>"));
}
