//! Ways in beside the button: silent, as another person, by mistake; and signing out against odds.

use reqwest::Method;
use serde_json::json;

use crate::support::provider::Signing;
use crate::support::{Fault, TestApp};

const RS256: (Signing, Signing) = (Signing::Rs256, Signing::Rs256);

#[tokio::test]
async fn a_silent_sign_in_is_off_unless_the_operator_allows_it() {
    let app = TestApp::start().await;
    let mut browser = app.browser();

    let answer = browser.get("/auth/login?silent=1&return_to=%2Fcompte").await;

    assert_eq!((answer.status, answer.location()), (303, "/compte"));
    assert!(answer.set_cookies().is_empty());
    assert!(browser.session().await.get("may_try_silently").is_none());
}

#[tokio::test]
async fn a_silent_sign_in_is_tried_once_a_browser_session() {
    let app = TestApp::start_with(RS256, &["--silent-sign-in"]).await;
    let mut browser = app.browser();
    assert_eq!(browser.session().await["may_try_silently"], true);
    for error in ["login_required", "interaction_required", "consent_required"] {
        browser = app.browser();
        let url = browser.start_sign_in("silent=1&return_to=%2Fcompte").await;
        assert!(url.query().unwrap().contains("prompt=none"));
        let query = app.provider.refuse(&url, error, "x");
        let back = browser.get(&format!("/auth/callback?{query}")).await;
        assert_eq!((back.status, back.location()), (303, "/compte"), "{error}");
    }

    assert!(browser.session().await.get("may_try_silently").is_none());
    let again = browser.get("/auth/login?silent=1&return_to=%2Fcompte").await;
    assert_eq!(again.location(), "/compte", "no loop");
    let asked = browser.get("/auth/login?return_to=%2Fcompte").await;
    assert!(asked.location().starts_with(&app.provider.issuer()), "asked for, it is another thing");
}

#[tokio::test]
async fn who_signed_out_is_not_signed_in_silently() {
    let app = TestApp::start_with(RS256, &["--silent-sign-in"]).await;
    for page in ["/deconnexion", "/en/deconnexion"] {
        let answer = app.browser().get(&format!("/auth/login?silent=1&return_to={page}")).await;
        assert_eq!(answer.location(), page);
    }
    let mut browser = app.signed_in_browser().await;
    browser.sign_out().await;

    let answer = browser.get("/auth/login?silent=1&return_to=%2Fcompte").await;

    assert_eq!(answer.location(), "/compte");
    assert!(browser.session().await.get("may_try_silently").is_none());
}

#[tokio::test]
async fn a4_what_nobody_decided_starts_nothing_and_changes_nothing() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    for sent in [
        [("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "image")],
        [("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "iframe")],
        [("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "empty")],
        [("sec-purpose", "prefetch;prerender"), ("sec-fetch-dest", "document")],
    ] {
        let answer = browser.send(Method::GET, "/auth/login", &sent).await;
        assert_eq!(answer.status, 204, "{sent:?}");
        assert!(answer.set_cookies().is_empty(), "{sent:?}");
    }
    let link = [("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "document")];
    assert_eq!(browser.send(Method::GET, "/auth/login", &link).await.status, 303);
    assert_eq!(browser.session().await["state"], "signed_in");
}

#[tokio::test]
async fn a3_whatever_is_accepted_leads_to_this_service() {
    let app = TestApp::start().await;
    let long = format!("%2F{}", "a".repeat(10_000));
    for hostile in [
        "//evil",
        "/\\evil",
        "%5C%5Cevil",
        "/%255cevil",
        "/%2509/evil",
        "/%250d%250aSet-Cookie:x",
        "/%0d%0aSet-Cookie:x",
        "javascript:alert(1)",
        "https://evil",
        "https:evil",
        "/@evil",
        "//app@evil",
        "///evil",
        "/.//evil",
        "/..//evil",
        "%20/x",
        "/auth/logout",
        "/auth/login",
        "/%ff",
        long.as_str(),
    ] {
        let mut browser = app.browser();
        let started = browser.get(&format!("/auth/login?return_to={hostile}")).await;
        if started.status == 400 {
            assert!(started.set_cookies().is_empty(), "{hostile}");
            continue;
        }
        let query = app.provider.approve(&started.location().parse().unwrap());
        let answer = browser.get(&format!("/auth/callback?{query}")).await;
        let location = answer.location();
        assert!(location.starts_with('/') && !location.starts_with("//"), "{hostile}: {location}");
        let base: url::Url = "http://localhost:3000".parse().unwrap();
        assert_eq!(base.join(location).unwrap().origin(), base.origin(), "{hostile}");
    }
    let mut browser = app.browser();
    let url = browser.start_sign_in("return_to=%2Fa%2Fb%3Fx%3D1%26q%3D%C3%A0%23y").await;
    let query = app.provider.approve(&url);
    let answer = browser.get(&format!("/auth/callback?{query}")).await;
    assert_eq!(answer.location(), "/a/b?x=1&q=%C3%A0#y");
}

#[tokio::test]
async fn b16_another_person_gets_a_new_session_and_the_old_one_is_destroyed() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let alice = browser.session().await;
    let mut other_tab = browser.clone();
    let url = browser.start_sign_in("").await;
    browser.cookies.remove("app-session");
    app.provider.misbehave(Fault {
        id_token: Some(|claims| claims["sub"] = json!("subject-2")),
        userinfo: Some(|claims| claims["sub"] = json!("subject-2")),
        ..Fault::default()
    });
    let query = app.provider.approve(&url);
    assert_eq!(browser.get(&format!("/auth/callback?{query}")).await.status, 303);

    let bob = browser.session().await;
    assert_eq!(bob["state"], "signed_in");
    assert_ne!(bob["person"], alice["person"]);
    assert_eq!(other_tab.get("/api/session").await.status, 401, "other tabs learn it");
}

#[tokio::test]
async fn the_language_of_the_link_is_that_of_the_pages_that_follow() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("lang=en").await;
    let query = app.provider.approve(&url);

    let answer = browser.get(&format!("/auth/callback?{query}")).await;

    assert_eq!(answer.location(), "/en");
}

#[tokio::test]
async fn d7_tokens_of_a_sign_in_that_fails_are_given_back() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("").await;
    app.provider.misbehave(Fault {
        userinfo: Some(|claims| claims["sub"] = json!("subject-2")),
        ..Fault::default()
    });
    let query = app.provider.approve(&url);

    assert_eq!(browser.get(&format!("/auth/callback?{query}")).await.status, 502);

    revoked(&app, 2).await;
}

#[tokio::test]
async fn f7_signing_out_gives_both_tokens_back() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;

    browser.sign_out().await;

    revoked(&app, 2).await;
}

#[tokio::test]
async fn f7_a_second_tab_and_an_expired_session_sign_out_as_well() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let mut second_tab = browser.clone();
    browser.sign_out().await;
    let mut expired = app.signed_in_browser().await;
    app.clock.advance(31 * 60);
    for browser in [&mut second_tab, &mut expired] {
        assert_eq!(browser.sign_out().await.status, 200);
        let leave = browser.get("/auth/logout/continue").await;
        let url: url::Url = leave.location().parse().unwrap();
        let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let back = browser.get(&format!("/auth/logout/callback?state={state}")).await;
        assert_eq!(back.location(), "/deconnexion");
    }
}

#[tokio::test]
async fn f7_a_provider_that_is_down_ends_the_session_here_and_says_so() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    app.provider.misbehave(Fault {
        discovery: Some(|document| document["issuer"] = json!("https://evil.example")),
        ..Fault::default()
    });
    app.clock.advance(11 * 60);
    assert_eq!(browser.sign_out().await.status, 200);

    let told = browser.get("/auth/logout/continue").await;

    assert_eq!((told.status, told.problem()), (503, "logout.unfinished"));
    assert!(told.body.contains("href=\"/auth/logout/continue\""), "to try again");
    assert_eq!(browser.session().await["state"], "anonymous");
    app.provider.misbehave(Fault::default());
    app.clock.advance(3);
    let leave = browser.get("/auth/logout/continue").await;
    assert!(leave.location().contains("id_token_hint"), "{}", leave.location());
}

/// Waits until the provider has so many tokens back.
async fn revoked(app: &TestApp, count: usize) {
    let waiting = async {
        while app.provider.revoked().len() < count {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), waiting).await.expect("given back");
}
