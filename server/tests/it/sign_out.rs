//! Signing out: here, at the provider, and back; and how sessions end by themselves.

use reqwest::Method;

use crate::support::TestApp;

type Headers = &'static [(&'static str, &'static str)];

#[tokio::test]
async fn e8_f7_signing_out_ends_the_session_and_goes_on_to_the_provider() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let mut thief = browser.clone();

    let answer = browser.sign_out().await;
    assert_eq!(
        (answer.status, answer.json()["location"].as_str()),
        (200, Some("/auth/logout/continue"))
    );
    assert_eq!(browser.session().await["state"], "anonymous");
    assert_eq!(thief.session().await["state"], "anonymous", "the old cookie is worth nothing");

    let leave = browser.get("/auth/logout/continue").await;
    let url: url::Url = leave.location().parse().unwrap();
    let sent: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(leave.status, 303);
    assert!(leave.location().starts_with(&format!("{}/session/end?", app.provider.issuer())));
    assert_eq!(sent["id_token_hint"].split('.').count(), 3);
    assert_eq!(sent["post_logout_redirect_uri"], "http://localhost:3000/auth/logout/callback");
    assert!(sent["state"].len() >= 43);

    let back = browser.get(&format!("/auth/logout/callback?state={}", sent["state"])).await;
    assert_eq!((back.status, back.location()), (303, "/deconnexion"));
    assert_eq!(back.header("clear-site-data"), "\"cache\", \"storage\"");
    let left: Vec<_> =
        browser.cookies.keys().filter(|name| !name.starts_with("app-login-")).collect();
    assert_eq!(left, ["app-silent"], "who signed out is not signed in again unasked");
}

#[tokio::test]
async fn f7_without_the_program_a_page_goes_on_by_itself() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let form = [("origin", "http://localhost:3000"), ("accept", "text/html")];

    let answer = browser.send(Method::POST, "/auth/logout", &form).await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("refresh"), "0; url=/auth/logout/continue");
    assert!(answer.body.contains("href=\"/auth/logout/continue\""));
    assert!(!answer.body.contains("eyJ"), "no token in the page");
}

#[tokio::test]
async fn who_changes_organisation_is_signed_out_everywhere_and_signs_in_again_for_it() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let own = [("sec-fetch-site", "same-origin"), ("accept", "application/json")];
    let form = "return_to=%2Fcompte%2Forganisation&siret_hint=13002526500013";

    let answer = browser.post("/auth/logout", form, &own).await;
    assert_eq!(answer.status, 200);
    assert_eq!(browser.session().await["state"], "anonymous");
    let leave = browser.get("/auth/logout/continue").await;
    let url: url::Url = leave.location().parse().unwrap();
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let back = browser.get(&format!("/auth/logout/callback?state={state}")).await;

    let again = "/auth/login?return_to=%2Fcompte%2Forganisation&siret_hint=13002526500013";
    assert_eq!((back.status, back.location()), (303, again));
    let start = browser.get(again).await;
    assert!(start.location().contains("siret_hint=13002526500013"), "{}", start.location());
}

#[tokio::test]
async fn a_wrong_organisation_or_place_signs_nobody_out() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let own = [("sec-fetch-site", "same-origin"), ("accept", "application/json")];
    for form in [
        "return_to=%2Fcompte&siret_hint=123",
        "return_to=https%3A%2F%2Fevil.example",
        "return_to=%2F&return_to=%2Fcompte",
    ] {
        let answer = browser.post("/auth/logout", form, &own).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (400, Some("request.invalid")));
        assert_eq!(browser.session().await["state"], "signed_in", "{form}");
    }
    let unfilled = browser.post("/auth/logout", "return_to=%2Fcompte&siret_hint=", &own).await;
    assert_eq!(unfilled.status, 200, "a field that nobody filled in is no SIRET");
}

#[tokio::test]
async fn f7_signing_out_works_without_a_session() {
    let app = TestApp::start().await;
    let mut browser = app.browser();

    browser.sign_out().await;
    let leave = browser.get("/auth/logout/continue").await;

    assert!(leave.location().contains("client_id=test-client"), "{}", leave.location());
    assert!(!leave.location().contains("id_token_hint"));
}

#[tokio::test]
async fn f8_a_return_with_another_state_changes_nothing() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    for query in ["", "?state=forged", "?state=a&state=b"] {
        let answer = browser.get(&format!("/auth/logout/callback{query}")).await;
        assert_eq!((answer.status, answer.location()), (303, "/"), "{query}");
    }
    assert_eq!(browser.session().await["state"], "signed_in");
}

#[tokio::test]
async fn f6_nothing_but_our_own_page_signs_out() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let attempts: [(Method, Headers, u16); 6] = [
        (Method::GET, &[], 405),
        (Method::HEAD, &[], 405),
        (Method::POST, &[], 403),
        (Method::POST, &[("sec-fetch-site", "cross-site")], 403),
        (Method::POST, &[("sec-fetch-site", "same-site"), ("origin", "http://a.localhost")], 403),
        (Method::POST, &[("origin", "null")], 403),
    ];
    for (method, headers, status) in attempts {
        let answer = browser.send(method.clone(), "/auth/logout", headers).await;
        assert_eq!(answer.status, status, "{method} {headers:?}");
        assert_eq!(browser.session().await["state"], "signed_in", "{method} {headers:?}");
    }
}

#[tokio::test]
async fn e1_e11_signing_in_again_replaces_the_session() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let before = browser.cookies["app-session"].clone();
    let mut old_tab = browser.clone();
    let url = browser.start_sign_in("").await;
    // As after a cross-site redirect: the browser does not send its strict cookie.
    let strict = browser.cookies.remove("app-session").unwrap();
    let query = app.provider.approve(&url);
    browser.get(&format!("/auth/callback?{query}")).await;

    assert_eq!(strict, before);
    assert_ne!(browser.cookies["app-session"], before, "a new id");
    assert_eq!(browser.session().await["state"], "signed_in");
    assert_eq!(old_tab.session().await["state"], "anonymous", "the old session is gone");
    assert!(old_tab.cookies.contains_key("app-session"), "but no answer removes a cookie");
}

#[tokio::test]
async fn e1_an_id_from_elsewhere_is_never_adopted() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let planted = "AAAAAAAAAAAAAAAAAAAAAA";
    browser.cookies.insert("app-session".to_owned(), planted.to_owned());
    assert_eq!(browser.session().await["state"], "anonymous");
    let url = browser.start_sign_in("").await;
    let query = app.provider.approve(&url);

    browser.get(&format!("/auth/callback?{query}")).await;

    assert_ne!(browser.cookies["app-session"], planted);
    assert_eq!(browser.session().await["state"], "signed_in");
}

#[tokio::test]
async fn a_restart_keeps_everybody_signed_in() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let pending = browser.start_sign_in("return_to=%2Fcompte").await;

    let app = app.restart().await;

    let mut after = app.browser();
    after.cookies.clone_from(&browser.cookies);
    assert_eq!(after.session().await["state"], "signed_in");
    let query = app.provider.approve(&pending);
    let answer = after.get(&format!("/auth/callback?{query}")).await;
    assert_eq!((answer.status, answer.location()), (303, "/compte"));
}

#[tokio::test]
async fn e13_who_reads_the_store_learns_nothing() {
    let app = TestApp::start().await;
    let browser = app.signed_in_browser().await;

    let stored = app.stored_bytes();

    assert!(!stored.is_empty());
    let mut secrets = app.provider.secrets();
    secrets.extend(browser.cookies.values().cloned());
    secrets.extend(["angela", "Dubois", "subject-1", "21920023500014"].map(str::to_owned));
    for secret in secrets {
        let found = stored.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{secret}");
    }
}
