//! Headers and metadata.

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::support::{Browser, Stack, client};

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    for url in [
        stack.hub("/"),
        stack.hub("/api/v2/not-found"),
        stack.hub("/api/v2/jwks"),
        stack.hub("/assets/federation.css"),
        stack.identite("/users/start-sign-in"),
        stack.demo("/"),
    ] {
        let page = browser.ask(Method::GET, &url, None).await;
        let csp = page.header("content-security-policy");
        assert!(csp.contains("default-src 'none'") && csp.contains("style-src 'self'"), "{url}");
        assert!(!csp.contains("unsafe-inline") && !csp.contains("form-action"), "{url}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{url}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{url}");
    }
}

#[tokio::test]
async fn metadata_and_keys_may_be_cached_and_set_no_cookie() {
    let stack = Stack::start().await;
    for (url, content_type) in [
        (stack.hub("/api/v2/.well-known/openid-configuration"), "application/json"),
        (stack.hub("/api/v2/jwks"), "application/jwk-set+json; charset=utf-8"),
    ] {
        let page = Browser::new().ask(Method::GET, &url, None).await;
        assert_eq!(page.header("cache-control"), "public, max-age=600");
        assert_eq!(page.header("content-type"), content_type);
        assert!(page.headers.get("set-cookie").is_none());
        assert!(!page.body.contains("\"d\""), "no private key");
    }
}

#[tokio::test]
pub(crate) async fn di1_the_metadata_are_exactly_those_of_the_real_one() {
    let stack = Stack::start().await;

    let page = Browser::new().open(&stack.hub("/api/v2/.well-known/openid-configuration")).await;

    assert!(page.headers.get("set-cookie").is_none());
    let document: Value = serde_json::from_str(&page.body).expect("JSON");
    let expected = "acr_values_supported authorization_endpoint \
        authorization_response_iss_parameter_supported claim_types_supported \
        claims_parameter_supported claims_supported code_challenge_methods_supported \
        end_session_endpoint grant_types_supported id_token_encryption_alg_values_supported \
        id_token_encryption_enc_values_supported id_token_signing_alg_values_supported \
        introspection_encryption_alg_values_supported \
        introspection_encryption_enc_values_supported introspection_endpoint \
        introspection_endpoint_auth_methods_supported \
        introspection_endpoint_auth_signing_alg_values_supported \
        introspection_signing_alg_values_supported issuer jwks_uri \
        request_object_encryption_alg_values_supported \
        request_object_encryption_enc_values_supported \
        request_object_signing_alg_values_supported request_parameter_supported \
        request_uri_parameter_supported require_request_uri_registration response_modes_supported \
        response_types_supported revocation_endpoint revocation_endpoint_auth_methods_supported \
        revocation_endpoint_auth_signing_alg_values_supported scopes_supported \
        subject_types_supported token_endpoint token_endpoint_auth_methods_supported \
        token_endpoint_auth_signing_alg_values_supported \
        userinfo_encryption_alg_values_supported userinfo_encryption_enc_values_supported \
        userinfo_endpoint userinfo_signing_alg_values_supported";
    let mut keys: Vec<&str> =
        document.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, expected.split_ascii_whitespace().collect::<Vec<_>>());
    let texts = |name: &str| -> Vec<&str> {
        let list = document[name].as_array().expect("a list");
        list.iter().map(|text| text.as_str().expect("text")).collect()
    };
    for answer in ["id_token", "userinfo", "introspection"] {
        let algs = texts(&format!("{answer}_signing_alg_values_supported"));
        assert_eq!(algs, ["HS256", "ES256", "RS256"], "{answer}");
    }
    let levels = [
        "eidas0",
        "eidas0-mfa",
        "eidas1",
        "eidas1-mfa",
        "eidas2",
        "eidas3",
        "https://proconnect.gouv.fr/assurance/certification-dirigeant",
    ];
    assert_eq!(texts("acr_values_supported"), levels);
    assert!(!texts("scopes_supported").contains(&"offline_access"));
}

#[tokio::test]
async fn issuers_are_byte_for_byte_those_of_the_metadata() {
    let stack = Stack::start().await;
    let identite = stack.identite("/");
    for issuer in [stack.issuer(), stack.demo("/fia1"), identite.trim_end_matches('/').to_owned()] {
        let url = format!("{issuer}/.well-known/openid-configuration");
        let page = Browser::new().ask(Method::GET, &url, None).await;
        let document: Value = serde_json::from_str(&page.body).expect("JSON");
        assert_eq!(document["issuer"], issuer);
    }
}

#[tokio::test]
async fn the_issuers_root_leads_to_the_real_site() {
    let stack = Stack::start().await;

    let page = Browser::new().open(&stack.hub("/api/v2/")).await;

    assert_eq!(page.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(page.header("location"), "https://www.proconnect.gouv.fr");
}

#[tokio::test]
async fn unchanged_files_are_not_sent_again() {
    let stack = Stack::start().await;
    let url = stack.hub("/assets/federation.css");
    let page = Browser::new().ask(Method::GET, &url, None).await;
    assert_eq!(page.header("content-type"), "text/css; charset=utf-8");

    let request = client().get(&url).header("if-none-match", page.header("etag"));

    assert_eq!(request.send().await.expect("an answer").status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn cookies_are_secure_behind_https() {
    // The address that a TLS proxy would pass requests on to.
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("an address");
    drop(free);
    let stack = Stack::with(|config| {
        config.hub.listen = address;
        config.hub.public_url = Some("https://auth.test".parse().expect("an address"));
    })
    .await;
    let plain = Stack::start().await;

    let url = stack.service().authorize_url(&[]);
    let url = url.replace("https://auth.test", &format!("http://{address}"));
    let secure = Browser::new().ask(Method::GET, &url, None).await;
    let url = plain.service().authorize_url(&[]);
    let insecure = Browser::new().ask(Method::GET, &url, None).await;

    assert_eq!(stack.issuer(), "https://auth.test/api/v2");
    let cookie = secure.header("set-cookie");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/"), "{cookie}");
    let cookie = insecure.header("set-cookie");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{cookie}");
}
