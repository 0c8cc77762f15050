//! What a client asks of ProConnect Identité beyond a sign-in, and how it is told that there was none.

use federation::FreeEmails;
use reqwest::{Method, StatusCode};
use url::Url;

use crate::support::{Browser, Callback, Page, Stack};

const USER: &str = "user@yopmail.com";
const SEVERAL: &str = "plusieurs@yopmail.com";

/// A request that the hub's client makes with parameters that the hub itself does not send.
fn request(stack: &Stack, changes: &[(&str, &str)]) -> String {
    let redirect_uri = format!("{}/oidc-callback", stack.issuer());
    let mut params = vec![
        ("client_id", "14cbde9d-8f95-4b51-a1bb-6c03c9892d0f"),
        ("redirect_uri", redirect_uri.as_str()),
        ("response_type", "code"),
        ("scope", "openid given_name usual_name email uid siret"),
        ("state", "a-state-of-at-least-thirty-two-characters"),
        ("nonce", "a-nonce-of-at-least-thirty-two-characters"),
    ];
    for change in changes {
        params.retain(|(name, _)| name != &change.0);
        params.push(*change);
    }
    Url::parse_with_params(&stack.identite("/oauth/authorize"), params).expect("an address").into()
}

/// What the client is told. The hub knows nothing of the request, so it stops there.
fn told(page: &Page, name: &str) -> String {
    assert_eq!(page.url.path(), "/api/v2/oidc-callback", "{} {}", page.url, page.body);
    let found = page.url.query_pairs().find(|(known, _)| known == name);
    found.map_or_else(String::new, |(_, value)| value.into_owned())
}

async fn sign_in(browser: &Browser, page: &Page, email: &str) -> Page {
    let page = browser.submit(page, &[("login", email)]).await;
    browser.submit(&page, &[("password", email)]).await
}

#[tokio::test]
async fn a_client_may_have_the_organisation_chosen_once() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&request(&stack, &[])).await;
    let done = sign_in(&browser, &page, USER).await;
    assert!(!told(&done, "code").is_empty());

    let page = browser.open(&request(&stack, &[("prompt", "select_organization")])).await;
    assert_eq!(page.url.path(), "/users/select-organization", "although there is only one");
    let done = browser.submit(&page, &[]).await;
    assert!(!told(&done, "code").is_empty());

    let done = browser.open(&request(&stack, &[])).await;
    assert!(!told(&done, "code").is_empty(), "the next request does not ask");
}

#[tokio::test]
async fn a_client_may_have_the_names_confirmed_once() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&request(&stack, &[("prompt", "update_userinfo")])).await;
    let page = sign_in(&browser, &page, USER).await;
    assert_eq!(page.url.path(), "/users/personal-information");
    assert!(page.body.contains("value=\"Jean\""), "{}", page.body);

    let done = browser.submit(&page, &[]).await;
    assert!(!told(&done, "code").is_empty());
    let page = browser.open(&request(&stack, &[("prompt", "update_userinfo")])).await;
    assert_eq!(page.url.path(), "/users/personal-information", "each request asks anew");
    let done = browser.open(&request(&stack, &[])).await;
    assert!(!told(&done, "code").is_empty());
}

#[tokio::test]
async fn a_hint_that_is_no_number_stops_the_sign_in_and_the_client_is_told() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    for wrong in ["abcdefghijklmn", "123", "21920023500014x"] {
        let page = browser.open(&request(&stack, &[("siret_hint", wrong)])).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{wrong}");
        assert_eq!(page.hook("error-section-title"), "Une erreur est survenue.");
        let done = browser.open(&page.link("Continuer sur le service")).await;
        assert_eq!(told(&done, "error"), "server_error");
        assert_eq!(told(&done, "error_description"), "siret_hint must have 14 digits");
        assert_eq!(told(&done, "state"), "a-state-of-at-least-thirty-two-characters");

        let again = browser.open(&page.link("Continuer sur le service")).await;
        assert_eq!(again.status, StatusCode::BAD_REQUEST);
        assert_eq!(again.hook("error-section-title"), "Session expirée", "it is over");
    }
}

#[tokio::test]
async fn a_hint_of_fourteen_digits_fills_the_form_whether_or_not_it_names_an_organisation() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&request(&stack, &[("siret_hint", "123 456 789 01234")])).await;

    let page = sign_in(&browser, &page, USER).await;

    assert_eq!(page.url.path(), "/users/join-organization");
    assert!(page.body.contains("value=\"12345678901234\""), "{}", page.body);
    let again = browser.submit(&page, &[]).await;
    assert!(again.body.contains("Erreur : SIRET invalide."));
}

#[tokio::test]
async fn the_service_behind_the_hub_is_told_when_a_hint_is_no_number() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let hints = [("siret_hint", "abcdefghijklmn"), ("login_hint", USER)];
    let page = browser.open(&stack.service().authorize_url(&hints)).await;
    assert_eq!(page.url.path().split('/').nth(1), Some("interaction"), "at ProConnect Identité");

    let page = browser.open(&page.link("Continuer sur le service")).await;

    assert_eq!(page.status, StatusCode::BAD_GATEWAY);
    assert!(page.hook("error-code").contains("Y020032"), "{}", page.body);
    assert!(page.hook("error-message").contains("server_error (siret_hint must have 14 digits)"));
    let done = browser.open(&page.link("Réessayer de vous connecter")).await;
    assert_eq!(Callback::of(&done).get("error"), "invalid_request");
}

#[tokio::test]
async fn a_client_or_address_that_is_not_known_stays_here_and_disturbs_nobody() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let waiting = browser.open(&request(&stack, &[])).await;
    for (change, code) in [
        (("redirect_uri", "https://evil.test/callback"), "invalid_redirect_uri"),
        (("client_id", "unknown"), "invalid_client"),
    ] {
        let page = browser.open(&request(&stack, &[change])).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert_eq!(page.hook("error-section-title"), "Erreur 400");
        assert!(page.hook("error-code").contains(code), "{}", page.body);
        assert!(!page.body.contains("Continuer sur le service"), "{}", page.body);
    }

    let done = sign_in(&browser, &waiting, USER).await;
    assert!(!told(&done, "code").is_empty());
}

#[tokio::test]
async fn only_the_own_interaction_is_given_up_and_only_with_an_error_that_is_known() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    browser.open(&request(&stack, &[])).await;
    let mine = browser.open(&request(&stack, &[("siret_hint", "x")])).await;
    let way_back = mine.link("Continuer sur le service");
    let other = Browser::new();
    let foreign = other.open(&request(&stack, &[("siret_hint", "x")])).await;

    for browser in [&other, &Browser::new()] {
        let page = browser.open(&way_back).await;
        assert_eq!(page.hook("error-section-title"), "Session expirée");
    }
    let path = |page: &Page, query: &str| format!("{}/error{query}", page.url);
    for query in ["", "?error=invalid_grant", "?error=Server_error", "?error_description=x"] {
        let page = browser.open(&path(&mine, query)).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{query}");
    }
    let odd = "?error=access_denied&error_description=%C3%A9t%C3%A9%0d%0aX-A:%20%22b%22";
    let done = other.open(&path(&foreign, odd)).await;
    assert_eq!(told(&done, "error"), "access_denied");
    assert_eq!(told(&done, "error_description"), "tX-A: b");
    let done = browser.open(&way_back).await;
    assert_eq!(told(&done, "error"), "server_error");
}

#[tokio::test]
async fn pages_that_end_a_sign_in_lead_back_to_the_service() {
    let stack = Stack::with(|config| config.identite.free_emails = FreeEmails::Listed).await;
    let browser = Browser::new();
    let hints = [("siret_hint", "99990009500012")];
    let page = browser.open(&request(&stack, &hints)).await;
    let page = sign_in(&browser, &page, USER).await;
    let restricted = browser.submit(&page, &[]).await;
    assert_eq!(restricted.url.path(), "/users/access-restricted-to-public-sector-email");
    let done = browser.open(&restricted.link("Continuer sur le service")).await;
    assert_eq!(told(&done, "error"), "access_denied");
    assert_eq!(told(&done, "error_description"), "access is restricted to public sector emails");

    let page = browser.open(&request(&stack, &[("prompt", "login")])).await;
    let page = browser.submit(&page, &[("login", USER)]).await;
    for _ in 0..10 {
        browser.submit(&page, &[("password", "wrong")]).await;
    }
    let limited = browser.submit(&page, &[("password", "wrong")]).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    let done = browser.open(&limited.link("Continuer sur le service")).await;
    assert_eq!(told(&done, "error"), "server_error");
    assert_eq!(told(&done, "error_description"), "too many tries");
}

#[tokio::test]
async fn without_a_service_error_pages_lead_nowhere() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    browser.open(&stack.identite("/users/start-sign-in")).await;
    let url = stack.identite("/users/start-sign-in");

    let page = browser.ask(Method::POST, &url, Some("_csrf=wrong".to_owned())).await;

    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.body.contains("Continuer sur le service"), "{}", page.body);
}

#[tokio::test]
async fn another_address_is_typed_where_the_first_one_was() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let first = browser.open(&stack.service().authorize_url(&[])).await;
    let page = browser.submit(&first, &[("email", SEVERAL)]).await;
    browser.submit(&page, &[("password", "wrong")]).await;
    let choice = browser.submit(&page, &[("password", SEVERAL)]).await;
    assert_eq!(choice.url.path(), "/users/select-organization");

    let again = browser.open(&stack.identite("/users/change-email")).await;
    assert_eq!(again.url.path(), first.url.path(), "the hub's page");
    let page = browser.submit(&again, &[("email", USER)]).await;
    let done = browser.submit(&page, &[("password", USER)]).await;
    assert!(!Callback::of(&done).code().is_empty());

    let alone = Browser::new();
    let page = alone.open(&stack.identite("/users/start-sign-in")).await;
    let page = alone.submit(&page, &[("login", USER)]).await;
    let start = alone.open(&page.link("Changer d’adresse email")).await;
    assert_eq!(start.url.path(), "/users/start-sign-in");
    sign_in(&alone, &start, USER).await;
    let out = alone.open(&stack.identite("/users/change-email")).await;
    assert_eq!(out.url.query(), Some("notification=logout_success"));
}
