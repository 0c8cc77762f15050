//! Answers of a provider that lies: every one is refused, and leaves no session behind.

use serde_json::{Value, json};

use crate::support::provider::{CLIENT_SECRET, Change, Make, Reply, RsaKey, Signing, TokenAnswer};
use crate::support::signer::{EC_384, NEXT_RSA, RSA, hmac, raw};
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
async fn c4_c5_wrong_claims_of_the_id_token_are_refused() {
    let app = TestApp::start().await;
    let rows: [(&str, Change); 17] = [
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
        ("three audiences and an azp that is ours", |claims| {
            claims["aud"] = json!(["test-client", "another-client", "x"]);
            claims["azp"] = json!("test-client");
        }),
        ("expired for longer than clocks differ", |claims| shift(claims, "exp", -3600 - 90)),
        ("the person was there in the future", |claims| shift(claims, "auth_time", 600)),
        ("no subject", |claims| claims["sub"] = Value::Null),
        ("no issue time", |claims| claims["iat"] = Value::Null),
    ];
    for (name, change) in rows {
        assert_refused(&app, name, Fault { id_token: Some(change), ..Fault::default() }).await;
    }
}

#[tokio::test]
async fn c5_clocks_may_differ_by_a_minute() {
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
async fn c1_c2_c3_forged_id_tokens_are_refused_and_nothing_panics() {
    let rows: [(&str, Make); 15] = [
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
        ("tampered header", |claims| {
            let signed = RSA.sign(claims);
            let other = raw(&json!({ "alg": "RS256", "kid": "rsa-1", "x": 1 }), claims, b"");
            let parts: Vec<_> = signed.split('.').collect();
            [other.split('.').next().unwrap(), parts[1], parts[2]].join(".")
        }),
        ("HS256 with our public key as JWK", |claims| {
            hmac(claims, RSA.jwk().to_string().as_bytes())
        }),
        ("HS256 with our public modulus", |claims| {
            hmac(claims, RSA.jwk()["n"].as_str().unwrap().as_bytes())
        }),
        ("critical extension, well signed", |claims| {
            RSA.sign_as(&json!({ "alg": "RS256", "kid": "rsa-1", "crit": ["x"], "x": 1 }), claims)
        }),
        ("another type, well signed", |claims| {
            RSA.sign_as(&json!({ "alg": "RS256", "kid": "rsa-1", "typ": "logout+jwt" }), claims)
        }),
        ("PS256", |claims| RSA.sign_as(&json!({ "alg": "PS256", "kid": "rsa-1" }), claims)),
        ("ES256 with a key on P-384", |claims| {
            EC_384.sign_as(&json!({ "alg": "ES256", "kid": "ec-384" }), claims)
        }),
        ("encrypted", |_| {
            let header = json!({ "alg": "RSA-OAEP", "enc": "A256GCM" });
            format!("{}.e.i.c.t", raw(&header, &json!({}), b"").split('.').next().unwrap())
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
async fn c3_a_right_algorithm_that_is_not_the_configured_one_is_refused() {
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
async fn c9_wrong_userinfo_is_refused() {
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
async fn c9_the_format_of_userinfo_is_the_configured_one() {
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
async fn c9_signed_userinfo_is_verified_like_an_id_token() {
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
async fn c6_an_unknown_key_makes_us_ask_once() {
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
async fn c8_a_token_response_that_is_none_is_refused() {
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
        ("other token type", 200, r#"{"access_token":"a","token_type":"mac","id_token":"a.b.c"}"#),
        (
            "lifetime in words",
            200,
            r#"{"access_token":"a","token_type":"Bearer","expires_in":"an hour"}"#,
        ),
        ("negative lifetime", 200, r#"{"access_token":"a","token_type":"Bearer","expires_in":-1}"#),
    ];
    for (name, status, body) in rows {
        let fault =
            Fault { token_answer: Some(TokenAnswer::Json(status, body)), ..Fault::default() };
        assert_refused(&app, name, fault).await;
    }
}

#[tokio::test]
async fn d3_an_answer_without_end_is_not_read_to_its_end() {
    let app = TestApp::start().await;

    let endless = Fault { token_answer: Some(TokenAnswer::Endless), ..Fault::default() };
    let answer = sign_in(&app, endless).await;

    assert_eq!((answer.status, answer.problem()), (503, "login.provider_unavailable"));
}

#[tokio::test]
async fn c8_a_token_that_claims_to_last_for_ever_is_clamped() {
    let app = TestApp::start_with(
        (Signing::Rs256, Signing::Rs256),
        &["--session-absolute", "7d", "--session-idle", "2d"],
    )
    .await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("").await;
    let query = app.provider.approve(&url);
    app.provider.misbehave(Fault { expires_in: Some(u64::MAX >> 12), ..Fault::default() });
    assert_eq!(browser.get(&format!("/auth/callback?{query}")).await.status, 303);

    // A day later the token is taken for used up, and replaced, whatever was said.
    app.clock.advance(25 * 3600);
    assert_eq!(browser.call("refresh_identity", &[]).await.status, 200);
    assert_eq!(app.provider.calls("refresh"), 1);
}

#[tokio::test]
async fn c6_many_sign_ins_after_a_rotation_ask_once() {
    let app = TestApp::start().await;
    app.signed_in_browser().await;
    let asked = app.provider.calls("jwks");
    app.clock.advance(60);
    let mut callbacks = Vec::new();
    for _ in 0..10 {
        let mut browser = app.browser();
        let url = browser.start_sign_in("").await;
        callbacks.push((browser, format!("/auth/callback?{}", app.provider.approve(&url))));
    }
    app.provider.misbehave(Fault { key: RsaKey::Rotated, ..Fault::default() });

    let running: Vec<_> = callbacks
        .into_iter()
        .map(|(mut browser, callback)| {
            tokio::spawn(async move { browser.get(&callback).await.status })
        })
        .collect();
    for finished in running {
        assert_eq!(finished.await.unwrap(), 303);
    }

    assert_eq!(app.provider.calls("jwks"), asked + 1);
}

#[tokio::test]
async fn c7_odd_sets_of_keys_have_a_defined_end() {
    let nameless: Make = |claims| RSA.sign_as(&json!({ "alg": "RS256" }), claims);
    let rows: [(&str, Change, Option<Make>, u16); 7] = [
        (
            "junk beside the key",
            |set| {
                let keys = set["keys"].as_array_mut().unwrap();
                keys.push(json!({ "kty": "junk" }));
                keys.push(json!("no key"));
                keys.push(json!({ "kty": "RSA", "kid": "half", "n": "AQAB" }));
                keys.push(
                    json!({ "kty": "RSA", "kid": "enc", "use": "enc", "n": "AQAB", "e": "AQAB" }),
                );
            },
            None,
            303,
        ),
        ("no name, one key of the kind", |_| {}, Some(nameless), 303),
        (
            "no name, two keys of the kind",
            |set| {
                let other = NEXT_RSA.jwk();
                set["keys"].as_array_mut().unwrap().push(other);
            },
            Some(nameless),
            502,
        ),
        (
            "the same name twice",
            |set| {
                let mut other = NEXT_RSA.jwk();
                other["kid"] = json!("rsa-1");
                set["keys"].as_array_mut().unwrap().push(other);
            },
            None,
            502,
        ),
        ("for encryption only", |set| set["keys"][0]["use"] = json!("enc"), None, 502),
        ("empty", |set| set["keys"] = json!([]), None, 502),
        ("another algorithm's key", |set| set["keys"] = json!([set["keys"][1]]), None, 502),
    ];
    for (name, jwks, token, status) in rows {
        let app = TestApp::start().await;
        app.provider.misbehave(Fault { jwks: Some(jwks), ..Fault::default() });
        let fault = Fault { jwks: Some(jwks), id_token_jwt: token, ..Fault::default() };
        let answer = sign_in(&app, fault).await;
        assert_eq!(answer.status, status, "{name}: {}", answer.body);
        assert_eq!(app.browser().get("/livez").await.status, 200, "{name}: still there");
    }
}

#[tokio::test]
async fn c10_odd_claims_are_capped_or_left_out() {
    let odd: Change = |claims| {
        claims["given_name"] = json!(null);
        claims["usual_name"] = json!(["Dubois"]);
        claims["email"] = json!("<b>angela</b>@example.fr");
        claims["organization_label"] = json!("x".repeat(100_000));
        claims["roles"] = json!("agent_public");
        claims["siret"] = json!(21_920_023_500_014_u64);
        claims["custom"] = json!({ "filler": "y".repeat(10_000) });
    };
    for userinfo in [Signing::Rs256, Signing::None] {
        let app = TestApp::start_with((Signing::Rs256, userinfo), &[]).await;
        app.provider.misbehave(Fault { userinfo: Some(odd), ..Fault::default() });

        let mut browser = app.signed_in_browser().await;
        let answer = browser.get("/api/session").await;

        let session = answer.json();
        assert_eq!(session["identity"]["given_name"], Value::Null);
        assert_eq!(session["identity"]["usual_name"], Value::Null);
        assert_eq!(session["identity"]["email"], "<b>angela</b>@example.fr");
        assert_eq!(session["organisation"]["label"], Value::Null);
        assert_eq!(session["organisation"]["siret"], Value::Null);
        assert_eq!(session["organisation"]["roles"], json!([]));
        assert!(answer.body.len() < 4_000, "{} bytes", answer.body.len());
        let stored = app.stored_bytes().len();
        assert!(stored < 200_000, "{stored} bytes");
    }
}

fn shift(claims: &mut Value, name: &str, seconds: i64) {
    claims[name] = json!(claims[name].as_i64().unwrap() + seconds);
}
