//! Which identity provider an address leads to, and the choice among several.

use crate::support::{Browser, Callback, Page, Stack, decode};

/// Opens the email page and types an address.
async fn typed(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    browser.submit(&page, &[("email", email)]).await
}

/// Where the person stands: the server and the first part of the path.
fn place(stack: &Stack, page: &Page) -> String {
    let url = page.url.as_str();
    let identite = stack.identite("/");
    if url.starts_with(&identite) {
        return "identite".to_owned();
    }
    page.url.path_segments().and_then(|mut parts| parts.next()).unwrap_or_default().to_owned()
}

#[tokio::test]
pub(crate) async fn us1_domains_lead_to_providers() {
    let stack = Stack::start().await;
    let rows = [
        ("test@fia1.fr", "fia1"),
        ("test@fia2.fr", "fia2"),
        ("Test@FIA2.FR", "fia2"),
        ("test@test.proconnect.gouv.fr", "fi-test"),
        ("test@sous.domaine.fia1.fr", "identite"),
        ("test@domaine-inconnu.fr", "identite"),
    ];
    for (email, expected) in rows {
        let page = typed(&stack, &Browser::new(), email).await;

        assert_eq!(place(&stack, &page), expected, "{email}");
    }
}

#[tokio::test]
pub(crate) async fn us5_going_back_from_the_provider_shows_the_email_page() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let mire = browser.open(&stack.service().authorize_url(&[])).await;
    browser.submit(&mire, &[("email", "test@fia1.fr")]).await;

    let back = browser.open(mire.url.as_str()).await;
    assert!(back.body.contains("Choix du compte"));
    let form = browser.submit(&back, &[("email", "test@fia2.fr")]).await;

    let page = browser.submit(&form, &[]).await;
    assert!(!Callback::of(&page).code().is_empty());
}

#[tokio::test]
pub(crate) async fn mf1_the_chosen_provider_is_used() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();

    let choice = typed(&stack, &browser, "test@polyfi.fr").await;
    assert_eq!(choice.url.path(), "/api/v2/identity-provider-selection");
    assert!(choice.body.contains("<h1>Choisir votre accès</h1>"));
    assert!(choice.body.contains("Quel accès voulez-vous utiliser aujourd’hui ?"));
    assert!(choice.body.contains("data-await-valid"), "the button waits for a choice");
    let form = browser.submit(&choice, &[("identityProviderUid", "fia2")]).await;
    let callback = Callback::of(&browser.submit(&form, &[]).await);

    let tokens = service.tokens(&callback).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    assert_eq!(decode(&userinfo.text().await.expect("text"))["idp_id"], "fia2");
}

#[tokio::test]
async fn a_provider_that_was_not_offered_cannot_be_chosen() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let choice = typed(&stack, &browser, "test@polyfi.fr").await;
    let error = browser.submit(&choice, &[("identityProviderUid", "fi-test")]).await;

    assert_eq!(error.hook("error-code"), "- code erreur : Y020019");
}

/// A federation whose ProConnect Identité lists a domain that two providers list as well.
async fn with_identite_at_polyfi() -> Stack {
    Stack::with(|config| {
        let mut providers = config.identity_providers.iter_mut();
        let identite = providers.find(|provider| provider.default).expect("a default");
        identite.domains = vec!["polyfi.fr".to_owned()];
    })
    .await
}

#[tokio::test]
pub(crate) async fn mf2_mf4_mf6_identite_is_offered_last_where_it_lists_the_domain() {
    let (stack, browser) = (with_identite_at_polyfi().await, Browser::new());

    let choice = typed(&stack, &browser, "test@polyfi.fr").await;

    let labels: Vec<&str> = choice
        .body
        .split("<label for=\"idp-")
        .skip(1)
        .filter_map(|label| label.split_once('>')?.1.split('<').next())
        .collect();
    assert_eq!(
        labels,
        [
            "Administration de démonstration A",
            "Administration de démonstration B",
            "Autre (via ProConnect Identité)"
        ]
    );
    assert!(choice.body.contains("choisissez \"Autre\""), "the hint explains it");
    let page = browser.submit(&choice, &[("identityProviderUid", "proconnect-identite")]).await;
    assert_eq!(place(&stack, &page), "identite");
}

#[tokio::test]
pub(crate) async fn mf5_identite_is_not_offered_where_it_does_not_list_the_domain() {
    let (stack, browser) = (Stack::start().await, Browser::new());

    let choice = typed(&stack, &browser, "test@polyfi.fr").await;

    assert!(!choice.body.contains("proconnect-identite"));
    assert!(!choice.body.contains("Autre"));
}

#[tokio::test]
pub(crate) async fn mf3_going_back_twice_leads_to_the_email_page_with_the_address() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let choice = typed(&stack, &browser, "test@polyfi.fr").await;
    browser.submit(&choice, &[("identityProviderUid", "fia1")]).await;

    let choice = browser.open(choice.url.as_str()).await;
    let mire = browser.open(&choice.link("Revenir à l'étape précédente")).await;

    assert!(mire.body.contains("Choix du compte"));
    assert!(mire.body.contains("value=\"test@polyfi.fr\""), "the address is kept");
    let page = browser.submit(&mire, &[("email", "test@fia2.fr")]).await;
    assert_eq!(place(&stack, &page), "fia2");
}

#[tokio::test]
pub(crate) async fn mf7_choosing_again_after_success_is_an_error() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let choice = typed(&stack, &browser, "test@polyfi.fr").await;
    let form = browser.submit(&choice, &[("identityProviderUid", "fia1")]).await;
    Callback::of(&browser.submit(&form, &[]).await).code();

    let again = browser.submit(&choice, &[("identityProviderUid", "fia1")]).await;

    assert!(again.hook("error-code").contains("session-not-found"));
    assert!(again.body.contains("Fermez cette page et essayez de vous reconnecter"));
}

#[tokio::test]
pub(crate) async fn lh1_lh2_a_login_hint_skips_the_email_page() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();

    let hint = [("login_hint", "test@fia1.fr")];
    let form = browser.open(&service.authorize_url(&hint)).await;
    assert_eq!(place(&stack, &form), "fia1");
    assert!(form.body.contains("value=\"test@fia1.fr\""), "it reaches the provider");
    assert_eq!(form.hook("requested-remember_me"), "false");
    browser.submit(&form, &[]).await;

    let same = browser.open(&service.authorize_url(&hint)).await;
    assert!(!Callback::of(&same).code().is_empty(), "the session is the hinted person's");
    let other = browser.open(&service.authorize_url(&[("login_hint", "eve@fia2.fr")])).await;
    assert_eq!(place(&stack, &other), "fia2", "another person signs in anew");
}

#[tokio::test]
pub(crate) async fn lh3_a_login_hint_of_several_providers_gives_the_choice() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let hint = [("login_hint", "test@polyfi.fr")];

    let page = browser.open(&stack.service().authorize_url(&hint)).await;

    assert_eq!(page.url.path(), "/api/v2/identity-provider-selection");
}

#[tokio::test]
pub(crate) async fn sh1_a_siret_hint_reaches_the_provider() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let hint = [("siret_hint", "13002526500013")];

    let page = browser.open(&stack.service().authorize_url(&hint)).await;
    let form = browser.submit(&page, &[("email", "test@fia1.fr")]).await;

    assert_eq!(form.hook("requested-siret_hint"), "13002526500013");
}
