//! The answer of the browser: what is accepted, what is refused, and what the person then sees.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::provider::{Change, Signing};
use crate::support::{Fault, TestApp};

#[tokio::test]
async fn b1_a_sign_in_gives_a_session_and_leads_where_it_was_meant_to() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("return_to=%2Fcompte%3Fa%3D1").await;
    let query = app.provider.approve(&url);

    let answer = browser.get(&format!("/auth/callback?{query}")).await;

    assert_eq!((answer.status, answer.location()), (303, "/compte?a=1"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert!(!answer.location().contains("code"), "no code in the address that stays");
    assert_eq!(app.provider.calls("token"), 1);
    let session = browser.session().await;
    assert_eq!(session["state"], "signed_in");
    assert_eq!(session["identity"]["given_name"], "Angela Claire Louise");
    assert_eq!(session["identity"]["usual_name"], "Dubois");
    assert_eq!(session["identity"]["email"], "angela.dubois@example.fr");
    assert_eq!(session["organisation"]["siret"], "21920023500014");
    assert_eq!(session["provider"]["idp_id"], "fia1");
    assert_eq!(session["level"], json!({ "acr": "eidas1", "amr": ["pwd"] }));
}

#[tokio::test]
async fn b13_c9_every_algorithm_of_proconnect_works_for_tokens_and_userinfo() {
    for id_token in [Signing::Rs256, Signing::Es256, Signing::Hs256] {
        for userinfo in [Signing::Rs256, Signing::Es256, Signing::Hs256, Signing::None] {
            let app = TestApp::start_with((id_token, userinfo), &[]).await;

            let session = app.signed_in_browser().await.session().await;

            assert_eq!(session["identity"]["usual_name"], "Dubois");
        }
    }
}

#[tokio::test]
async fn b2_b10_an_unknown_state_is_refused_without_asking_the_provider() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for (query, problem) in [
        ("code=c&state=unknown", "login.state_unknown"),
        ("code=c", "login.state_unknown"),
        ("error=access_denied&error_description=%3Cb%3Exyzzy&state=unknown", "login.state_unknown"),
        ("", "request.invalid"),
        ("code=c&code=d&state=s", "request.invalid"),
        ("code=%ff&state=s", "request.invalid"),
    ] {
        let answer = browser.get(&format!("/auth/callback?{query}")).await;

        assert_eq!((answer.status, answer.problem()), (400, problem), "{query}");
        assert!(!answer.body.contains("xyzzy"), "nothing of the query is shown");
    }
    assert_eq!(app.provider.calls("token"), 0);
    assert_eq!(browser.session().await["state"], "anonymous");
}

#[tokio::test]
async fn b3_an_answer_that_was_used_is_not_used_again() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("return_to=%2Fcompte").await;
    let callback = format!("/auth/callback?{}", app.provider.approve(&url));
    let mut copy = browser.clone();
    browser.get(&callback).await;

    // Back button, reload, double click.
    let again = browser.get(&callback).await;
    assert_eq!((again.status, again.location()), (303, "/compte"));
    // Somebody who copied the browser's cookies before.
    let copied = copy.get(&callback).await;
    assert_eq!((copied.status, copied.problem()), (400, "login.state_unknown"));
    assert_eq!(copy.session().await["state"], "anonymous");
    assert_eq!(app.provider.calls("token"), 1);
}

#[tokio::test]
async fn b4_an_attempt_of_another_browser_is_refused() {
    let app = TestApp::start().await;
    let url = app.browser().start_sign_in("").await;
    let query = app.provider.approve(&url);
    let mut victim = app.browser();
    victim.start_sign_in("").await;

    let answer = victim.get(&format!("/auth/callback?{query}")).await;

    assert_eq!((answer.status, answer.problem()), (400, "login.state_unknown"));
    assert_eq!(victim.session().await["state"], "anonymous");
}

#[tokio::test]
async fn b5_a_code_of_another_attempt_is_refused() {
    let app = TestApp::start().await;
    let attacker = app.browser().start_sign_in("").await;
    let stolen = app.provider.approve(&attacker);
    let code = query_value(&stolen, "code");
    let mut victim = app.browser();
    let url = victim.start_sign_in("").await;
    let own = app.provider.approve(&url);
    let swapped = own.replace(&query_value(&own, "code"), &code);

    let answer = victim.get(&format!("/auth/callback?{swapped}")).await;

    assert_eq!((answer.status, answer.problem()), (502, "login.answer_invalid"));
    assert_eq!(victim.session().await["state"], "anonymous");
}

#[tokio::test]
async fn b7_the_issuer_of_the_answer_must_be_exact() {
    let app = TestApp::start().await;
    let issuer = app.provider.issuer();
    let encoded: String = url::form_urlencoded::byte_serialize(issuer.as_bytes()).collect();
    let iss = format!("&iss={encoded}");
    let twice = format!("{iss}{iss}");
    let rows = [
        ("", 502, "login.answer_invalid"),
        ("&iss=https%3A%2F%2Fevil.example", 502, "login.answer_invalid"),
        (&format!("{iss}%2F"), 502, "login.answer_invalid"),
        (twice.as_str(), 400, "request.invalid"),
    ];
    for (wrong, status, problem) in rows {
        let mut browser = app.browser();
        let url = browser.start_sign_in("").await;
        let query = app.provider.approve(&url).replace(&iss, wrong);

        let answer = browser.get(&format!("/auth/callback?{query}")).await;

        assert_eq!((answer.status, answer.problem()), (status, problem), "{wrong}");
        let mut browser = app.browser();
        let url = browser.start_sign_in("").await;
        let query = app.provider.refuse(&url, "access_denied", "x").replace(&iss, wrong);
        let answer = browser.get(&format!("/auth/callback?{query}")).await;
        assert_eq!(answer.problem(), problem, "also on an error: {wrong}");
    }
    assert_eq!(app.provider.calls("token"), 0);
}

#[tokio::test]
async fn b9_errors_of_the_provider_are_explained() {
    let app = TestApp::start().await;
    let level = "requested ACRs could not be satisfied";
    for (error, description, status, problem) in [
        ("access_denied", "user authentication aborted", 400, "login.cancelled"),
        ("access_denied", level, 403, "login.level_insufficient"),
        ("server_error", "authentication aborted", 400, "login.provider_refused"),
        ("login_required", "x", 400, "login.provider_refused"),
        ("interaction_required", "x", 400, "login.provider_refused"),
        ("temporarily_unavailable", "x", 400, "login.provider_refused"),
        ("made_up_error", "<script>alert(1)</script>", 400, "login.provider_refused"),
    ] {
        let mut browser = app.browser();
        let url = browser.start_sign_in("return_to=%2Fcompte").await;
        let query = app.provider.refuse(&url, error, description);

        let answer = browser.get(&format!("/auth/callback?{query}")).await;

        assert_eq!((answer.status, answer.problem()), (status, problem), "{error}");
        assert!(answer.body.contains("/auth/login?return_to=%2Fcompte"), "a way on");
        assert!(!answer.body.contains("made_up") && !answer.body.contains("alert(1)"));
        assert_eq!(browser.session().await["state"], "anonymous");
    }
}

#[tokio::test]
async fn b6_an_answer_for_another_attempt_uses_this_one_up() {
    let app = TestApp::start().await;
    let rows: [Change; 2] = [
        |claims| claims["nonce"] = Value::Null,
        |claims| claims["nonce"] = json!("another-nonce-of-at-least-43-characters-as-ours"),
    ];
    for nonce in rows {
        let mut browser = app.browser();
        let url = browser.start_sign_in("").await;
        let callback = format!("/auth/callback?{}", app.provider.approve(&url));
        let mut copy = browser.clone();
        app.provider.misbehave(Fault { id_token: Some(nonce), ..Fault::default() });
        let before = app.provider.calls("token");

        let answer = browser.get(&callback).await;

        assert_eq!((answer.status, answer.problem()), (502, "login.answer_invalid"));
        app.provider.misbehave(Fault::default());
        assert_eq!(copy.get(&callback).await.problem(), "login.state_unknown");
        assert_eq!(app.provider.calls("token"), before + 1);
        assert_eq!(copy.session().await["state"], "anonymous");
    }
}

#[tokio::test]
async fn b8_a_malformed_answer_is_refused_whoever_sends_it() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("").await;
    let good = app.provider.approve(&url);
    let (code, state) = (query_value(&good, "code"), query_value(&good, "state"));
    let long = "x".repeat(60_000);
    for query in [
        format!("{good}&code={code}"),
        format!("{good}&state={state}"),
        format!("{good}&error=access_denied"),
        good.replace(&format!("code={code}"), "code="),
        good.replace(&format!("state={state}"), "state="),
        format!("error=&state={state}"),
        format!("state={state}"),
        format!("{good}&code=%ff%fe"),
        format!("code=%C3%28&state={state}"),
        format!("code={long}&state={state}"),
    ] {
        let answer = browser.get(&format!("/auth/callback?{query}")).await;
        let short = &query[..query.len().min(120)];
        assert_eq!(answer.status, 400, "{short}: {}", answer.body);
        assert_eq!(answer.header("cache-control"), "no-store", "{short}");
        assert!(answer.body.contains("lang=\"fr\""), "a page: {short}");
    }
    assert_eq!(app.provider.calls("token"), 0);
    assert_eq!(browser.get(&format!("/auth/callback?{good}")).await.status, 303, "still good");
}

#[tokio::test]
async fn b9_a_silent_sign_in_that_finds_nobody_goes_back_as_it_came() {
    let app = TestApp::start_with((Signing::Rs256, Signing::Rs256), &["--silent-sign-in"]).await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("return_to=%2Fcompte&silent=1").await;
    let query = app.provider.refuse(&url, "login_required", "End-User authentication is required");

    let answer = browser.get(&format!("/auth/callback?{query}")).await;

    assert_eq!((answer.status, answer.location()), (303, "/compte"));
    assert_eq!(browser.session().await["state"], "anonymous");
}

#[tokio::test]
async fn b12_an_attempt_lasts_thirty_minutes() {
    let app = TestApp::start().await;
    for (minutes, status) in [(29, 303), (31, 400)] {
        let mut browser = app.browser();
        let url = browser.start_sign_in("return_to=%2Fcompte").await;
        let query = app.provider.approve(&url);
        app.clock.advance(minutes * 60);

        let answer = browser.get(&format!("/auth/callback?{query}")).await;

        assert_eq!(answer.status, status, "after {minutes} minutes");
        if status == 400 {
            assert_eq!(answer.problem(), "login.state_unknown");
            assert!(answer.body.contains("/auth/login?return_to=%2Fcompte"), "restarts likewise");
        }
    }
}

#[tokio::test]
async fn b11_ten_tabs_sign_in_in_any_order() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let mut tabs = Vec::new();
    for tab in 0..10 {
        let url = browser.start_sign_in(&format!("return_to=%2Ftab%2F{tab}")).await;
        tabs.push((tab, app.provider.approve(&url)));
        app.clock.advance(1);
    }
    for (tab, query) in tabs.into_iter().rev() {
        let answer = browser.get(&format!("/auth/callback?{query}")).await;

        assert_eq!((answer.status, answer.location()), (303, format!("/tab/{tab}").as_str()));
    }
    assert_eq!(browser.session().await["state"], "signed_in");
}

#[tokio::test]
async fn b15_other_methods_use_up_nothing() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("").await;
    let callback = format!("/auth/callback?{}", app.provider.approve(&url));
    for method in [Method::HEAD, Method::POST, Method::PUT] {
        let own = [("sec-fetch-site", "same-origin")];
        let answer = browser.send(method.clone(), &callback, &own).await;
        assert_eq!(answer.status, 405, "{method}");
    }
    assert_eq!(app.provider.calls("token"), 0);
    assert_eq!(browser.get(&callback).await.status, 303);
}

#[tokio::test]
async fn b17_the_level_that_was_required_is_enforced() {
    let app =
        TestApp::start_with((Signing::Rs256, Signing::Rs256), &["--proconnect-acr", "eidas2"])
            .await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("").await;
    let query = app.provider.approve(&url);

    let answer = browser.get(&format!("/auth/callback?{query}")).await;

    assert_eq!((answer.status, answer.problem()), (403, "login.level_insufficient"));
    assert_eq!(browser.session().await["state"], "anonymous");
}

fn query_value(query: &str, name: &str) -> String {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .unwrap()
        .1
        .into_owned()
}
