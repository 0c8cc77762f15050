//! What a person sees of their sessions, and how they end them.

use serde_json::{Value, json};
use server::clock::Clock as _;

use crate::support::TestApp;
use crate::support::browser::Browser;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
                      (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

#[tokio::test]
async fn e18_a_person_sees_their_sessions_and_no_others() {
    let app = TestApp::start().await;
    let mut laptop = signed_in(&app, FIREFOX).await;
    app.clock.advance(300);
    let mut telephone = signed_in(&app, SAFARI).await;
    let mut foreign = somebody_else(&app).await;
    let begun = app.clock.now().timestamp();

    let listed = sessions(&mut laptop).await;

    let seen: Vec<_> = listed
        .iter()
        .map(|session| (&session["browser"], &session["system"], &session["current"]))
        .collect();
    let expected = [
        (&json!("Firefox"), &json!("Linux"), &json!(true)),
        (&json!("Safari"), &json!("iPhone"), &json!(false)),
    ];
    assert_eq!(seen, expected);
    assert_eq!(listed[0]["first_seen"], begun - 300);
    assert_eq!(listed[0]["last_seen"], begun);
    assert_eq!(listed[1]["first_seen"], begun);
    assert_eq!(
        sessions(&mut telephone).await[0]["id"],
        listed[1]["id"],
        "ids are the same for all"
    );
    assert_eq!(sessions(&mut foreign).await.len(), 1);
}

#[tokio::test]
async fn e18_the_ids_shown_are_not_secrets() {
    let app = TestApp::start().await;
    let mut laptop = signed_in(&app, FIREFOX).await;
    let telephone = signed_in(&app, SAFARI).await;
    for session in sessions(&mut laptop).await {
        let id = session["id"].as_str().unwrap();
        assert!(laptop.cookies.values().chain(telephone.cookies.values()).all(|value| value != id));

        let mut thief = app.browser();
        thief.cookies.insert("app-session".to_owned(), id.to_owned());
        assert_eq!(thief.session().await["state"], "anonymous");
    }
}

#[tokio::test]
async fn e18_a_revoked_browser_is_told_at_its_next_call() {
    let app = TestApp::start().await;
    let mut laptop = signed_in(&app, FIREFOX).await;
    let mut telephone = signed_in(&app, SAFARI).await;
    let id = id_of(&mut laptop, "Safari").await;

    let answer = laptop.call("revoke_session", &[("id", &id)]).await;

    assert_eq!(answer.status, 200, "{}", answer.body);
    for function in ["session", "sessions"] {
        let told = telephone.get(&format!("/api/{function}")).await;
        assert_eq!((told.status, told.json()), (401, json!("session_revoked")), "{function}");
        assert!(told.set_cookies().is_empty());
    }
    assert_eq!(sessions(&mut laptop).await.len(), 1);
    let again = laptop.call("revoke_session", &[("id", &id)]).await;
    assert_eq!((again.status, again.json()), (404, json!("unknown")));
}

#[tokio::test]
async fn e18_all_others_end_at_once_and_this_one_stays() {
    let app = TestApp::start().await;
    let mut laptop = signed_in(&app, FIREFOX).await;
    let mut others = [signed_in(&app, SAFARI).await, signed_in(&app, SAFARI).await];
    let mut foreign = somebody_else(&app).await;

    let answer = laptop.call("revoke_other_sessions", &[]).await;

    assert_eq!((answer.status, answer.json()), (200, json!(2)));
    for other in &mut others {
        assert_eq!(other.session().await["why"], "session_revoked");
    }
    assert_eq!(laptop.session().await["state"], "signed_in");
    assert_eq!(foreign.session().await["state"], "signed_in");
}

#[tokio::test]
async fn e18_sessions_of_others_cannot_be_told_from_none() {
    let app = TestApp::start().await;
    let mut mine = signed_in(&app, FIREFOX).await;
    let mut foreign = somebody_else(&app).await;
    let id = sessions(&mut foreign).await[0]["id"].as_str().unwrap().to_owned();
    for id in [id.as_str(), "", "nobody's", "' OR 1=1 --"] {
        let answer = mine.call("revoke_session", &[("id", id)]).await;
        assert_eq!((answer.status, answer.json()), (404, json!("unknown")), "{id}");
    }
    assert_eq!(foreign.session().await["state"], "signed_in");
}

#[tokio::test]
async fn who_is_not_signed_in_has_no_sessions() {
    let app = TestApp::start().await;
    let mut nobody = app.browser();
    for answer in [
        nobody.get("/api/sessions").await,
        nobody.call("revoke_session", &[("id", "x")]).await,
        nobody.call("revoke_other_sessions", &[]).await,
    ] {
        assert_eq!((answer.status, answer.json()), (401, json!("signed_out")));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(nobody.get("/api/session").await.status, 200);
}

#[tokio::test]
async fn e6_a_session_that_is_over_says_why() {
    let app = TestApp::start().await;
    let mut idle = app.signed_in_browser().await;
    app.clock.advance(31 * 60);

    let answer = idle.get("/api/session").await;

    assert_eq!((answer.status, answer.json()), (401, json!("session_expired")));
    assert!(answer.set_cookies().is_empty(), "a late answer never removes a cookie");
}

#[tokio::test]
async fn signing_out_takes_a_session_off_the_list() {
    let app = TestApp::start().await;
    let mut laptop = signed_in(&app, FIREFOX).await;
    let mut telephone = signed_in(&app, SAFARI).await;

    telephone.sign_out().await;

    assert_eq!(sessions(&mut laptop).await.len(), 1);
}

async fn signed_in(app: &TestApp, user_agent: &'static str) -> Browser {
    let mut browser = app.browser();
    browser.user_agent = user_agent;
    app.sign_in(browser).await
}

async fn somebody_else(app: &TestApp) -> Browser {
    use crate::support::Fault;
    app.provider.misbehave(Fault {
        id_token: Some(|claims| claims["sub"] = json!("subject-2")),
        userinfo: Some(|claims| claims["sub"] = json!("subject-2")),
        ..Fault::default()
    });
    let browser = app.signed_in_browser().await;
    app.provider.misbehave(Fault::default());
    browser
}

async fn sessions(browser: &mut Browser) -> Vec<Value> {
    let answer = browser.get("/api/sessions").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["sessions"].as_array().unwrap().clone()
}

async fn id_of(browser: &mut Browser, name: &str) -> String {
    let sessions = sessions(browser).await;
    let session = sessions.iter().find(|session| session["browser"] == name).unwrap();
    session["id"].as_str().unwrap().to_owned()
}
