//! What every answer tells browsers, and what no request from elsewhere may do.

use reqwest::Method;
use server::http::route_table;

use crate::support::TestApp;
use crate::support::provider::Signing;

#[tokio::test]
async fn every_route_refuses_other_sites_and_other_methods() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    for route in route_table() {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let cross = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
            let answer = browser.send(method.clone(), route.path, &cross).await;
            assert_eq!(answer.status, 403, "cross-site {method} {}", route.path);

            if route.method != method.as_str() {
                let own = [("sec-fetch-site", "same-origin")];
                let answer = browser.send(method.clone(), route.path, &own).await;
                assert_eq!(answer.status, 405, "{method} {}", route.path);
            }
        }
    }
    assert_eq!(browser.session().await["state"], "signed_in");
}

#[tokio::test]
async fn reading_changes_nothing() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    for route in route_table() {
        for method in [Method::GET, Method::HEAD] {
            browser.send(method, route.path, &[("sec-fetch-site", "cross-site")]).await;
        }
    }
    assert_eq!(browser.session().await["state"], "signed_in");
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for path in [
        "/",
        "/connexion",
        "/nowhere",
        "/pkg/missing.js",
        "/api/session",
        "/api/missing",
        "/auth/login",
        "/auth/callback",
        "/auth/logout/callback",
        "/livez",
        "/robots.txt",
    ] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(!answer.header("permissions-policy").is_empty(), "{path}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    }
}

#[tokio::test]
async fn over_https_cookies_are_host_cookies_and_strict() {
    let app = TestApp::start_with(
        (Signing::Rs256, Signing::Rs256),
        &[
            "--app-public-url",
            "https://app.example.fr",
            "--session-keys",
            "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        ],
    )
    .await;
    let mut browser = app.browser();
    let login = browser.get("/auth/login").await;
    let login_cookie = login.set_cookies()[0].to_owned();
    let url: url::Url = login.location().parse().unwrap();
    let query = app.provider.approve(&url);
    let callback = browser.get(&format!("/auth/callback?{query}")).await;
    let session = callback
        .set_cookies()
        .into_iter()
        .find(|line| line.starts_with("__Host-app-session="))
        .unwrap()
        .to_owned();

    assert!(login_cookie.starts_with("__Host-app-login-"));
    assert!(login_cookie.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=86400"));
    let attributes: Vec<_> = session.split("; ").skip(1).collect();
    assert_eq!(attributes, ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"]);
    assert!(callback.set_cookies().iter().all(|line| line.len() < 4096));
    assert_eq!(callback.header("strict-transport-security"), "max-age=31536000");

    let own = [("origin", "https://app.example.fr"), ("accept", "application/json")];
    let logout = browser.send(Method::POST, "/auth/logout", &own).await;
    assert!(
        logout
            .set_cookies()
            .contains(&"__Host-app-session=; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=0")
    );
}

#[tokio::test]
async fn the_session_answer_holds_no_token_and_is_not_kept() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;

    let answer = browser.get("/api/session").await;

    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("vary"), "cookie");
    assert!(answer.header("content-type").starts_with("application/json"));
    for secret in app.provider.secrets() {
        assert!(!answer.body.contains(&secret));
    }
    assert!(!answer.body.contains("eyJ"), "no JWT");
}

#[tokio::test]
async fn a_server_function_never_redirects() {
    let app = TestApp::start().await;
    let form = [("accept", "text/html"), ("referer", "https://evil.example/")];

    let answer = app.browser().send(Method::GET, "/api/session", &form).await;

    assert_eq!((answer.status, answer.location()), (200, ""));
}

#[tokio::test]
async fn planted_cookies_are_not_read() {
    let app = TestApp::start().await;
    let browser = app.signed_in_browser().await;
    let id = &browser.cookies["app-session"];
    let mut thief = app.browser();
    let doubled = format!("app-session={id}; app-session={id}");
    let exotic = format!("\u{2000}app-session={id}");
    let encoded = format!("%61pp-session={id}");
    for cookie in [doubled, exotic, encoded] {
        let answer = thief.send(Method::GET, "/api/session", &[("cookie", &cookie)]).await;
        assert_eq!(answer.json()["state"], "anonymous", "{cookie:?}");
    }
    let right = format!("other=1; app-session={id}");
    let answer = thief.send(Method::GET, "/api/session", &[("cookie", &right)]).await;
    assert_eq!(answer.json()["state"], "signed_in");
}
