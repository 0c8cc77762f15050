//! Tokens in the hands of others: introspection by a resource server, and revocation.

use federation::SigningAlg;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Browser, Callback, Fields, Service, Stack, add_service, client};

const JWT: &str = "application/token-introspection+jwt";

/// A federation whose second service is a resource server, and whose first may ask for
/// `groups`.
async fn stack() -> Stack {
    Stack::with(|config| {
        let server = add_service(config, "resource-server");
        server.redirect_uris = Vec::new();
        server.post_logout_redirect_uris = Vec::new();
        server.introspection_signed_response_alg = Some(SigningAlg::ES256);
        config.services[0].scopes = federation::ScopeSet::parse("openid email groups");
    })
    .await
}

/// The tokens of a person who signed in for the first service.
async fn tokens(stack: &Stack) -> Value {
    let scope = [("scope", "openid email groups")];
    let page = stack.service().sign_in(&Browser::new(), "test@fia1.fr", &scope, &[]).await;
    stack.service().tokens(&Callback::of(&page)).await
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

async fn introspect(server: &Service, token: &str) -> Value {
    let response = server.post_authenticated("/token/introspection", &[("token", token)]).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.json().await.expect("JSON")
}

async fn revoke(service: &Service, token: &str) -> StatusCode {
    service.post_authenticated("/token/revocation", &[("token", token)]).await.status()
}

async fn refresh(service: &Service, token: &str) -> (StatusCode, Value) {
    let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
    let response = service.post_authenticated("/token", &form).await;
    (response.status(), response.json().await.expect("JSON"))
}

#[tokio::test]
pub(crate) async fn in1_a_resource_server_gets_a_signed_answer_with_four_members() {
    let stack = stack().await;
    let server = stack.service_number(1);
    let tokens = tokens(&stack).await;

    let response = client()
        .post(format!("{}/token/introspection", server.issuer))
        .header("accept", JWT)
        .form(&[
            ("token", text(&tokens, "access_token")),
            ("client_id", &server.client_id),
            ("client_secret", &server.client_secret),
        ])
        .send()
        .await
        .expect("an answer");

    assert_eq!(response.headers()["content-type"], format!("{JWT}; charset=utf-8"));
    let signed = response.text().await.expect("text");
    let header = jsonwebtoken::decode_header(&signed).expect("a token");
    assert_eq!(header.alg, jsonwebtoken::Algorithm::ES256);
    assert_eq!(header.typ.as_deref(), Some("token-introspection+jwt"));
    let claims = server.verified(&signed).await;
    let names: Vec<&String> = claims.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["aud", "iat", "iss", "token_introspection"]);
    assert_eq!(claims["token_introspection"]["active"], true);
}

#[tokio::test]
pub(crate) async fn in2_in3_in4_in5_in6_bad_introspection_requests_are_named() {
    let stack = stack().await;
    let server = stack.service_number(1);
    let tokens = tokens(&stack).await;
    let (id, secret) = (server.client_id.as_str(), server.client_secret.as_str());
    let token = ("token", text(&tokens, "access_token"));
    let refused = (StatusCode::UNAUTHORIZED, "invalid_client", "client authentication failed");
    let rows: [(Fields<'_>, _); 5] = [
        (
            &[token, ("client_secret", secret)],
            (
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "no client authentication mechanism provided",
            ),
        ),
        (&[token, ("client_id", id)], refused),
        (
            &[("client_id", id), ("client_secret", secret)],
            (StatusCode::BAD_REQUEST, "invalid_request", "missing required parameter 'token'"),
        ),
        (&[token, ("client_id", id), ("client_secret", "wrong")], refused),
        (&[token, ("client_id", "wrong"), ("client_secret", secret)], refused),
    ];
    for (form, (status, error, description)) in rows {
        let response = server.post("/token/introspection", form).await;
        assert_eq!(response.status(), status);
        let body: Value = response.json().await.expect("JSON");
        assert_eq!(body, json!({ "error": error, "error_description": description }));
    }
}

#[tokio::test]
pub(crate) async fn rs1_a_resource_server_learns_whose_token_it_received() {
    let stack = stack().await;
    let (service, server) = (stack.service(), stack.service_number(1));
    let tokens = tokens(&stack).await;
    let id_token = service.verified(text(&tokens, "id_token")).await;

    let state = introspect(&server, text(&tokens, "access_token")).await;

    assert_eq!(
        state,
        json!({
            "active": true, "sub": id_token["sub"], "client_id": service.client_id,
            "scope": "openid email groups", "iss": service.issuer, "iat": id_token["iat"],
            "exp": id_token["iat"].as_i64().expect("a time") + 3600, "token_type": "Bearer",
        })
    );
}

#[tokio::test]
pub(crate) async fn rs2_a_token_that_is_not_alive_is_inactive_and_nothing_else_is_told() {
    let stack = stack().await;
    let (service, server) = (stack.service(), stack.service_number(1));
    let [revoked, expired] = [tokens(&stack).await, tokens(&stack).await];
    assert_eq!(revoke(&service, text(&revoked, "access_token")).await, StatusCode::OK);
    stack.advance(3600);

    for token in [text(&revoked, "access_token"), text(&expired, "access_token"), "unknown"] {
        assert_eq!(introspect(&server, token).await, json!({ "active": false }));
    }
}

#[tokio::test]
pub(crate) async fn tk8_a_revoked_refresh_token_is_refused_and_its_grant_is_dead() {
    let stack = stack().await;
    let service = stack.service();
    let tokens = tokens(&stack).await;

    assert_eq!(revoke(&service, text(&tokens, "refresh_token")).await, StatusCode::OK);

    let (status, body) = refresh(&service, text(&tokens, "refresh_token")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(body["error"], "invalid_grant");
    let userinfo = service.userinfo(text(&tokens, "access_token")).await;
    assert_eq!(userinfo.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
pub(crate) async fn tk9_a_revoked_access_token_gives_no_userinfo() {
    let stack = stack().await;
    let service = stack.service();
    let tokens = tokens(&stack).await;

    assert_eq!(revoke(&service, text(&tokens, "access_token")).await, StatusCode::OK);

    let userinfo = service.userinfo(text(&tokens, "access_token")).await;
    assert_eq!(userinfo.status(), StatusCode::UNAUTHORIZED);
    let challenge = userinfo.headers()["www-authenticate"].to_str().expect("text");
    assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    let (status, _) = refresh(&service, text(&tokens, "refresh_token")).await;
    assert_eq!(status, StatusCode::OK, "the refresh token still lives");
}

#[tokio::test]
async fn a_service_revokes_its_own_tokens_only() {
    let stack = stack().await;
    let (service, server) = (stack.service(), stack.service_number(1));
    let tokens = tokens(&stack).await;

    let status = revoke(&server, text(&tokens, "access_token")).await;

    assert_eq!(status, StatusCode::BAD_REQUEST);
    let userinfo = service.userinfo(text(&tokens, "access_token")).await;
    assert_eq!(userinfo.status(), StatusCode::OK);
    assert_eq!(revoke(&service, "unknown").await, StatusCode::OK, "nothing to revoke");
}
