//! Raising the level of a session, and what only a raised one opens.

use serde_json::{Value, json};

use crate::support::browser::Browser;
use crate::support::provider::{Change, Signing};
use crate::support::{Answer, Fault, TestApp};

const TWO_STEPS: &str = "return_to=%2Fespace-protege&acr=eidas0-mfa+eidas1-mfa+eidas2+eidas3";

/// Starts to raise the level and has the provider answer with a changed ID token.
async fn raise(app: &TestApp, browser: &mut Browser, id_token: Change) -> Answer {
    let url = browser.start_sign_in(TWO_STEPS).await;
    // As after a cross-site redirect: the browser does not send its strict cookie.
    let strict = browser.cookies.remove("app-session").unwrap();
    app.provider.misbehave(Fault { id_token: Some(id_token), ..Fault::default() });
    let query = app.provider.approve(&url);
    let answer = browser.get(&format!("/auth/callback?{query}")).await;
    browser.cookies.entry("app-session".to_owned()).or_insert(strict);
    app.provider.misbehave(Fault::default());
    answer
}

#[tokio::test]
async fn a_raised_session_has_a_new_id_and_leads_back() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let before = browser.cookies["app-session"].clone();
    let mut old_tab = browser.clone();

    let answer = raise(&app, &mut browser, |claims| claims["acr"] = json!("eidas1-mfa")).await;

    assert_eq!((answer.status, answer.location()), (303, "/espace-protege"));
    assert_ne!(browser.cookies["app-session"], before);
    assert_eq!(browser.session().await["level"]["acr"], "eidas1-mfa");
    assert_eq!(old_tab.session().await["state"], "anonymous", "the lower session is gone");
}

#[tokio::test]
async fn a_step_up_tells_the_provider_whom_it_is_about_and_what_is_essential() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;

    let url = browser.start_sign_in(TWO_STEPS).await;

    let sent: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(sent["login_hint"], "angela.dubois@example.fr");
    let levels = r#"["eidas0-mfa","eidas1-mfa","eidas2","eidas3"]"#;
    let presence = r#""auth_time":{"essential":true}"#;
    let claims =
        format!(r#"{{"acr":{{"essential":true,"values":{levels}}},"amr":null,{presence}}}"#);
    assert_eq!(sent["claims"], format!(r#"{{"id_token":{claims}}}"#));
}

#[tokio::test]
async fn b17_a_step_up_with_a_wrong_answer_leaves_the_session_as_it_was() {
    let app = TestApp::start().await;
    let rows: [(Change, &str); 4] = [
        (|claims| claims["acr"] = json!("eidas1"), "login.level_insufficient"),
        (|claims| claims["acr"] = json!(null), "login.level_insufficient"),
        (|claims| claims["acr"] = json!(["eidas2"]), "login.answer_invalid"),
        (
            |claims| {
                claims["sub"] = json!("subject-2");
                claims["acr"] = json!("eidas2");
            },
            "login.other_person",
        ),
    ];
    for (answer, problem) in rows {
        let mut browser = app.signed_in_browser().await;
        let before = browser.session().await;

        let refused = raise(&app, &mut browser, answer).await;

        assert!(refused.status >= 400);
        assert_eq!(refused.problem(), problem);
        assert!(refused.body.contains("Votre session en cours continue"), "{}", refused.body);
        assert!(refused.body.contains("return_to=%2Fespace-protege&amp;acr=eidas0-mfa"));
        assert_eq!(browser.session().await, before);
    }
}

#[tokio::test]
async fn c5_who_raises_a_level_was_there_for_it() {
    let app = TestApp::start().await;
    let rows: [Change; 3] = [
        |claims| claims["auth_time"] = Value::Null,
        |claims| claims["auth_time"] = json!(claims["iat"].as_i64().unwrap() - 120),
        |claims| claims["auth_time"] = json!(claims["iat"].as_i64().unwrap() + 120),
    ];
    for auth_time in rows {
        let mut browser = app.signed_in_browser().await;
        let url = browser.start_sign_in(TWO_STEPS).await;
        app.provider.misbehave(Fault { id_token: Some(auth_time), ..Fault::default() });
        let query = app.provider.approve(&url);

        let answer = browser.get(&format!("/auth/callback?{query}")).await;

        assert_eq!((answer.status, answer.problem()), (502, "login.answer_invalid"));
        assert_eq!(browser.session().await["level"]["acr"], "eidas1", "as it was");
        app.provider.misbehave(Fault::default());
    }
}

#[tokio::test]
async fn b17_giving_up_a_step_up_leaves_the_session_as_it_was() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let url = browser.start_sign_in(TWO_STEPS).await;
    let query = app.provider.refuse(&url, "access_denied", "user authentication aborted");

    let answer = browser.get(&format!("/auth/callback?{query}")).await;

    assert_eq!(answer.problem(), "login.cancelled");
    assert!(answer.body.contains("Votre session en cours continue"));
    assert_eq!(browser.session().await["state"], "signed_in");
}

#[tokio::test]
async fn a_link_cannot_lower_the_levels_that_the_operator_accepts() {
    let arguments = ["--proconnect-acr", "eidas2 eidas3"];
    let app = TestApp::start_with((Signing::Rs256, Signing::Rs256), &arguments).await;
    let mut browser = app.browser();

    let url = browser.start_sign_in("acr=eidas1+eidas2").await;
    assert!(url.query().unwrap().contains("%5B%22eidas2%22%5D"), "{url}");
    let nothing_left = browser.get("/auth/login?acr=eidas1").await;
    assert_eq!((nothing_left.status, nothing_left.problem()), (400, "request.invalid"));

    // The page of a refusal names the levels of the configuration, in words.
    let url = browser.start_sign_in("").await;
    let query = app.provider.approve(&url);
    let refused = browser.get(&format!("/auth/callback?{query}")).await;
    assert_eq!((refused.status, refused.problem()), (403, "login.level_insufficient"));
    assert!(refused.body.contains("Substantiel"), "{}", refused.body);
}

#[tokio::test]
async fn the_protected_space_opens_at_its_level_only() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let anonymous = browser.get("/api/space").await;
    assert_eq!((anonymous.status, anonymous.body.as_str()), (401, "\"signed_out\""));

    let mut browser = app.signed_in_browser().await;
    let person = browser.session().await["person"].as_str().unwrap().to_owned();
    let note = [("note", "à ne pas perdre"), ("person", person.as_str())];
    let too_low = browser.get("/api/space").await;
    assert_eq!((too_low.status, too_low.body.as_str()), (403, "\"level_insufficient\""));
    assert_eq!(browser.call("save_note", &note).await.status, 403);

    raise(&app, &mut browser, |claims| claims["acr"] = json!("eidas1-mfa")).await;
    let saved = browser.call("save_note", &note).await;
    assert_eq!(saved.status, 200, "{}", saved.body);
    assert_eq!(browser.get("/api/space").await.json()["note"], "à ne pas perdre");
    let stored = app.stored_bytes();
    assert!(!stored.windows(11).any(|window| window == "ne pas perd".as_bytes()));
}

#[tokio::test]
async fn a_note_is_kept_for_the_person_who_wrote_it_only() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    raise(&app, &mut browser, |claims| claims["acr"] = json!("eidas1-mfa")).await;

    let refused = browser.call("save_note", &[("note", "x"), ("person", "another")]).await;

    assert_eq!((refused.status, refused.body.as_str()), (409, "\"other_person\""));
    assert_eq!(browser.get("/api/space").await.json()["note"], "");
    let person = browser.session().await["person"].as_str().unwrap().to_owned();
    let long = "é".repeat(1001);
    let refused = browser.call("save_note", &[("note", &long), ("person", &person)]).await;
    assert_eq!(refused.status, 400);
}
