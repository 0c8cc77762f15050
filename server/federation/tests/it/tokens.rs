//! The token and userinfo endpoints.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Browser, CALLBACK, Callback, Fields, Stack, client};

async fn signed_in(stack: &Stack, changes: &[(&str, &str)]) -> Callback {
    let browser = Browser::new();
    Callback::of(&stack.service().sign_in(&browser, "test@fia1.fr", changes, &[]).await)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

async fn body(response: reqwest::Response) -> (StatusCode, Value) {
    let status = response.status();
    (status, response.json().await.expect("JSON"))
}

/// The members of the answer to every token request.
const SIX_MEMBERS: [&str; 6] =
    ["access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type"];

fn members(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn error(code: &str, description: &str) -> Value {
    json!({ "error": code, "error_description": description })
}

#[tokio::test]
pub(crate) async fn tk1_tk2_a_code_gives_six_members_and_an_id_token_with_what_was_asked() {
    let stack = Stack::with(|config| {
        config.services[0].id_token_signed_response_alg = federation::SigningAlg::HS256;
    })
    .await;
    let service = stack.service();
    let asked = [("claims", r#"{"id_token":{"acr":null,"amr":{"essential":true}}}"#)];
    let callback = signed_in(&stack, &asked).await;

    let response = service.redeem(&callback.code()).await;

    assert!(response.headers().get("set-cookie").is_none());
    let (status, tokens) = body(response).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(members(&tokens), SIX_MEMBERS);
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3600);
    let header = jsonwebtoken::decode_header(text(&tokens, "id_token")).expect("a token");
    assert_eq!(header.alg, jsonwebtoken::Algorithm::HS256);
    let id_token = service.verified(text(&tokens, "id_token")).await;
    assert_eq!(
        members(&id_token),
        ["acr", "amr", "at_hash", "aud", "auth_time", "exp", "iat", "iss", "nonce", "sub"]
    );
    assert_eq!(id_token["acr"], "eidas1");
    assert_eq!(id_token["amr"], json!(["pwd"]));
    assert_eq!(id_token["nonce"], "a-nonce-of-at-least-thirty-two-characters");
    assert_eq!(id_token["exp"], json!(id_token["iat"].as_i64().expect("a time") + 3600));
}

#[tokio::test]
async fn client_authentication_errors_are_the_real_ones() {
    let stack = Stack::start().await;
    let service = stack.service();
    let code = signed_in(&stack, &[]).await.code();
    let grant = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", CALLBACK)];
    let id = service.client_id.as_str();
    let rows: [(Fields<'_>, StatusCode, Value); 4] = [
        (
            &[],
            StatusCode::BAD_REQUEST,
            error("invalid_request", "no client authentication mechanism provided"),
        ),
        (
            &[("client_id", id)],
            StatusCode::UNAUTHORIZED,
            error("invalid_client", "client authentication failed"),
        ),
        (
            &[("client_id", id), ("client_secret", "wrong")],
            StatusCode::UNAUTHORIZED,
            error("invalid_client", "client authentication failed"),
        ),
        (
            &[("client_id", "unknown"), ("client_secret", "wrong")],
            StatusCode::UNAUTHORIZED,
            error("invalid_client", "client authentication failed"),
        ),
    ];
    for (credentials, status, expected) in rows {
        let response = service.post("/token", &[&grant, credentials].concat()).await;
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert!(response.headers().get("set-cookie").is_none());
        assert_eq!(body(response).await, (status, expected));
    }
}

#[tokio::test]
async fn http_basic_is_refused() {
    let stack = Stack::start().await;
    let service = stack.service();
    let code = signed_in(&stack, &[]).await.code();

    let response = client()
        .post(format!("{}/token", service.issuer))
        .basic_auth(&service.client_id, Some(&service.client_secret))
        .form(&[("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", CALLBACK)])
        .send()
        .await
        .expect("an answer");

    assert!(response.headers()["www-authenticate"].to_str().expect("text").starts_with("Basic "));
    let expected = error("invalid_client", "client authentication failed");
    assert_eq!(body(response).await, (StatusCode::UNAUTHORIZED, expected));
}

#[tokio::test]
pub(crate) async fn tk3_bad_codes_are_refused() {
    let stack = Stack::start().await;
    let service = stack.service();
    let expected = (StatusCode::BAD_REQUEST, error("invalid_grant", "grant request is invalid"));

    assert_eq!(body(service.redeem("unknown").await).await, expected);

    let code = signed_in(&stack, &[]).await.code();
    let elsewhere = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "https://service.test/other"),
    ];
    assert_eq!(body(service.post_authenticated("/token", &elsewhere).await).await, expected);
    assert_eq!(service.redeem(&code).await.status(), StatusCode::OK, "it is still good");

    let code = signed_in(&stack, &[]).await.code();
    stack.advance(59);
    assert_eq!(service.redeem(&code).await.status(), StatusCode::OK);
    let code = signed_in(&stack, &[]).await.code();
    stack.advance(60);
    assert_eq!(body(service.redeem(&code).await).await, expected, "after a minute");
}

#[tokio::test]
async fn replaying_a_code_revokes_what_it_gave() {
    let stack = Stack::start().await;
    let service = stack.service();
    let callback = signed_in(&stack, &[]).await;
    let tokens = service.tokens(&callback).await;
    let access_token = text(&tokens, "access_token");
    assert_eq!(service.userinfo(access_token).await.status(), StatusCode::OK);

    let replayed = service.redeem(&callback.code()).await;

    assert_eq!(body(replayed).await.1, error("invalid_grant", "grant request is invalid"));
    assert_eq!(service.userinfo(access_token).await.status(), StatusCode::UNAUTHORIZED);
    let refresh =
        [("grant_type", "refresh_token"), ("refresh_token", text(&tokens, "refresh_token"))];
    let refreshed = service.post_authenticated("/token", &refresh).await;
    assert_eq!(refreshed.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn two_redemptions_at_once_never_give_two_sets_of_tokens() {
    let stack = Stack::start().await;
    let service = stack.service();
    for _ in 0..5 {
        let code = signed_in(&stack, &[]).await.code();

        let (one, two) = tokio::join!(service.redeem(&code), service.redeem(&code));

        // The second one revokes the grant, maybe before the first one has its tokens.
        let statuses = [one.status(), two.status()];
        assert!(statuses.contains(&StatusCode::BAD_REQUEST), "{statuses:?}");
        assert!(statuses.iter().all(|status| !status.is_server_error()), "{statuses:?}");
    }
}

#[tokio::test]
pub(crate) async fn tk6_refreshing_keeps_the_claims_and_rotates_late() {
    let stack = Stack::start().await;
    let service = stack.service();
    let asked = [("claims", r#"{"id_token":{"acr":null,"amr":null}}"#)];
    let tokens = service.tokens(&signed_in(&stack, &asked).await).await;
    let first = text(&tokens, "refresh_token").to_owned();
    let refresh = async |token: &str| {
        let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
        body(service.post_authenticated("/token", &form).await).await
    };

    let (_, again) = refresh(&first).await;
    assert_eq!(members(&again), SIX_MEMBERS);
    assert_eq!(text(&again, "refresh_token"), first, "the same while it is young");
    let before = service.verified(text(&tokens, "id_token")).await;
    let after = service.verified(text(&again, "id_token")).await;
    for claim in ["sub", "nonce", "acr", "amr", "auth_time"] {
        assert_eq!(before[claim], after[claim], "{claim}");
    }
    assert_ne!(before["at_hash"], after["at_hash"]);

    stack.advance(9 * 3600);
    let (_, rotated) = refresh(&first).await;
    let second = text(&rotated, "refresh_token").to_owned();
    assert_ne!(second, first, "another after 70 % of its life");
    let (status, replayed) = refresh(&first).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(replayed, error("invalid_grant", "grant request is invalid"));
    assert_eq!(refresh(&second).await.0, StatusCode::BAD_REQUEST, "the replay revoked everything");
}

#[tokio::test]
pub(crate) async fn tk7_an_unknown_refresh_token_is_refused() {
    let stack = Stack::start().await;
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", "unknown")];

    let answer = stack.service().post_authenticated("/token", &refresh).await;

    let expected = error("invalid_grant", "grant request is invalid");
    assert_eq!(body(answer).await, (StatusCode::BAD_REQUEST, expected));
}

#[tokio::test]
async fn a_refresh_cannot_widen_the_scope_nor_outlive_the_grant() {
    let stack = Stack::start().await;
    let service = stack.service();
    let tokens = service.tokens(&signed_in(&stack, &[("scope", "openid email")]).await).await;
    let refresh = async |scope: &str| {
        let token = text(&tokens, "refresh_token");
        let form = [("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)];
        body(service.post_authenticated("/token", &form).await).await
    };

    assert_eq!(refresh("openid").await.1["scope"], "openid");
    assert_eq!(refresh("openid siret").await.1["error"], "invalid_scope");
    stack.advance(12 * 3600);
    assert_eq!(refresh("openid").await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn each_algorithm_signs_id_token_and_userinfo() {
    use federation::SigningAlg::{ES256, HS256, RS256};
    for alg in [RS256, ES256, HS256] {
        let stack = Stack::with(|config| {
            config.services[0].id_token_signed_response_alg = alg;
            config.services[0].userinfo_signed_response_alg = Some(alg);
        })
        .await;
        let service = stack.service();
        let tokens = service.tokens(&signed_in(&stack, &[]).await).await;

        let header = jsonwebtoken::decode_header(text(&tokens, "id_token")).expect("a token");
        assert_eq!(serde_json::to_value(header.alg).expect("JSON"), alg.as_str());
        service.verified(text(&tokens, "id_token")).await;
        let userinfo = service.userinfo(text(&tokens, "access_token")).await;
        service.verified(&userinfo.text().await.expect("text")).await;
    }
}

#[tokio::test]
async fn userinfo_is_json_if_the_service_registered_no_algorithm() {
    let stack = Stack::with(|config| config.services[0].userinfo_signed_response_alg = None).await;
    let service = stack.service();
    let tokens = service.tokens(&signed_in(&stack, &[("scope", "openid email")]).await).await;

    let userinfo = service.userinfo(text(&tokens, "access_token")).await;

    assert_eq!(userinfo.headers()["content-type"], "application/json");
    let claims: Value = userinfo.json().await.expect("JSON");
    let names: Vec<&str> =
        claims.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(names, ["email", "sub"], "nothing beyond the scope");
}

#[tokio::test]
async fn userinfo_refuses_other_tokens() {
    let stack = Stack::start().await;
    let service = stack.service();
    let tokens = service.tokens(&signed_in(&stack, &[]).await).await;

    for token in ["unknown", text(&tokens, "refresh_token"), text(&tokens, "id_token")] {
        let response = service.userinfo(token).await;
        let challenge = response.headers()["www-authenticate"].to_str().expect("text").to_owned();
        assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    }
    stack.advance(3600);
    let expired = service.userinfo(text(&tokens, "access_token")).await;
    assert_eq!(expired.status(), StatusCode::UNAUTHORIZED, "after an hour");
}

#[tokio::test]
async fn tokens_of_one_provider_mean_nothing_to_another() {
    let stack = Stack::start().await;
    let service = stack.service();
    let tokens = service.tokens(&signed_in(&stack, &[]).await).await;

    for userinfo in [stack.demo("/fia1/userinfo"), stack.identite("/oauth/userinfo")] {
        let request = client().get(userinfo).bearer_auth(text(&tokens, "access_token"));
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    }
}
