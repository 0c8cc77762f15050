//! Signing out: of the hub, of the identity provider, and back to the service.

use reqwest::StatusCode;

use crate::support::{AFTER_LOGOUT, Browser, Callback, Page, Stack};

async fn sign_in(stack: &Stack, browser: &Browser, email: &str, form: &[(&str, &str)]) -> String {
    let service = stack.service();
    let page = service.sign_in(browser, email, &[], form).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    tokens["id_token"].as_str().expect("text").to_owned()
}

async fn sign_out(stack: &Stack, browser: &Browser, params: &[(&str, &str)]) -> Page {
    let url = format!("{}/session/end", stack.issuer());
    browser.open(url::Url::parse_with_params(&url, params).expect("an address").as_str()).await
}

#[tokio::test]
pub(crate) async fn lo1_signing_out_ends_every_session_and_the_next_sign_in_asks_again() {
    for (email, form, session) in [
        ("test@fia1.fr", vec![], "demo_fi_fia1"),
        ("user@yopmail.com", vec![("password", "user@yopmail.com")], "identite_session"),
    ] {
        let (stack, browser) = (Stack::start().await, Browser::new());
        let id_token = sign_in(&stack, &browser, email, &form).await;
        assert!(browser.cookie(session).is_some());

        let params = [
            ("id_token_hint", id_token.as_str()),
            ("post_logout_redirect_uri", AFTER_LOGOUT),
            ("state", "the state"),
        ];
        let page = sign_out(&stack, &browser, &params).await;

        let location = page.location().expect("a redirect");
        assert_eq!(location.as_str(), "https://service.test/out?state=the+state");
        assert_eq!(browser.cookie("pc_session_id"), None);
        assert_eq!(browser.cookie(session), None);
        let events = stack.events();
        let latest: Vec<&str> = events.iter().rev().take(3).rev().map(String::as_str).collect();
        assert_eq!(
            latest,
            ["SP_REQUESTED_LOGOUT", "FC_REQUESTED_LOGOUT_FROM_IDP", "FC_SESSION_TERMINATED"]
        );
        let again = browser.open(&stack.service().authorize_url(&[])).await;
        assert!(again.body.contains("Choix du compte"), "the email page");
        let form = browser.submit(&again, &[("email", email)]).await;
        assert!(form.body.contains("<form"), "the provider's form: {}", form.url);
    }
}

#[tokio::test]
async fn signing_out_kills_the_tokens_of_the_session() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    let page = service.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;

    sign_out(&stack, &browser, &[("client_id", &service.client_id)]).await;

    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    assert_eq!(userinfo.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
pub(crate) async fn lo2_signing_out_works_without_a_hint_a_session_or_an_address() {
    let stack = Stack::start().await;
    let service = stack.service();

    let params =
        [("client_id", service.client_id.as_str()), ("post_logout_redirect_uri", AFTER_LOGOUT)];
    let page = sign_out(&stack, &Browser::new(), &params).await;
    assert_eq!(page.location().expect("a redirect").as_str(), AFTER_LOGOUT);

    let browser = Browser::new();
    sign_in(&stack, &browser, "test@fia1.fr", &[]).await;
    let page = sign_out(&stack, &browser, &[]).await;
    assert_eq!(page.url.path(), "/api/v2/session/end/success");
    assert!(page.body.contains("<h1>Déconnexion</h1>"), "{}", page.body);
    let text = "Vous êtes bien déconnecté, vous pouvez fermer votre navigateur.";
    assert!(page.body.contains(text), "{}", page.body);
    assert_eq!(browser.cookie("pc_session_id"), None);
}

#[tokio::test]
async fn an_old_hint_is_still_good() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let id_token = sign_in(&stack, &browser, "test@fia1.fr", &[]).await;
    stack.advance(30 * 24 * 3600);

    let params = [("id_token_hint", id_token.as_str()), ("post_logout_redirect_uri", AFTER_LOGOUT)];
    let page = sign_out(&stack, &browser, &params).await;

    assert_eq!(page.location().expect("a redirect").as_str(), AFTER_LOGOUT);
}

#[tokio::test]
async fn nobody_is_sent_to_a_foreign_address() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let id_token = sign_in(&stack, &browser, "test@fia1.fr", &[]).await;
    let forged = format!("{}x", &id_token[..id_token.len() - 1]);
    let evil = "https://evil.test/";
    let rows: [(&[(&str, &str)], &str); 4] = [
        (
            &[("id_token_hint", &id_token), ("post_logout_redirect_uri", evil)],
            "oidc-provider-rendered-error:invalid_request (Y030111)",
        ),
        (&[("id_token_hint", &forged)], "oidc-provider-rendered-error:invalid_request"),
        (
            &[("id_token_hint", &id_token), ("client_id", "other")],
            "oidc-provider-rendered-error:invalid_request",
        ),
        (&[("post_logout_redirect_uri", "javascript:alert(1)")], "Y000400"),
    ];
    for (params, code) in rows {
        let page = sign_out(&stack, &browser, params).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{params:?}");
        assert_eq!(page.hook("error-code"), format!("- code erreur : {code}"));
    }
    let page = sign_out(&stack, &Browser::new(), &[("post_logout_redirect_uri", evil)]).await;
    assert_eq!(page.url.path(), "/api/v2/session/end/success", "without a client, no address");
}
