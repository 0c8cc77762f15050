//! Starting a sign-in: what is sent to the provider, what stays in the browser, what is refused.

use std::collections::HashMap;

use crate::support::TestApp;
use crate::support::provider::Signing;

const CALLBACK: &str = "http://localhost:3000/auth/callback";

#[tokio::test]
async fn a1_each_attempt_has_fresh_long_secrets_and_pkce_s256() {
    let app = TestApp::start().await;
    let mut browser = app.browser();

    let first = parameters(&browser.start_sign_in("").await);
    let second = parameters(&browser.start_sign_in("").await);

    for name in ["state", "nonce", "code_challenge"] {
        assert!(first[name].len() >= 43, "{name}: {}", first[name]);
        assert_ne!(first[name], second[name], "{name}");
    }
    assert_eq!(first["code_challenge_method"], "S256");
    assert_eq!(first["response_type"], "code");
    assert_eq!(first["redirect_uri"], CALLBACK);
    assert_eq!(first["claims"], r#"{"id_token":{"acr":null,"amr":null}}"#);
    assert!(first["scope"].split(' ').any(|scope| scope == "openid"));
    let mut sent: Vec<_> = first.keys().map(String::as_str).collect();
    sent.sort_unstable();
    let allowed = [
        "claims",
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
    ];
    assert_eq!(sent, allowed);
}

#[tokio::test]
async fn hints_and_levels_are_passed_on() {
    let algorithms = (Signing::Rs256, Signing::Rs256);
    let app = TestApp::start_with(algorithms, &["--silent-sign-in"]).await;
    let query = "acr=eidas2+eidas3&login_hint=a%40b.fr&siret_hint=21920023500014&idp_hint=fia1\
                 &silent=1";

    let sent = parameters(&app.browser().start_sign_in(query).await);

    assert_eq!(sent["login_hint"], "a@b.fr");
    assert_eq!(sent["siret_hint"], "21920023500014");
    assert_eq!(sent["idp_hint"], "fia1");
    assert_eq!(sent["prompt"], "none");
    assert_eq!(
        sent["claims"],
        r#"{"id_token":{"acr":{"essential":true,"values":["eidas2","eidas3"]},"amr":null}}"#
    );
}

#[tokio::test]
async fn a2_the_host_of_the_request_changes_nothing() {
    let app = TestApp::start().await;
    let forged = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
    ];

    let answer = app.browser().send(reqwest::Method::GET, "/auth/login", &forged).await;
    assert_eq!(parameters(&answer.location().parse().unwrap())["redirect_uri"], CALLBACK);

    let mut browser = app.signed_in_browser().await;
    browser.sign_out().await;
    let leave = browser.send(reqwest::Method::GET, "/auth/logout/continue", &forged).await;
    let sent = parameters(&leave.location().parse().unwrap());
    assert_eq!(sent["post_logout_redirect_uri"], "http://localhost:3000/auth/logout/callback");
    assert!(!leave.location().contains("evil"), "{}", leave.location());
}

#[tokio::test]
async fn a3_a_bad_request_is_a_page_and_starts_nothing() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for query in [
        "return_to=//evil.example",
        "return_to=https://evil.example",
        "return_to=%2F%2F%D0%B0pp.example",
        "return_to=https:%2F%2Fxn--pp-7kc.example",
        "return_to=%2Fcompte&return_to=%2Fcompte",
        "return_to=%2Fcompte&return_to=%2F",
        "return_to=%2Fauth%2Flogout",
        "siret_hint=123",
        "login_hint=%0d%0a",
    ] {
        let answer = browser.get(&format!("/auth/login?{query}")).await;

        assert_eq!((answer.status, answer.problem()), (400, "request.invalid"), "{query}");
        assert!(answer.set_cookies().is_empty(), "{query}");
        assert!(!answer.body.contains("evil"), "{query}");
        assert_eq!(answer.header("cache-control"), "no-store", "{query}");
    }
}

#[tokio::test]
async fn a5_a_browser_keeps_ten_attempts_and_the_last_one_works() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for _ in 0..100 {
        browser.start_sign_in("").await;
        app.clock.advance(1);
    }
    let last = browser.start_sign_in("return_to=%2Fcompte").await;

    // As long as a return path may be: fewer attempts, no larger headers.
    let mut crowded = app.browser();
    for _ in 0..10 {
        crowded.start_sign_in(&format!("return_to=%2F{}", "a".repeat(1000))).await;
        app.clock.advance(1);
    }
    let crowd: usize = crowded.cookies.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!(crowd < 8000, "{crowd} bytes of cookies");

    let attempts = browser.cookies.keys().filter(|name| name.starts_with("app-login-")).count();
    let size: usize = browser.cookies.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert_eq!(attempts, 10);
    assert!(size < 8000, "{size} bytes of cookies");
    let answer = browser.get(&format!("/auth/callback?{}", app.provider.approve(&last))).await;
    assert_eq!((answer.status, answer.location()), (303, "/compte"));
}

#[tokio::test]
async fn a4_a_prefetch_starts_nothing() {
    let app = TestApp::start().await;
    let prefetch = [("sec-purpose", "prefetch")];

    let answer = app.browser().send(reqwest::Method::GET, "/auth/login", &prefetch).await;

    assert_eq!(answer.status, 204);
    assert!(answer.set_cookies().is_empty());
}

fn parameters(url: &url::Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}
