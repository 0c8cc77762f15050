//! Reading the identity again during a session: once for all who ask, whatever happens meanwhile.

use std::time::Duration;

use serde_json::json;

use crate::support::provider::Signing;
use crate::support::{Answer, Fault, TestApp};

const RS256: (Signing, Signing) = (Signing::Rs256, Signing::Rs256);

#[tokio::test]
async fn what_changed_at_the_provider_is_shown_and_the_level_stays() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let before = browser.session().await;
    app.clock.advance(61);
    app.provider.misbehave(Fault {
        userinfo: Some(|claims| claims["usual_name"] = json!("Martin")),
        ..Fault::default()
    });

    let answer = browser.call("refresh_identity", &[]).await;

    assert_eq!(answer.status, 200, "{}", answer.body);
    let after = browser.session().await;
    assert_eq!(after["identity"]["usual_name"], "Martin");
    assert_eq!(after["level"], before["level"]);
    assert_eq!(after["read_at"].as_i64().unwrap(), before["read_at"].as_i64().unwrap() + 61);
    assert_eq!(app.provider.calls("refresh"), 0, "the access token is still good");
}

#[tokio::test]
async fn e15_fifty_calls_with_a_used_up_token_refresh_once_and_all_succeed() {
    let app = TestApp::start().await;
    let browser = app.signed_in_browser().await;
    app.provider.grants(|grants| grants.access = "void".to_owned());

    let answers = all_at_once(&[&app; 50], &browser.cookies).await;

    assert!(answers.iter().all(|answer| answer.status == 200), "{:?}", answers[0]);
    assert_eq!(app.provider.calls("refresh"), 1);
    // The new refresh token was stored: the old one is worth nothing by now.
    app.provider.grants(|grants| grants.access = "void again".to_owned());
    let again = all_at_once(&[&app], &browser.cookies).await;
    assert_eq!((again[0].status, app.provider.calls("refresh")), (200, 2));
}

#[tokio::test]
async fn e15_two_instances_refresh_once() {
    let app = TestApp::start().await;
    let twin = app.twin().await;
    let browser = app.signed_in_browser().await;
    app.provider.grants(|grants| grants.access = "void".to_owned());
    let instances: Vec<_> = [&app, &twin].into_iter().cycle().take(20).collect();

    let answers = all_at_once(&instances, &browser.cookies).await;

    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    assert_eq!(app.provider.calls("refresh"), 1);
}

#[tokio::test]
async fn e16_a_provider_slower_than_its_deadline_is_still_asked_once() {
    let app = TestApp::start().await;
    let twin = app.twin().await;
    let browser = app.signed_in_browser().await;
    app.provider.grants(|grants| grants.access = "void".to_owned());
    let gate = app.provider.hold_refreshes();
    let first = tokio::spawn(one(app.address, browser.cookies.clone()));
    until(|| app.provider.calls("refresh") == 1).await;
    // Longer than all calls to the provider may take together.
    app.clock.advance(40);
    let second = tokio::spawn(one(twin.address, browser.cookies.clone()));

    gate.add_permits(10);

    assert_eq!(first.await.unwrap().status, 200);
    assert_eq!(second.await.unwrap().status, 200);
    assert_eq!(app.provider.calls("refresh"), 1);
}

#[tokio::test]
async fn e17_a_grant_that_is_over_ends_the_session_with_a_reason() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    app.provider.grants(|grants| {
        grants.access = "void".to_owned();
        grants.answer = Some((400, r#"{"error":"invalid_grant"}"#));
    });

    let answer = browser.call("refresh_identity", &[]).await;

    assert_eq!((answer.status, answer.body.as_str()), (401, "\"ended_by_provider\""));
    assert_eq!(browser.session().await["state"], "anonymous");
}

#[tokio::test]
async fn e17_a_passing_error_keeps_the_session_and_is_not_repeated_at_once() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    for (status, body) in
        [(500, "oops"), (500, r#"{"error":"server_error"}"#), (503, ""), (429, "{}")]
    {
        app.provider.grants(|grants| {
            grants.access = "void".to_owned();
            grants.answer = Some((status, body));
        });
        let before = app.provider.calls("refresh");
        for _ in 0..3 {
            let answer = browser.call("refresh_identity", &[]).await;
            assert_eq!((answer.status, answer.body.as_str()), (503, "\"provider_unavailable\""));
        }
        assert_eq!(app.provider.calls("refresh"), before + 1, "{status} {body}");
        assert_eq!(browser.session().await["state"], "signed_in");
        app.clock.advance(6 * 60);
        browser.call("stay", &[]).await;
    }

    app.provider.grants(|grants| grants.answer = None);
    app.clock.advance(10 * 60);
    assert_eq!(browser.call("refresh_identity", &[]).await.status, 200);
}

#[tokio::test]
async fn e10_signing_out_during_a_refresh_wins_and_the_new_tokens_are_given_back() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    app.provider.grants(|grants| grants.access = "void".to_owned());
    let gate = app.provider.hold_refreshes();
    let refresh = tokio::spawn(one(app.address, browser.cookies.clone()));
    until(|| app.provider.calls("refresh") == 1).await;
    let mut late = browser.clone();
    assert_eq!(browser.sign_out().await.status, 200);

    gate.add_permits(10);

    assert_eq!(refresh.await.unwrap().body, "\"signed_out\"");
    assert_eq!(late.session().await["state"], "anonymous");
    until(|| app.provider.revoked().contains(&"access-token-1-known-to-the-tests-only".to_owned()))
        .await;
    assert!(app.provider.revoked().contains(&"refresh-token-1-known-to-the-tests-only".to_owned()));
}

#[tokio::test]
async fn who_may_no_longer_enter_is_signed_out_at_refresh() {
    let app = TestApp::start_with(RS256, &["--access-idp-ids", "fia1"]).await;
    let mut browser = app.signed_in_browser().await;
    app.provider.misbehave(Fault {
        userinfo: Some(|claims| claims["idp_id"] = json!("fia9")),
        ..Fault::default()
    });

    let answer = browser.call("refresh_identity", &[]).await;

    assert_eq!((answer.status, answer.body.as_str()), (403, "\"access_refused\""));
    assert_eq!(browser.session().await["state"], "anonymous");
}

#[tokio::test]
async fn an_answer_about_another_person_ends_the_session() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    app.provider.misbehave(Fault {
        userinfo: Some(|claims| claims["sub"] = json!("subject-2")),
        ..Fault::default()
    });

    assert_eq!(browser.call("refresh_identity", &[]).await.status, 401);
    assert_eq!(browser.session().await["state"], "anonymous");
}

type Cookies = std::collections::BTreeMap<String, String>;

async fn one(address: std::net::SocketAddr, cookies: Cookies) -> Answer {
    let mut tab = crate::support::browser::Browser::new(address);
    tab.cookies = cookies;
    tab.call("refresh_identity", &[]).await
}

async fn all_at_once(instances: &[&TestApp], cookies: &Cookies) -> Vec<Answer> {
    let calls: Vec<_> =
        instances.iter().map(|app| tokio::spawn(one(app.address, cookies.clone()))).collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap());
    }
    answers
}

/// Waits for what other tasks do; fails if they do not.
async fn until(mut happened: impl FnMut() -> bool) {
    let waiting = async {
        while !happened() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), waiting).await.expect("it happens");
}
