//! Answers of a provider that lies: every one is refused, and leaves no session behind.

use serde_json::{Value, json};

use crate::support::provider::{CLIENT_SECRET, Change, Make, Reply, RsaKey, Signing, TokenAnswer};
use crate::support::signer::{RSA, hmac, raw};
use crate::support::{Answer, Fault, TestApp};

/// Signs in at a provider that misbehaves.
async fn sign_in(app: &TestApp, fault: Fault) -> Answer {
    let mut browser = app.browser();
    let url = browser.start_sign_in("").await;
    let query = app.provider.approve(&url);
    app.provider.misbehave(fault);
    let answer = browser.get(&format!("/auth/callback?{query}")).await;
    let expected = if answer.status == 303 { "signed_in" } else { "anonymous" };
    assert_eq!(browser.session().await["state"], expected);
    answer
}

async fn assert_refused(app: &TestApp, name: &str, fault: Fault) {
    let answer = sign_in(app, fault).await;
    assert_eq!((answer.status, answer.problem()), (502, "login.answer_invalid"), "{name}");
}

#[tokio::test]
async fn wrong_claims_of_the_id_token_are_refused() {
    let app = TestApp::start().await;
    let rows: [(&str, Change); 14] = [
        ("no nonce", |claims| claims["nonce"] = Value::Null),
        ("other nonce", |claims| claims["nonce"] = json!("another")),
        ("other issuer", |claims| claims["iss"] = json!("https://evil.example")),
        ("issuer with a slash", |claims| {
            claims["iss"] = json!(format!("{}/", claims["iss"].as_str().unwrap()));
        }),
        ("other audience", |claims| claims["aud"] = json!("another-client")),
        ("further audience", |claims| claims["aud"] = json!(["test-client", "another-client"])),
        ("other azp", |claims| claims["azp"] = json!("another-client")),
        ("expired", |claims| shift(claims, "exp", -3600 - 61)),
        ("issued in the future", |claims| shift(claims, "iat", 600)),
        ("issued an hour ago", |claims| shift(claims, "iat", -3600)),
        ("not yet valid", |claims| {
            claims["nbf"] = json!(claims["iat"].as_i64().unwrap() + 600);
        }),
        ("other access token", |claims| claims["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA")),
        ("no subject", |claims| claims["sub"] = Value::Null),
        ("no issue time", |claims| claims["iat"] = Value::Null),
    ];
    for (name, change) in rows {
        assert_refused(&app, name, Fault { id_token: Some(change), ..Fault::default() }).await;
    }
}

#[tokio::test]
async fn clocks_may_differ_by_a_minute() {
    let app = TestApp::start().await;
    let rows: [Change; 3] = [
        |claims| shift(claims, "exp", -3600 - 30),
        |claims| shift(claims, "iat", 50),
        |claims| claims["aud"] = json!(["test-client"]),
    ];
    for change in rows {
        let answer = sign_in(&app, Fault { id_token: Some(change), ..Fault::default() }).await;
        assert_eq!(answer.status, 303);
    }
}

#[tokio::test]
async fn forged_id_tokens_are_refused_and_nothing_panics() {
    let rows: [(&str, Make); 9] = [
        ("alg none", |claims| raw(&json!({ "alg": "none" }), claims, b"")),
        ("empty signature", |claims| raw(&json!({ "alg": "RS256" }), claims, b"")),
        ("HS256 with our secret", |claims| hmac(claims, CLIENT_SECRET.as_bytes())),
        ("HS256 of three bytes", |claims| raw(&json!({ "alg": "HS256" }), claims, b"abc")),
        ("tampered payload", |claims| {
            let signed = RSA.sign(claims);
            let other = raw(&json!({}), &json!({ "sub": "someone-else" }), b"");
            let parts: Vec<_> = signed.split('.').collect();
            [parts[0], other.split('.').nth(1).unwrap(), parts[2]].join(".")
        }),
        ("critical extension", |claims| {
            raw(&json!({ "alg": "RS256", "crit": ["x"] }), claims, &[0; 256])
        }),
        ("another type", |claims| {
            raw(&json!({ "alg": "RS256", "typ": "logout+jwt" }), claims, &[0; 256])
        }),
        ("five parts", |_| "a.b.c.d.e".to_owned()),
        ("no JWT", |_| "nonsense".to_owned()),
    ];
    for alg in [Signing::Rs256, Signing::Es256, Signing::Hs256] {
        let app = TestApp::start_with((alg, Signing::None), &[]).await;
        for (name, make) in rows {
            if alg == Signing::Hs256 && name == "HS256 with our secret" {
                continue;
            }
            let fault = Fault { id_token_jwt: Some(make), ..Fault::default() };
            assert_refused(&app, name, fault).await;
        }
        assert_eq!(sign_in(&app, Fault::default()).await.status, 303, "still works");
    }
}

#[tokio::test]
async fn a_right_algorithm_that_is_not_the_configured_one_is_refused() {
    for (configured, used) in [
        (Signing::Rs256, Signing::Es256),
        (Signing::Es256, Signing::Rs256),
        (Signing::Rs256, Signing::Hs256),
    ] {
        let app = TestApp::start_with((configured, Signing::None), &[]).await;
        let make: Make = match used {
            Signing::Es256 => |claims| crate::support::signer::EC.sign(claims),
            Signing::Hs256 => |claims| hmac(claims, CLIENT_SECRET.as_bytes()),
            _ => |claims| RSA.sign(claims),
        };
        let fault = Fault { id_token_jwt: Some(make), ..Fault::default() };
        assert_refused(&app, "other algorithm", fault).await;
    }
}

#[tokio::test]
async fn wrong_userinfo_is_refused() {
    for userinfo in [Signing::Rs256, Signing::Es256, Signing::None] {
        let app = TestApp::start_with((Signing::Rs256, userinfo), &[]).await;
        let other_subject: Change = |claims| claims["sub"] = json!("someone-else");
        let fault = Fault { userinfo: Some(other_subject), ..Fault::default() };
        assert_refused(&app, "other subject", fault).await;

        let answers: [(&str, u16, &'static str, Make); 4] = [
            ("refused", 401, "application/json", Value::to_string),
            ("a page", 200, "text/html", |_| "<html>".to_owned()),
            ("broken JSON", 200, "application/json", |_| "{".to_owned()),
            ("broken JWT", 200, "application/jwt", |_| "a.b.c".to_owned()),
        ];
        for (name, status, content_type, body) in answers {
            let reply = Reply { status, content_type, body };
            let fault = Fault { userinfo_answer: Some(reply), ..Fault::default() };
            assert_refused(&app, name, fault).await;
        }
    }
}

#[tokio::test]
async fn the_format_of_userinfo_is_the_configured_one() {
    let signed = TestApp::start_with((Signing::Rs256, Signing::Rs256), &[]).await;
    let reply = Reply { status: 200, content_type: "application/json", body: Value::to_string };
    let fault = Fault { userinfo_answer: Some(reply), ..Fault::default() };
    assert_refused(&signed, "JSON instead of a JWT", fault).await;

    let json = TestApp::start_with((Signing::Rs256, Signing::None), &[]).await;
    let body: Make = |claims| RSA.sign(claims);
    let reply = Reply { status: 200, content_type: "application/jwt", body };
    let fault = Fault { userinfo_answer: Some(reply), ..Fault::default() };
    assert_refused(&json, "a JWT instead of JSON", fault).await;
}

#[tokio::test]
async fn signed_userinfo_is_verified_like_an_id_token() {
    let app = TestApp::start().await;
    let rows: [(&str, Change); 4] = [
        ("other issuer", |claims| claims["iss"] = json!("https://evil.example")),
        ("other audience", |claims| claims["aud"] = json!("another-client")),
        ("expired", |claims| shift(claims, "exp", -3600 - 61)),
        ("issued in the future", |claims| shift(claims, "iat", 600)),
    ];
    for (name, change) in rows {
        assert_refused(&app, name, Fault { userinfo: Some(change), ..Fault::default() }).await;
    }
}

#[tokio::test]
async fn an_unknown_key_makes_us_ask_once() {
    let app = TestApp::start().await;
    assert_eq!(sign_in(&app, Fault::default()).await.status, 303);
    let asked = app.provider.calls("jwks");

    app.clock.advance(60);
    let rotated = sign_in(&app, Fault { key: RsaKey::Rotated, ..Fault::default() }).await;
    assert_eq!(rotated.status, 303);
    assert_eq!(app.provider.calls("jwks"), asked + 1);

    // Forged tokens with made-up keys cannot make us flood the provider.
    app.clock.advance(1);
    app.provider.misbehave(Fault::default());
    for _ in 0..3 {
        assert_refused(&app, "old key", Fault::default()).await;
    }
    assert_eq!(app.provider.calls("jwks"), asked + 1);
}

#[tokio::test]
async fn a_token_response_that_is_none_is_refused() {
    let app = TestApp::start().await;
    let rows = [
        (
            "error",
            400,
            r#"{"error":"invalid_grant","error_description":"grant request is invalid"}"#,
        ),
        ("no ID token", 200, r#"{"access_token":"a","token_type":"Bearer"}"#),
        ("HTML", 200, "<html></html>"),
        ("status 500", 500, "oops"),
        ("negative lifetime", 200, r#"{"access_token":"a","token_type":"Bearer","expires_in":-1}"#),
    ];
    for (name, status, body) in rows {
        let fault =
            Fault { token_answer: Some(TokenAnswer::Json(status, body)), ..Fault::default() };
        assert_refused(&app, name, fault).await;
    }
}

#[tokio::test]
async fn redirects_of_the_token_endpoint_are_not_followed() {
    let app = TestApp::start().await;
    app.provider.misbehave(Fault::default());
    assert_eq!(sign_in(&app, Fault::default()).await.status, 303);
    let asked = app.provider.calls("jwks");

    let redirect = Fault { token_answer: Some(TokenAnswer::Redirect), ..Fault::default() };
    assert_refused(&app, "redirect", redirect).await;

    assert_eq!(app.provider.calls("jwks"), asked);
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let app = TestApp::start().await;

    let endless = Fault { token_answer: Some(TokenAnswer::Endless), ..Fault::default() };
    let answer = sign_in(&app, endless).await;

    assert_eq!((answer.status, answer.problem()), (503, "login.provider_unavailable"));
}

fn shift(claims: &mut Value, name: &str, seconds: i64) {
    claims[name] = json!(claims[name].as_i64().unwrap() + seconds);
}
