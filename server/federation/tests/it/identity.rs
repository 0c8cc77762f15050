//! What identity providers say about people: what is refused, replaced, dropped, and who may enter.

use federation::Audience;
use reqwest::StatusCode;
use serde_json::Value;

use crate::support::{Browser, Callback, Fields, Page, Stack, decode};

/// Signs in with changes to the provider's form.
async fn answer(stack: &Stack, email: &str, claims: Fields<'_>) -> Page {
    stack.service().sign_in(&Browser::new(), email, &[("scope", SCOPE)], claims).await
}

const SCOPE: &str = "openid given_name usual_name email uid siret phone roles";

async fn userinfo(stack: &Stack, page: &Page) -> Value {
    let service = stack.service();
    let tokens = service.tokens(&Callback::of(page)).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    decode(&userinfo.text().await.expect("text"))
}

#[tokio::test]
pub(crate) async fn id1_a_bad_telephone_number_is_dropped() {
    let stack = Stack::start().await;
    for (number, kept) in [("+33 123456789", true), ("pas un numéro", false)] {
        let page = answer(&stack, "test@fia1.fr", &[("phone_number", number)]).await;

        let claims = userinfo(&stack, &page).await;
        assert_eq!(claims.get("phone_number").is_some(), kept, "{number}");
    }
}

#[tokio::test]
pub(crate) async fn id2_id3_id4_a_bad_email_is_refused_with_the_right_support() {
    let stack = Stack::start().await;
    let rows = [
        ("bad, provider with support", "test@fia1.fr", "eve", "support@fia1.fr"),
        ("none, provider with support", "test@fia1.fr", "", "support@fia1.fr"),
        ("bad, provider without", "test@fia2.fr", "eve", "support@proconnect.example"),
    ];
    for (row, email, claim, support) in rows {
        let page = answer(&stack, email, &[("email", claim)]).await;

        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{row}");
        assert_eq!(page.hook("error-section-title"), "Accès impossible", "{row}");
        assert!(page.hook("error-code").starts_with("- code erreur : Y500006"), "{row}");
        let link = page.link("Signaler l'erreur");
        assert!(link.starts_with(&format!("mailto:{support}?")), "{row}: {link}");
        assert!(link.contains("Application%20locale"), "{row}: it names the service");
        assert!(link.contains("Administration"), "{row}: it names the provider");
    }
}

#[tokio::test]
pub(crate) async fn id5_a_bad_siret_is_replaced_by_the_providers() {
    let stack = Stack::start().await;
    for siret in ["123", "", "empty", "21920023500015"] {
        let page = answer(&stack, "test@fia1.fr", &[("siret", siret)]).await;

        assert_eq!(userinfo(&stack, &page).await["siret"], "81801912700021", "{siret}");
    }
    let page = answer(&stack, "test@fia1.fr", &[("siret", "356 000 000 00048")]).await;
    assert_eq!(userinfo(&stack, &page).await["siret"], "35600000000048", "La Poste, with spaces");
}

#[tokio::test]
pub(crate) async fn id6_id7_a_bad_siret_without_a_default_is_refused() {
    let stack = Stack::start().await;
    for siret in ["123", ""] {
        let page = answer(&stack, "test@fia2.fr", &[("siret", siret)]).await;

        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{siret}");
        assert!(page.hook("error-code").starts_with("- code erreur : Y500006"), "{siret}");
    }
}

#[tokio::test]
async fn incomplete_identities_lead_back_to_the_service() {
    let stack = Stack::start().await;
    let rows: [(&str, Fields<'_>); 3] = [
        ("no name", &[("given_name", "")]),
        ("empty name", &[("usual_name", "empty")]),
        ("no uid", &[("uid", "")]),
    ];
    for (row, claims) in rows {
        let browser = Browser::new();
        let page = stack.service().sign_in(&browser, "test@fia1.fr", &[], claims).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{row}");

        let back = Callback::of(&browser.open(&page.link("Réessayer de vous connecter")).await);
        assert_eq!(back.get("error"), "server_error", "{row}");
    }
}

#[tokio::test]
async fn a_domain_that_is_not_the_providers_is_refused_where_it_insists() {
    let stack = Stack::with(|config| {
        let insisting = &mut config.identity_providers[0];
        insisting.block_unlisted_domains = true;
        insisting.extra_accepted_domains = vec!["Ministere.test".to_owned()];
    })
    .await;

    let refused = answer(&stack, "test@fia1.fr", &[("email", "eve@ailleurs.test")]).await;
    assert_eq!(refused.hook("error-code"), "- code erreur : Y500027");
    let extra = answer(&stack, "test@fia1.fr", &[("email", "eve@ministere.test")]).await;
    assert_eq!(userinfo(&stack, &extra).await["email"], "eve@ministere.test");
    let lenient = answer(&stack, "test@fia2.fr", &[("email", "eve@ailleurs.test")]).await;
    assert_eq!(userinfo(&stack, &lenient).await["email"], "eve@ailleurs.test");
}

#[tokio::test]
pub(crate) async fn pv1_a_service_for_public_servants_refuses_private_staff() {
    let stack = Stack::with(|config| config.services[0].audience = Audience::Public).await;
    let (service, refused) = (stack.service(), Browser::new());

    let page = service.sign_in(&refused, "test@fia1.fr", &[], &[("siret", "41816609600069")]).await;

    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(page.hook("error-section-title"), "Email non autorisé");
    assert_eq!(page.hook("error-code"), "- code erreur : Y500015");
    assert_eq!(
        page.hook("error-message"),
        "- message erreur : \"The user's roles are: []; the user is linked to the non-public \
         organization: Octo-technology (SIRET: 41816609600069)\""
    );
    let report = page.link("Signaler l'erreur");
    assert!(report.starts_with("mailto:support@proconnect.example?"), "{report}");
    assert!(report.contains("Application%20locale"), "{report}");
    let back = Callback::of(&refused.open(&page.link("Réessayer de vous connecter")).await);
    assert_eq!(back.get("error"), "access_denied");
    assert_eq!(back.get("error_description"), "authentication aborted due to invalid identity");

    let admitted = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    assert!(!Callback::of(&admitted).code().is_empty());
}

/// Signs in through ProConnect Identité, whose test passwords are the addresses.
async fn through_identite(stack: &Stack, email: &str) -> Page {
    let browser = Browser::new();
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    let password = browser.submit(&page, &[("email", email)]).await;
    browser.submit(&password, &[("password", email)]).await
}

#[tokio::test]
pub(crate) async fn us3_pci2_private_staff_of_an_unknown_domain_is_refused() {
    let stack = Stack::with(|config| config.services[0].audience = Audience::Public).await;

    let page = through_identite(&stack, "prive@yopmail.com").await;

    assert_eq!(page.hook("error-code"), "- code erreur : Y500015");
}

#[tokio::test]
pub(crate) async fn us4_a_service_that_accepts_private_staff_lets_them_in() {
    let stack = Stack::with(|config| config.services[0].audience = Audience::Private).await;

    let page = through_identite(&stack, "prive@yopmail.com").await;

    assert!(!Callback::of(&page).code().is_empty());
}

#[tokio::test]
pub(crate) async fn pci1_a_public_servant_comes_in_through_identite() {
    let stack = Stack::with(|config| config.services[0].audience = Audience::Public).await;

    let page = through_identite(&stack, "user@yopmail.com").await;

    assert!(!Callback::of(&page).code().is_empty());
}
