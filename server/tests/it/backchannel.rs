//! The provider signs somebody out by itself, where the operator lets it.

use serde_json::{Value, json};

use crate::support::browser::Browser;
use crate::support::provider::{CLIENT_ID, Change, Signing};
use crate::support::signer::{NEXT_RSA, RSA};
use crate::support::{TestApp, log};

const RS256: (Signing, Signing) = (Signing::Rs256, Signing::Rs256);
const ON: &[&str] = &["--backchannel-logout"];
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

fn header() -> Value {
    json!({ "alg": "RS256", "kid": "rsa-1", "typ": "logout+jwt" })
}

fn claims(app: &TestApp, jti: &str) -> Value {
    let now = server::clock::Clock::now(app.clock.as_ref()).timestamp();
    json!({
        "iss": app.provider.issuer(),
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + 120,
        "jti": jti,
        "sub": "subject-1",
        "events": { EVENT: {} },
    })
}

/// As a provider sends it: no cookie, no origin.
async fn send(app: &TestApp, token: &str) -> (u16, String) {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("logout_token", token)
        .finish();
    let answer = Browser::new(app.address).post("/auth/backchannel-logout", body, &form).await;
    (answer.status, answer.header("cache-control").to_owned())
}

#[tokio::test]
async fn f23_a_logout_token_ends_the_persons_sessions_on_every_instance() {
    let app = TestApp::start_with(RS256, ON).await;
    let twin = app.beside().await;
    let mut one = app.signed_in_browser().await;
    let mut other = app.signed_in_browser().await;
    let token = RSA.sign_as(&header(), &claims(&app, "the-jti-of-the-first"));

    assert_eq!(send(&app, &token).await, (200, "no-store".to_owned()));

    for browser in [&mut one, &mut other] {
        assert_eq!(browser.get("/api/session").await.status, 401);
        assert_eq!(browser.at(twin.address).get("/api/session").await.status, 401);
    }
    let mut again = app.signed_in_browser().await;
    assert_eq!(send(&twin, &token).await.0, 400, "a token counts once, wherever it is sent");
    assert_eq!(again.session().await["state"], "signed_in");
    assert!(log::text().contains("revocation"), "the audit trail has it");
}

#[tokio::test]
async fn f23_what_is_no_logout_token_is_refused_and_ends_nothing() {
    let app = TestApp::start_with(RS256, ON).await;
    let mut browser = app.signed_in_browser().await;
    let rows: [(&str, Change); 12] = [
        ("with a nonce", |claims| claims["nonce"] = json!("n")),
        ("no events", |claims| claims["events"] = Value::Null),
        ("another event", |claims| claims["events"] = json!({ "https://evil.example": {} })),
        ("event that is no object", |claims| claims["events"] = json!({ EVENT: true })),
        ("other audience", |claims| claims["aud"] = json!("another-client")),
        ("other issuer", |claims| claims["iss"] = json!("https://evil.example")),
        ("no jti", |claims| claims["jti"] = Value::Null),
        ("no subject", |claims| claims["sub"] = Value::Null),
        ("expired", |claims| claims["exp"] = json!(claims["iat"].as_i64().unwrap() - 61)),
        ("issued an hour ago", |claims| {
            claims["iat"] = json!(claims["iat"].as_i64().unwrap() - 3600);
        }),
        ("no issue time", |claims| claims["iat"] = Value::Null),
        ("no expiry", |claims| claims["exp"] = Value::Null),
    ];
    for (name, change) in rows {
        let mut changed = claims(&app, name);
        change(&mut changed);
        assert_eq!(send(&app, &RSA.sign_as(&header(), &changed)).await.0, 400, "{name}");
    }
    let good = claims(&app, "good");
    let id_token = RSA.sign(&good);
    let untyped = RSA.sign_as(&json!({ "alg": "RS256", "kid": "rsa-1" }), &good);
    let other_key = NEXT_RSA.sign_as(&header(), &good);
    let forged = RSA.sign_as(&json!({ "alg": "none", "typ": "logout+jwt" }), &good);
    for token in [&id_token, &untyped, &other_key, &forged, "", "a.b.c"] {
        assert_eq!(send(&app, token).await.0, 400);
    }
    assert_eq!(browser.session().await["state"], "signed_in");
}

#[tokio::test]
async fn f23_it_is_off_unless_the_operator_wants_it() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let token = RSA.sign_as(&header(), &claims(&app, "jti"));

    assert_eq!(send(&app, &token).await.0, 404);

    assert_eq!(browser.session().await["state"], "signed_in");
}
