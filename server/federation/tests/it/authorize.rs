//! The authorization endpoint: which error is shown where.

use reqwest::{Method, StatusCode};

use crate::support::{Browser, Callback, Stack};

#[tokio::test]
async fn malformed_requests_get_a_page_without_a_way_back() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let rows = [
        ("state", None, "state must be a string"),
        (
            "redirect_uri",
            Some("example.com"),
            "redirect_uri must match /^https?:\\/\\/[^/].+$/ regular expression",
        ),
        ("scope", Some(""), "scope should not be empty"),
    ];
    for (name, value, message) in rows {
        let mut url = url::Url::parse(&stack.service().authorize_url(&[])).expect("an address");
        let pairs: Vec<(String, String)> =
            url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
        url.query_pairs_mut().clear().extend_pairs(pairs).extend_pairs(value.map(|v| (name, v)));

        let page = browser.open(url.as_str()).await;

        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert_eq!(page.hook("error-code"), "- code erreur : Y000400");
        assert_eq!(page.hook("error-message"), format!("- message erreur : \"{message}\""));
        assert!(!page.body.contains("Réessayer"), "no way back");
        assert!(!page.body.contains("service.test"), "nothing of the request is echoed");
    }
}

#[tokio::test]
async fn untrusted_requests_get_a_page_without_a_way_back() {
    let stack = Stack::with(|config| {
        let mut deactivated = config.services[0].clone();
        deactivated.client_id = "deactivated".to_owned();
        deactivated.active = false;
        config.services.push(deactivated);
    })
    .await;
    let rows = [
        ("client_id", "unknown", "invalid_client", "client is invalid"),
        ("client_id", "deactivated", "invalid_client", "client is invalid"),
        (
            "redirect_uri",
            "https://service.test/callback/",
            "invalid_redirect_uri (Y030031)",
            "redirect_uri did not match any of the client's registered redirect_uris",
        ),
    ];
    for (name, value, code, message) in rows {
        let page = Browser::new().open(&stack.service().authorize_url(&[(name, value)])).await;

        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert_eq!(
            page.hook("error-code"),
            format!("- code erreur : oidc-provider-rendered-error:{code}")
        );
        assert_eq!(page.hook("error-message"), format!("- message erreur : \"{message}\""));
        assert!(!page.body.contains("Réessayer"), "no way back");
    }
}

#[tokio::test]
async fn other_errors_go_to_the_service() {
    let stack = Stack::start().await;
    let rows = [
        (vec![("prompt", "none")], "login_required", "End-User authentication is required"),
        (vec![("scope", "openid groups")], "invalid_scope", "requested scope is not allowed"),
        (
            vec![("idp_hint", "unknown")],
            "idp_hint_not_found",
            "provided idp_hint could not be found",
        ),
        (
            vec![("response_type", "code token")],
            "unsupported_response_type",
            "unsupported response_type requested",
        ),
    ];
    for (changes, error, description) in rows {
        let page = Browser::new().open(&stack.service().authorize_url(&changes)).await;

        let callback = Callback::of(&page);
        assert_eq!(callback.get("error"), error);
        assert_eq!(callback.get("error_description"), description);
        assert_eq!(callback.get("state"), "a-state-of-at-least-thirty-two-characters");
        assert_eq!(callback.get("iss"), stack.issuer());
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
