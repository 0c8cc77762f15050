//! The authorization endpoint: what opens the email page, and which error is shown where.

use reqwest::{Method, StatusCode};

use crate::support::{Browser, Callback, Fields, Page, Stack, add_service};

const NO_WAY_BACK: &str = "Réessayer";

/// The request without a parameter.
fn without(url: &str, name: &str) -> String {
    let mut url = url::Url::parse(url).expect("an address");
    let kept: Vec<(String, String)> =
        url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
    url.query_pairs_mut().clear().extend_pairs(kept);
    url.into()
}

fn shows_the_email_page(page: &Page) -> bool {
    page.status == StatusCode::OK && page.body.contains("interaction-connection-button")
}

#[tokio::test]
pub(crate) async fn au1_unknown_and_deactivated_clients_get_a_page_without_a_way_back() {
    let stack = Stack::with(|config| add_service(config, "deactivated").active = false).await;
    for client_id in ["unknown", "deactivated"] {
        let url = stack.service().authorize_url(&[("client_id", client_id)]);
        let page = Browser::new().open(&url).await;

        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        let code = "- code erreur : oidc-provider-rendered-error:invalid_client";
        assert_eq!(page.hook("error-code"), code);
        assert_eq!(page.hook("error-message"), "- message erreur : \"client is invalid\"");
        assert!(!page.body.contains(NO_WAY_BACK), "no way back");
        assert!(!page.body.contains("service.test"), "nothing of the request is echoed");
    }
}

#[tokio::test]
pub(crate) async fn au2_an_address_on_localhost_is_accepted() {
    const LOCAL: &str = "http://localhost:4242/callback";
    let stack = Stack::with(|config| config.services[0].redirect_uris.push(LOCAL.to_owned())).await;

    let url = stack.service().authorize_url(&[("redirect_uri", LOCAL)]);

    assert!(shows_the_email_page(&Browser::new().open(&url).await));
}

#[tokio::test]
pub(crate) async fn au3_au4_every_usual_prompt_and_none_at_all_open_the_email_page() {
    let stack = Stack::start().await;
    let rows: [Fields<'_>; 5] = [
        &[("prompt", "login")],
        &[("prompt", "consent")],
        &[("prompt", "login consent")],
        &[("prompt", "consent login")],
        &[],
    ];
    for changes in rows {
        let page = Browser::new().open(&stack.service().authorize_url(changes)).await;
        assert!(shows_the_email_page(&page), "{changes:?}: {}", page.body);
    }
}

#[tokio::test]
pub(crate) async fn au5_a_silent_request_without_a_session_and_prompts_beside_none_are_refused() {
    let stack = Stack::start().await;
    let alone = "prompt none must only be used alone";
    let rows = [
        ("none", "login_required", "End-User authentication is required"),
        ("none login", "invalid_request", alone),
        ("none consent", "invalid_request", alone),
    ];
    for (prompt, error, description) in rows {
        let page = Browser::new().open(&stack.service().authorize_url(&[("prompt", prompt)])).await;

        let callback = Callback::of(&page);
        assert_eq!(callback.get("error"), error, "{prompt}");
        assert_eq!(callback.get("error_description"), description, "{prompt}");
        assert_eq!(callback.get("state"), "a-state-of-at-least-thirty-two-characters");
        assert_eq!(callback.get("iss"), stack.issuer());
    }
}

#[tokio::test]
pub(crate) async fn au6_au7_the_nonce_is_optional_and_an_answer_in_the_fragment_may_be_asked_for() {
    let stack = Stack::start().await;
    let base = stack.service().authorize_url(&[]);
    let fragment = stack.service().authorize_url(&[("response_mode", "fragment")]);
    for url in [without(&base, "nonce"), fragment] {
        let page = Browser::new().open(&url).await;
        assert!(shows_the_email_page(&page), "{url}: {}", page.body);
    }
}

#[tokio::test]
pub(crate) async fn au10_au11_only_a_code_may_be_asked_for() {
    let stack = Stack::start().await;
    let unsupported = ("unsupported_response_type", "unsupported response_type requested");
    let missing = ("invalid_request", "missing required parameter 'response_type'");
    let rows = [
        ("", false, missing),
        ("unknown", false, unsupported),
        ("id_token", true, unsupported),
        ("id_token token", true, unsupported),
        ("code id_token", true, unsupported),
        ("code token", true, unsupported),
    ];
    for (response_type, in_fragment, (error, description)) in rows {
        let url = stack.service().authorize_url(&[("response_type", response_type)]);
        let page = Browser::new().open(&url).await;

        let callback = Callback::of(&page);
        assert_eq!(callback.get("error"), error, "{response_type}");
        assert_eq!(callback.get("error_description"), description, "{response_type}");
        let location = page.location().expect("a redirect");
        assert_eq!(location.fragment().is_some(), in_fragment, "{response_type}");
    }
}

#[tokio::test]
pub(crate) async fn ru1_a_foreign_or_malformed_address_gets_a_page_without_a_way_back() {
    let stack = Stack::start().await;
    let rule = "redirect_uri must match /^https?:\\/\\/[^/].+$/ regular expression";
    let foreign = "redirect_uri did not match any of the client's registered redirect_uris";
    let rendered = "oidc-provider-rendered-error:invalid_redirect_uri (Y030031)";
    let rows = [
        ("", "Y000400", rule),
        ("example.com", "Y000400", rule),
        ("https://evil.test/callback", rendered, foreign),
        // A slash too many is another address.
        ("https://service.test/callback/", rendered, foreign),
    ];
    for (redirect_uri, code, message) in rows {
        let url = stack.service().authorize_url(&[("redirect_uri", redirect_uri)]);
        let page = Browser::new().open(&url).await;

        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{redirect_uri}");
        assert_eq!(page.hook("error-code"), format!("- code erreur : {code}"));
        assert_eq!(page.hook("error-message"), format!("- message erreur : \"{message}\""));
        assert!(!page.body.contains(NO_WAY_BACK), "{redirect_uri}: no way back");
    }
}

#[tokio::test]
async fn a_missing_parameter_gets_a_page_without_a_way_back() {
    let stack = Stack::start().await;
    let base = stack.service().authorize_url(&[]);
    for name in ["client_id", "response_type", "state", "scope"] {
        let page = Browser::new().open(&without(&base, name)).await;

        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert_eq!(page.hook("error-code"), "- code erreur : Y000400");
        let message = format!("- message erreur : \"{name} must be a string\"");
        assert_eq!(page.hook("error-message"), message);
        assert!(!page.body.contains(NO_WAY_BACK), "no way back");
    }
}

#[tokio::test]
async fn a_request_may_be_posted() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    let url = service.authorize_url(&[]);
    let (endpoint, query) = url.split_once('?').expect("a query");

    let page = browser.ask(Method::POST, endpoint, Some(query.to_owned())).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let page = browser.open(page.location().expect("a redirect").as_str()).await;
    let form = browser.submit(&page, &[("email", "test@fia1.fr")]).await;

    assert!(!Callback::of(&browser.submit(&form, &[]).await).code().is_empty());
}

#[tokio::test]
async fn the_answer_travels_as_the_response_mode_says() {
    let stack = Stack::start().await;
    let service = stack.service();

    let fragment = [("response_mode", "fragment")];
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &fragment, &[]).await;
    assert!(page.location().expect("a redirect").fragment().is_some());
    assert!(!Callback::of(&page).code().is_empty());

    let form_post = [("response_mode", "form_post")];
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &form_post, &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("action=\"https://service.test/callback\""), "{}", page.body);
    assert!(page.body.contains("name=\"code\""));
}

#[tokio::test]
async fn hints_skip_the_email_page() {
    let stack = Stack::start().await;
    let service = stack.service();
    let rows = [
        (vec![("login_hint", "eve@fia1.fr")], "/fia1/interaction/", "value=\"eve@fia1.fr\""),
        (vec![("idp_hint", "fia2")], "/fia2/interaction/", "sp_name"),
        (vec![("login_hint", "eve@polyfi.fr")], "/api/v2/identity-provider-selection", "fia2"),
        (
            vec![("login_hint", "eve@fia1.fr"), ("siret_hint", "21920023500014")],
            "/fia1/interaction/",
            "siret_hint",
        ),
    ];
    for (changes, path, content) in rows {
        let page = Browser::new().open(&service.authorize_url(&changes)).await;

        assert!(page.url.path().starts_with(path), "{changes:?}: {}", page.url);
        assert!(page.body.contains(content), "{changes:?}: {}", page.body);
    }
}

#[tokio::test]
async fn with_strict_docs_a_parameter_that_is_not_documented_is_an_error() {
    let strict = Stack::with(|config| config.features.strict_docs = true).await;
    let like_the_real_one = Stack::start().await;
    let extra = [("sp_name", "Test")];

    let page = Browser::new().open(&strict.service().authorize_url(&extra)).await;

    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(page.hook("error-code"), "- code erreur : Y000400");
    assert!(page.hook("error-message").contains("property sp_name should not exist"));
    let page = Browser::new().open(&strict.service().authorize_url(&[])).await;
    assert!(page.body.contains("interaction-connection-button"), "the usual request is fine");
    let page = Browser::new().open(&like_the_real_one.service().authorize_url(&extra)).await;
    assert!(page.body.contains("interaction-connection-button"));
}
