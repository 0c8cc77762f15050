//! What identity providers answer, and what becomes of it.

use reqwest::StatusCode;

use crate::support::{Browser, Callback, Page, Stack};

/// Signs in with changes to the form; returns where it ends.
async fn answer(stack: &Stack, email: &str, claims: &[(&str, &str)]) -> (Browser, Page) {
    let browser = Browser::new();
    let page = stack.service().sign_in(&browser, email, &[], claims).await;
    (browser, page)
}

#[tokio::test]
async fn cancelling_at_the_provider_leads_back_to_the_service() {
    let stack = Stack::start().await;

    let (browser, page) = answer(&stack, "test@fia1.fr", &[("cancel", "1")]).await;

    assert_eq!(page.status, StatusCode::BAD_GATEWAY);
    assert_eq!(page.hook("error-code"), "- code erreur : Y020032");
    assert!(page.hook("error-message").contains("access_denied (User auth aborted)"));
    let back = Callback::of(&browser.open(&page.link("Réessayer de vous connecter")).await);
    assert_eq!(back.get("error"), "invalid_request");
    assert_eq!(
        back.get("error_description"),
        "authentication aborted due to a technical error on the authorization server"
    );
    assert_eq!(back.get("state"), "a-state-of-at-least-thirty-two-characters");
}

#[tokio::test]
async fn a_callback_is_bound_to_its_browser_and_used_once() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    let cookie = browser.cookie("pc_session_id").expect("a session");
    let form = browser.submit(&page, &[("email", "test@fia1.fr")]).await;
    let csrf = form.body.split("name=\"csrfToken\" value=\"").nth(1).expect("a token");
    let body = format!(
        "csrfToken={}&email=test%40fia1.fr&given_name=A&usual_name=B&uid=1&sub=1",
        &csrf[..64]
    );
    let redirect = browser.ask(reqwest::Method::POST, form.url.as_str(), Some(body)).await;
    let callback = redirect.location().expect("a redirect").to_string();

    let stranger = Browser::new();
    let error = stranger.open(&callback).await;
    assert!(error.hook("error-code").contains("oidc-provider-error:session-not-found"));
    assert!(error.body.contains("Fermez cette page et essayez de vous reconnecter"));

    let attacker = Browser::new();
    attacker.open(&stack.service().authorize_url(&[])).await;
    let error = attacker.open(&callback).await;
    assert_eq!(error.hook("error-code"), "- code erreur : Y020026");

    Callback::of(&browser.open(&callback).await).code();
    assert_ne!(browser.cookie("pc_session_id"), Some(cookie), "the identifier is renewed");

    let error = browser.open(&callback).await;
    assert_eq!(error.hook("error-code"), "- code erreur : Y020026");
}

/// A browser that left for `fia1`, with the state that it must come back with.
async fn gone_to_fia1(stack: &Stack) -> (Browser, String) {
    let browser = Browser::new();
    let page = browser.open(&stack.service().authorize_url(&[])).await;
    let body = format!("email=a%40fia1.fr&csrfToken={}", csrf_of(&page));
    let url = stack.hub("/api/v2/redirect-to-idp");
    let start = browser.ask(reqwest::Method::POST, &url, Some(body)).await;
    let leaving = start.location().expect("a redirect");
    let state = leaving.query_pairs().find(|(name, _)| name == "state").expect("a state").1;
    (browser, state.into_owned())
}

#[tokio::test]
pub(crate) async fn cb1_cb2_cb3_a_callback_without_its_state_is_refused() {
    let stack = Stack::start().await;
    for query in ["", "code=x", "state=&code=x", "state=unknown&code=x", "state=a&state=b"] {
        let (browser, _) = gone_to_fia1(&stack).await;
        let iss = stack.demo("/fia1");

        let callback = stack.hub(&format!("/api/v2/oidc-callback?iss={iss}&{query}"));
        let error = browser.open(&callback).await;

        assert_eq!(error.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(error.hook("error-code").starts_with("- code erreur : Y020026"), "{query}");
    }
}

#[tokio::test]
pub(crate) async fn cb4_cb5_cb7_codes_and_issuers_of_the_callback_are_checked() {
    let stack = Stack::start().await;
    let fia1 = stack.demo("/fia1");
    let refused = "server responded with an error in the response body";
    let rows = [
        ("code missing", format!("iss={fia1}"), "invalid response encountered"),
        ("code empty", format!("iss={fia1}&code="), "invalid response encountered"),
        ("iss missing", "code=x".to_owned(), "unexpected iss"),
        ("iss wrong", "code=x&iss=https://evil.test".to_owned(), "unexpected iss"),
        ("code wrong", format!("iss={fia1}&code=x"), refused),
    ];
    for (row, query, message) in rows {
        let (browser, state) = gone_to_fia1(&stack).await;

        let callback = format!("/api/v2/oidc-callback?state={state}&{query}");
        let error = browser.open(&stack.hub(&callback)).await;

        assert_eq!(error.status, StatusCode::BAD_REQUEST, "{row}");
        assert!(error.hook("error-code").starts_with("- code erreur : Y020026"), "{row}");
        assert!(error.hook("error-message").contains(message), "{row}: {}", error.body);
    }
}

#[tokio::test]
pub(crate) async fn cb6_an_error_of_the_provider_is_shown_with_its_description() {
    let stack = Stack::start().await;
    let fields = [("error", "invalid_scope"), ("error_description", "your scopes are invalid")];

    let (_, page) = answer(&stack, "test@fia1.fr", &fields).await;

    assert_eq!(page.status, StatusCode::BAD_GATEWAY);
    assert!(page.hook("error-code").starts_with("- code erreur : Y020032"));
    let message = "- message erreur : \"invalid_scope (your scopes are invalid)\"";
    assert_eq!(page.hook("error-message"), message);
}

#[tokio::test]
pub(crate) async fn cs1_forms_need_the_token_of_their_session() {
    let stack = Stack::start().await;
    let foreign = Browser::new().open(&stack.service().authorize_url(&[])).await;
    let foreign = format!("csrfToken={}&email=a%40fia1.fr", csrf_of(&foreign));
    let rows = [
        (foreign.as_str(), "Y470001"),
        ("csrfToken=wrong&email=a%40fia1.fr", "Y470001"),
        ("email=a%40fia1.fr", "Y470002"),
    ];
    for (body, code) in rows {
        let browser = Browser::new();
        browser.open(&stack.service().authorize_url(&[])).await;

        let url = stack.hub("/api/v2/redirect-to-idp");
        let error = browser.ask(reqwest::Method::POST, &url, Some(body.to_owned())).await;

        assert_eq!(error.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(error.hook("error-code").starts_with(&format!("- code erreur : {code}")));
    }
}

fn csrf_of(page: &Page) -> &str {
    &page.body.split("name=\"csrfToken\" value=\"").nth(1).expect("a token")[..64]
}

#[tokio::test]
async fn level_claims_of_a_wrong_form_are_refused() {
    let stack = Stack::start().await;
    let rows = [("acr", "true"), ("acr", "empty-array"), ("amr", "true"), ("amr", "empty")];
    for claim in rows {
        let (browser, page) = answer(&stack, "test@fia1.fr", &[claim]).await;

        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{claim:?}");
        assert_eq!(page.hook("error-code"), "- code erreur : Y020030", "{claim:?}");
        let back = Callback::of(&browser.open(&page.link("Réessayer de vous connecter")).await);
        assert_eq!(back.get("error"), "server_error", "{claim:?}");
    }
}
