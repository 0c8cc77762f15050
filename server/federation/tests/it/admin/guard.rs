//! Who may use the API, and what it says to what it does not understand.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Stack, answer, client};

#[tokio::test]
async fn every_route_turns_away_whoever_is_not_on_this_machine() {
    let stack = Stack::start().await;
    let admin = stack.admin();
    let paths = [
        "",
        "/services",
        "/services/x",
        "/identity-providers",
        "/identity-providers/x",
        "/organisations",
        "/organisations/x",
        "/accounts",
        "/accounts/x",
        "/users",
        "/users/x",
        "/profile",
        "/clock",
        "/reset",
        "/unknown",
    ];
    let rows = [
        ("origin", "https://evil.test", "cross_site"),
        ("sec-fetch-site", "cross-site", "cross_site"),
        ("host", "evil.test", "foreign_host"),
        ("x-forwarded-for", "192.0.2.1", "forwarded"),
    ];
    for path in paths {
        for (name, value, code) in rows {
            for method in [Method::GET, Method::POST, Method::DELETE] {
                let request = admin.request(method.clone(), path).header(name, value);
                let (status, body) = answer(request).await;
                assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path} with {name}");
                assert_eq!(body["error"], code, "{method} {path} with {name}");
            }
        }
    }
    assert_eq!(admin.get("/services").await.as_array().map(Vec::len), Some(2), "nothing was lost");
}

#[tokio::test]
async fn the_api_can_be_switched_off() {
    let stack = Stack::with(|config| config.admin.enabled = false).await;

    for path in ["", "/services", "/reset"] {
        let request = client().post(format!("{}{path}", stack.hub("admin")));
        assert_eq!(answer(request).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_index_names_every_resource() {
    let stack = Stack::start().await;
    let admin = stack.admin();

    let index = admin.get("").await;

    let urls = index.as_object().expect("an object");
    assert!(urls.len() >= 8, "{index}");
    for (name, url) in urls {
        let (status, _) = answer(client().get(url.as_str().expect("an address"))).await;
        let expected =
            if name == "reset" { StatusCode::METHOD_NOT_ALLOWED } else { StatusCode::OK };
        assert_eq!(status, expected, "{name}");
    }
}

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let stack = Stack::start().await;
    let admin = stack.admin();
    let json = |path: &str, body: &str| {
        let request = admin.request(Method::POST, path).header("content-type", "application/json");
        request.body(body.to_owned())
    };
    let form = admin.request(Method::POST, "/services").form(&[("name", "x")]);
    let rows = [
        (admin.request(Method::GET, "/unknown"), StatusCode::NOT_FOUND, "no_such_route"),
        (
            admin.request(Method::GET, "/reset"),
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
        ),
        (form, StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json"),
        (json("/services", "{"), StatusCode::BAD_REQUEST, "malformed"),
        (json("/services", "[]"), StatusCode::BAD_REQUEST, "malformed"),
        (json("/services", &" ".repeat(70_000)), StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
        (
            json("/services", r#"{"name":"x","type":1}"#),
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
        ),
        (
            json("/services", r#"{"name":"x","redirect_uris":["nowhere"]}"#),
            StatusCode::UNPROCESSABLE_ENTITY,
            "inconsistent",
        ),
    ];
    for (request, status, code) in rows {
        let (actual, body) = answer(request).await;
        assert_eq!((actual, &body["error"]), (status, &json!(code)), "{body}");
        assert!(body["message"].as_str().is_some_and(|text| !text.is_empty()), "{body}");
    }
}
