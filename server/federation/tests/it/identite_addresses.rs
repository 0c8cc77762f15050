//! How often one address of the network may ask ProConnect Identité for something.

use reqwest::StatusCode;

use crate::support::{Browser, Callback, Stack};

async fn stack() -> Stack {
    Stack::with(|config| config.identite.rate_limit_by_ip = true).await
}

#[tokio::test]
async fn sixty_pages_a_minute() {
    let (stack, browser) = (stack().await, Browser::new());
    let url = stack.identite("/users/start-sign-in");
    for _ in 0..60 {
        assert_eq!(browser.open(&url).await.status, StatusCode::OK);
    }

    let limited = Browser::new().open(&url).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(limited.hook("error-section-title"), "Accès temporairement limité.");
    for other in ["/assets/federation.css", "/oauth/jwks", "/livez"] {
        assert_eq!(browser.open(&stack.identite(other)).await.status, StatusCode::OK, "{other}");
    }

    stack.advance(60);
    assert_eq!(browser.open(&url).await.status, StatusCode::OK);
}

#[tokio::test]
async fn sixty_answers_of_the_api_a_second() {
    let (stack, browser) = (stack().await, Browser::new());
    let url = stack.identite("/api/sirene/organization-info/21690123100011");
    for _ in 0..60 {
        assert_eq!(browser.open(&url).await.status, StatusCode::UNAUTHORIZED);
    }

    assert_eq!(browser.open(&url).await.status, StatusCode::TOO_MANY_REQUESTS);
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    assert_eq!(page.status, StatusCode::OK, "pages are counted apart");
    stack.advance(1);
    assert_eq!(browser.open(&url).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_service_that_waits_is_told() {
    let (stack, browser) = (stack().await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    let page = browser.submit(&page, &[("email", "user@yopmail.com")]).await;
    assert_eq!(page.url.path(), "/users/sign-in");
    let mut latest = page;
    while latest.status == StatusCode::OK {
        latest = browser.open(&stack.identite("/users/sign-in")).await;
    }

    assert_eq!(latest.status, StatusCode::TOO_MANY_REQUESTS);
    let way_back = latest.link("Continuer sur le service");
    let limited = browser.open(&way_back).await;
    assert_eq!(limited.status, StatusCode::BAD_GATEWAY, "the way back is open: {}", limited.body);
    assert!(limited.hook("error-message").contains("server_error (too many tries)"));
    let done = browser.open(&limited.link("Réessayer de vous connecter")).await;
    assert_eq!(Callback::of(&done).get("error"), "invalid_request");
}

#[tokio::test]
async fn nobody_is_limited_unless_it_is_configured() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    for _ in 0..100 {
        let page = browser.open(&stack.identite("/users/start-sign-in")).await;
        assert_eq!(page.status, StatusCode::OK);
    }
}
