//! What the federation tells its developer: events, requests with their checks, and pages.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Browser, Callback, Stack, client};

fn names(events: &Value) -> Vec<String> {
    let events = events.as_array().expect("a list").iter();
    events.map(|event| event["event"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn a_sign_in_and_a_sign_out_leave_their_events() {
    let stack = Stack::start().await;
    let service = stack.service();
    let browser = Browser::new();

    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    service.userinfo(tokens["access_token"].as_str().expect("a token")).await;
    browser.open(&format!("{}/session/end", stack.issuer())).await;

    let events = stack.admin().get("/events").await;
    assert_eq!(
        names(&events),
        [
            "FC_AUTHORIZE_INITIATED",
            "IDP_CHOSEN",
            "IDP_CALLEDBACK",
            "FC_REQUESTED_IDP_TOKEN",
            "FC_REQUESTED_IDP_USERINFO",
            "FC_VERIFIED",
            "SP_REQUESTED_FC_TOKEN",
            "SP_REQUESTED_FC_USERINFO",
            "SP_REQUESTED_LOGOUT",
            "FC_REQUESTED_LOGOUT_FROM_IDP",
            "FC_SESSION_TERMINATED",
        ]
    );
    let (first, verified, last) = (&events[0], &events[5], &events[10]);
    assert_eq!(first["browsingSessionId"], last["browsingSessionId"], "one visit");
    assert_ne!(first["sessionId"], verified["sessionId"], "renewed by the sign-in");
    assert_eq!(verified["sessionId"], last["sessionId"]);
    assert_eq!(verified["spId"], service.client_id.as_str());
    assert_eq!(verified["idpId"], "fia1");
    assert_eq!(first["time"], "2026-03-02T09:00:00.000Z");
    assert!(!events.to_string().contains("test@fia1.fr"), "no personal data");
}

#[tokio::test]
async fn events_are_asked_for_from_an_instant_on() {
    let stack = Stack::start().await;
    let browser = Browser::new();
    browser.open(&stack.service().authorize_url(&[])).await;
    stack.advance(60);
    browser.open(&stack.service().authorize_url(&[("idp_hint", "fia1")])).await;

    let admin = stack.admin();
    let later = admin.get("/events?since=2026-03-02T09:01:00Z").await;
    let (status, refused) = admin.ask(Method::GET, "/events?since=hier", None).await;

    assert_eq!(
        names(&later),
        ["FC_AUTHORIZE_INITIATED", "FC_REDIRECTED_TO_HINTED_IDP", "IDP_CHOSEN"]
    );
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused["error"], "no_instant");
}

#[tokio::test]
async fn events_are_appended_to_a_file_as_json_lines() {
    let stack = Stack::start().await;

    Browser::new().open(&stack.service().authorize_url(&[])).await;
    stack.admin().done(Method::POST, "/reset", Value::Null).await;

    assert_eq!(stack.events(), ["FC_AUTHORIZE_INITIATED"], "a reset leaves the file alone");
    assert_eq!(stack.admin().get("/events").await, json!([]));
}

#[tokio::test]
async fn the_developer_reads_which_rule_was_broken_and_what_to_do() {
    let stack = Stack::start().await;
    let service = stack.service();
    let request = client()
        .post(format!("{}/token", stack.issuer()))
        .basic_auth(&service.client_id, Some(&service.client_secret))
        .form(&[("grant_type", "authorization_code"), ("code", "c")]);
    let basic = request.send().await.expect("an answer");
    let browser = Browser::new();
    browser.open(&service.authorize_url(&[("nonce", "short"), ("sp_name", "x")])).await;

    let page = browser.open(&stack.hub("/demandes")).await;

    assert_eq!(basic.status(), StatusCode::UNAUTHORIZED);
    for expected in [
        "HTTP Basic n’est pas accepté par ProConnect : utilisez client_secret_post.",
        "invalid_client : client authentication failed",
        "La documentation demande un nonce d’au moins 32 caractères.",
        "ProConnect ignore le paramètre sp_name.",
        "Application locale",
    ] {
        assert!(page.body.contains(expected), "{expected}:\n{}", page.body);
    }
    assert!(!page.body.contains(&service.client_secret), "no secret");
}

#[tokio::test]
async fn what_a_request_says_is_escaped() {
    let stack = Stack::start().await;
    let hostile = "<script>alert(1)</script>";
    let browser = Browser::new();
    browser.open(&stack.service().authorize_url(&[("client_id", hostile), (hostile, "")])).await;

    for path in ["/", "/demandes", "/evenements"] {
        let page = browser.open(&stack.hub(path)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains(hostile), "{path}");
    }
    let page = browser.open(&stack.hub("/demandes")).await;
    assert!(page.body.contains("&#60;script&#62;"), "shown, but as text");
}

#[tokio::test]
async fn every_page_is_there_and_shows_what_is_registered() {
    let stack = Stack::start().await;
    let service = stack.service();
    let browser = Browser::new();
    let detail = format!("/services/{}", service.client_id);
    let rows = [
        ("/", "user@yopmail.com"),
        ("/services", "Application locale"),
        (detail.as_str(), "client_secret_post"),
        ("/fournisseurs", "fia1.fr, polyfi.fr"),
        ("/demandes", "Aucune demande"),
        ("/evenements", "Aucun événement"),
        ("/scenarios", "wrong-nonce"),
        ("/reglages", "02/03/2026 09:00:00 UTC"),
    ];
    for (path, expected) in rows {
        let page = browser.open(&stack.hub(path)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains(expected), "{path}: {expected}");
        assert!(!page.body.contains(&service.client_secret), "{path} shows no secret");
    }
    assert_eq!(browser.open(&stack.hub("/services/x")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_settings_forms_do_what_they_say() {
    let stack = Stack::start().await;
    let admin = stack.admin();
    let submit = async |path: &str, form: &[(&str, &str)]| {
        let request = client().post(stack.hub(path)).form(form);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
    };

    submit("/reglages/profil", &[("profile", "2026")]).await;
    submit("/reglages/horloge", &[("advance", "3600")]).await;
    submit("/reglages/horloge", &[("advance", "60")]).await;
    assert_eq!(admin.get("/profile").await["profile"], "2026");
    assert_eq!(admin.get("/clock").await["offset_seconds"], 3660);

    submit("/reglages/horloge", &[("reset", "1")]).await;
    assert_eq!(admin.get("/clock").await["offset_seconds"], 0);

    submit("/reglages/remise-a-zero", &[]).await;
    assert_eq!(admin.get("/profile").await["profile"], "2025");
}

#[tokio::test]
async fn pages_of_other_sites_cannot_use_the_forms() {
    let stack = Stack::start().await;
    let client_id = stack.service().client_id;
    let form = [("service", client_id.as_str()), ("scenario", "new-sub")];
    let request = client()
        .post(stack.hub("/scenarios/armer"))
        .header("origin", "https://evil.test")
        .form(&form);

    let response = request.send().await.expect("an answer");

    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let armed = stack.admin().get(&format!("/scenarios/{client_id}")).await;
    assert_eq!(armed, json!({ "scenario": null }));
}

/// Clicks on "Se connecter" beside a test account.
async fn one_click(stack: &Stack, browser: &Browser, email: &str) -> crate::support::Page {
    let home = browser.open(&stack.hub("/")).await;
    browser.submit_to(&home, "/essai", &[("email", email)]).await
}

#[tokio::test]
async fn one_click_signs_a_test_account_in_everywhere() {
    let stack = Stack::start().await;
    for (email, provider) in [("test@fia1.fr", "fia1"), ("user@yopmail.com", "proconnect-identite")]
    {
        let browser = Browser::new();
        let page = one_click(&stack, &browser, email).await;

        assert!(page.body.contains("Connexion réussie"), "{}", page.body);
        assert!(page.body.contains(email), "the claims are shown");
        assert!(page.body.contains(provider));
        let home = browser.open(&stack.hub("/")).await;
        assert!(home.body.contains("Session ouverte dans ce navigateur"));
        let silent = browser.open(&stack.service().authorize_url(&[("prompt", "none")])).await;
        assert_ne!(Callback::of(&silent).get("code"), "", "services find the session");
    }
}

#[tokio::test]
async fn one_click_opens_one_sign_in_only() {
    let stack = Stack::start().await;
    one_click(&stack, &Browser::new(), "test@fia1.fr").await;

    let url = stack.service().authorize_url(&[("login_hint", "test@fia1.fr")]);
    let other = Browser::new().open(&url).await;

    assert_eq!(other.status, StatusCode::OK, "the form of the administration, as always");
    assert!(other.body.contains("given_name"));
}

#[tokio::test]
async fn one_click_tells_why_a_sign_in_fails() {
    let stack = Stack::start().await;

    let disabled = one_click(&stack, &Browser::new(), "test@fia3.fr").await;
    let invalid = one_click(&stack, &Browser::new(), "x").await;

    assert!(disabled.hook("error-code").contains("Y020017"));
    assert!(invalid.hook("error-code").contains("Y000400"));
}

#[tokio::test]
async fn without_the_admin_api_the_pages_only_show() {
    let stack = Stack::with(|config| config.admin.enabled = false).await;
    let browser = Browser::new();
    for path in ["/", "/scenarios", "/reglages"] {
        let page = browser.open(&stack.hub(path)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("<form"), "{path}");
    }
    for path in ["/essai", "/scenarios/armer", "/reglages/remise-a-zero"] {
        let page = browser.ask(Method::POST, &stack.hub(path), Some(String::new())).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}
