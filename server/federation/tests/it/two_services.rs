//! Two services, one browser: what a session at ProConnect is worth to the second one.

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::{AFTER_LOGOUT, Browser, Callback, Fields, Page, Service, Stack, add_service};

const SILENT: (&str, &str) = ("prompt", "none");

async fn stack() -> Stack {
    Stack::with(|config| _ = add_service(config, "second")).await
}

/// Opens a request of a service and returns what it is answered.
async fn ask(browser: &Browser, service: &Service, changes: Fields<'_>) -> Page {
    browser.open(&service.authorize_url(changes)).await
}

fn is_email_page(page: &Page) -> bool {
    page.body.contains("interaction-connection-button")
}

async fn tokens(service: &Service, page: &Page) -> Value {
    service.tokens(&Callback::of(page)).await
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// Signs a person out of ProConnect on behalf of a service.
async fn sign_out(browser: &Browser, service: &Service, tokens: &Value) -> Page {
    let url = format!("{}/session/end", service.issuer);
    let params = [
        ("id_token_hint", text(tokens, "id_token")),
        ("post_logout_redirect_uri", AFTER_LOGOUT),
        ("state", "s"),
    ];
    browser.open(url::Url::parse_with_params(&url, params).expect("an address").as_str()).await
}

#[tokio::test]
pub(crate) async fn so1_sb1_the_second_service_needs_no_sign_in_and_learns_the_same_sub() {
    let rows = [("login", "none"), ("login consent", "login"), ("none", "login consent")];
    for (first_prompt, second_prompt) in rows {
        let (stack, browser) = (stack().await, Browser::new());
        let (first, second) = (stack.service(), stack.service_number(1));
        // A silent request comes after a sign-in, as with the real one.
        let session = first.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
        let sub = first.verified(text(&tokens(&first, &session).await, "id_token")).await;

        for (service, prompt) in [(&first, first_prompt), (&second, second_prompt)] {
            let page = ask(&browser, service, &[("prompt", prompt)]).await;
            let tokens = tokens(service, &page).await;
            let id_token = service.verified(text(&tokens, "id_token")).await;
            assert_eq!(id_token["sub"], sub["sub"], "{prompt}");
        }
    }
}

#[tokio::test]
pub(crate) async fn pr1_pr2_a_silent_request_succeeds_with_a_session_and_only_then() {
    let (stack, browser) = (stack().await, Browser::new());
    let (first, second) = (stack.service(), stack.service_number(1));

    let page = ask(&browser, &second, &[SILENT]).await;
    assert_eq!(Callback::of(&page).get("error"), "login_required");

    first.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    for service in [&first, &second] {
        let page = ask(&browser, service, &[SILENT]).await;
        assert!(!Callback::of(&page).code().is_empty());
    }
}

#[tokio::test]
pub(crate) async fn pr3_prompts_of_identite_are_not_prompts_of_the_federation() {
    let stack = stack().await;
    for prompt in ["select_account", "select_organization", "update_userinfo"] {
        let page = ask(&Browser::new(), &stack.service(), &[("prompt", prompt)]).await;

        let callback = Callback::of(&page);
        assert_eq!(callback.get("error"), "invalid_request", "{prompt}");
        assert_eq!(callback.get("error_description"), "unsupported prompt value requested");
    }
}

/// Nothing is told to the second service; its own session is its own matter.
#[tokio::test]
pub(crate) async fn so2_signing_out_of_one_service_ends_single_sign_on() {
    let (stack, browser) = (stack().await, Browser::new());
    let (first, second) = (stack.service(), stack.service_number(1));
    let page = first.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let of_first = tokens(&first, &page).await;
    let of_second = tokens(&second, &ask(&browser, &second, &[]).await).await;

    let out = sign_out(&browser, &first, &of_first).await;

    assert_eq!(out.location().expect("a redirect").as_str(), format!("{AFTER_LOGOUT}?state=s"));
    let page = ask(&browser, &second, &[SILENT]).await;
    assert_eq!(Callback::of(&page).get("error"), "login_required");
    assert!(is_email_page(&ask(&browser, &second, &[]).await));
    // The tokens were the session's: they end with it.
    for (service, tokens) in [(&first, &of_first), (&second, &of_second)] {
        let userinfo = service.userinfo(text(tokens, "access_token")).await;
        assert_eq!(userinfo.status(), StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
pub(crate) async fn so3_several_services_sign_out_in_turn() {
    let (stack, browser) = (stack().await, Browser::new());
    let (first, second) = (stack.service(), stack.service_number(1));
    let page = first.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let of_first = tokens(&first, &page).await;
    let of_second = tokens(&second, &ask(&browser, &second, &[]).await).await;

    for (service, tokens) in [(&first, &of_first), (&second, &of_second)] {
        // The second one finds no session any more, and its person comes back all the same.
        let out = sign_out(&browser, service, tokens).await;
        let location = out.location().expect("a redirect");
        assert_eq!(location.as_str(), format!("{AFTER_LOGOUT}?state=s"));
    }
}

#[tokio::test]
async fn the_time_of_passage_and_not_of_the_sign_in_is_told() {
    let (stack, browser) = (stack().await, Browser::new());
    let (first, second) = (stack.service(), stack.service_number(1));
    let page = first.sign_in(&browser, "test@fia1.fr", &[], &[]).await;
    let before = first.verified(text(&tokens(&first, &page).await, "id_token")).await;
    stack.advance(600);

    let page = ask(&browser, &second, &[]).await;
    let after = second.verified(text(&tokens(&second, &page).await, "id_token")).await;

    let seconds = |claims: &Value| claims["auth_time"].as_i64().expect("a time");
    assert_eq!(seconds(&after), seconds(&before) + 600);
}

#[tokio::test]
async fn the_second_service_gets_a_new_sign_in_if_the_session_does_not_suffice() {
    let essential =
        |value: &str| format!(r#"{{"id_token":{{"acr":{{"essential":true,"value":"{value}"}}}}}}"#);
    let (eidas1, eidas2) = (essential("eidas1"), essential("eidas2"));
    let rows: [(&str, (&str, &str), bool); 6] = [
        ("the same provider", ("idp_hint", "fia1"), true),
        ("another provider", ("idp_hint", "fia2"), false),
        ("the same address", ("login_hint", "test@fia1.fr"), true),
        ("another address", ("login_hint", "eve@fia1.fr"), false),
        ("a level that was reached", ("claims", &eidas1), true),
        ("a level that was not", ("claims", &eidas2), false),
    ];
    let stack = stack().await;
    for (row, change, reused) in rows {
        let browser = Browser::new();
        let (first, second) = (stack.service(), stack.service_number(1));
        first.sign_in(&browser, "test@fia1.fr", &[], &[]).await;

        let page = ask(&browser, &second, &[change, SILENT]).await;

        let error = if reused { "" } else { "login_required" };
        assert_eq!(Callback::of(&page).get("error"), error, "{row}");
    }
}

/// The two highest levels always take a new sign-in, even when the session has them.
#[tokio::test]
async fn the_highest_levels_are_never_reused() {
    let (stack, browser) = (stack().await, Browser::new());
    let (first, second) = (stack.service(), stack.service_number(1));
    let claims = r#"{"id_token":{"acr":{"essential":true,"values":["eidas2","eidas3"]}}}"#;
    let demanded = [("claims", claims)];
    let page = first.sign_in(&browser, "test@fia1.fr", &demanded, &[("acr", "eidas2")]).await;
    assert!(!Callback::of(&page).code().is_empty());

    let page = ask(&browser, &second, &demanded).await;

    assert!(is_email_page(&page), "{}", page.url);
}

#[tokio::test]
async fn a_code_and_a_refresh_token_of_one_service_are_nothing_to_the_other() {
    let (stack, browser) = (stack().await, Browser::new());
    let (first, second) = (stack.service(), stack.service_number(1));
    let callback = Callback::of(&first.sign_in(&browser, "test@fia1.fr", &[], &[]).await);

    assert_eq!(second.redeem(&callback.code()).await.status(), StatusCode::BAD_REQUEST);
    let tokens = first.tokens(&callback).await;
    let refresh =
        [("grant_type", "refresh_token"), ("refresh_token", text(&tokens, "refresh_token"))];
    let stolen = second.post_authenticated("/token", &refresh).await;

    assert_eq!(stolen.status(), StatusCode::BAD_REQUEST);
    let own = first.post_authenticated("/token", &refresh).await;
    assert_eq!(own.status(), StatusCode::OK, "a stranger's attempt revokes nothing");
}
