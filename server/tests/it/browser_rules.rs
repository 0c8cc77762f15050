//! What every answer tells browsers, and what no request from elsewhere may do.

use reqwest::Method;
use server::http::csrf::CROSS_SITE_ALLOWED;
use server::http::route_table;

use crate::support::provider::Signing;
use crate::support::{Fault, TestApp, log};

#[tokio::test]
async fn f3_every_route_refuses_other_sites_and_other_methods() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    for route in route_table() {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let cross = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
            let answer = browser.send(method.clone(), route.path, &cross).await;
            let expected = match (CROSS_SITE_ALLOWED.contains(&route.path), method == Method::POST)
            {
                (false, _) => 403,
                // Reads no cookie, and is off here.
                (true, true) => 404,
                (true, false) => 405,
            };
            assert_eq!(answer.status, expected, "cross-site {method} {}", route.path);

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
async fn f3_reading_changes_nothing() {
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
async fn f14_every_answer_has_the_security_headers() {
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
        let referrer = if path == "/auth/callback" { "no-referrer" } else { "same-origin" };
        assert_eq!(answer.header("referrer-policy"), referrer, "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(!answer.header("permissions-policy").is_empty(), "{path}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    }
}

#[tokio::test]
async fn e2_over_https_cookies_are_host_cookies_and_strict() {
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
async fn f11_the_session_answer_holds_no_token_and_is_not_kept() {
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
async fn f4_a_server_function_never_redirects() {
    let app = TestApp::start().await;
    let form = [("accept", "text/html"), ("referer", "https://evil.example/")];

    let answer = app.browser().send(Method::GET, "/api/session", &form).await;

    assert_eq!((answer.status, answer.location()), (200, ""));
}

#[tokio::test]
async fn e3_planted_cookies_are_not_read() {
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

/// What HTML forms can send: kind of content and body.
const FORMS: [(&str, &str); 4] = [
    ("application/x-www-form-urlencoded", "id=x"),
    (
        "multipart/form-data; boundary=b",
        "--b\r\ncontent-disposition: form-data; name=id\r\n\r\nx\r\n--b--",
    ),
    ("text/plain", "{\"id\":\"x\"}"),
    ("", ""),
];

#[tokio::test]
async fn f1_forms_of_other_sites_change_nothing() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let mut second = app.signed_in_browser().await;
    let origins = [
        [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        [("sec-fetch-site", "same-site"), ("origin", "http://sibling.localhost:3000")],
    ];
    let unsafe_routes = route_table();
    let unsafe_routes = unsafe_routes
        .iter()
        .filter(|route| route.path.starts_with("/api/") && route.method == "POST");
    let mut tried = 0;
    for route in unsafe_routes {
        for origin in origins {
            for (kind, body) in FORMS {
                let mut headers = origin.to_vec();
                if !kind.is_empty() {
                    headers.push(("content-type", kind));
                }
                let answer = browser.post(route.path, body, &headers).await;
                assert_eq!(answer.status, 403, "{} {kind} {origin:?}", route.path);
                assert_eq!(answer.json()["code"], "request.cross_site");
                assert!(answer.set_cookies().is_empty());
                tried += 1;
            }
        }
    }
    assert!(tried >= 40, "{tried}");
    assert_eq!(browser.session().await["state"], "signed_in");
    assert_eq!(second.session().await["state"], "signed_in", "not revoked");
    assert!(log::text().contains("cross-site request refused"), "and it is logged");
}

#[tokio::test]
async fn f2_what_a_browser_says_of_itself_decides() {
    let app = TestApp::start().await;
    let sites = ["", "same-origin", "same-site", "cross-site", "none"];
    let origins =
        ["", "http://localhost:3000", "http://localhost:3001", "https://evil.example", "null"];
    for site in sites {
        for origin in origins {
            for own_header in [false, true] {
                let mut headers = Vec::new();
                headers.extend((!site.is_empty()).then_some(("sec-fetch-site", site)));
                headers.extend((!origin.is_empty()).then_some(("origin", origin)));
                headers.extend(own_header.then_some(("x-requested-with", "app")));
                let answer = app.browser().post("/api/stay", "", &headers).await;

                let own_origin = origin == "http://localhost:3000";
                let passes = match site {
                    "same-origin" => origin.is_empty() || own_origin,
                    // No evidence but a header that any program can send is none.
                    "" => own_origin,
                    _ => false,
                };
                let expected = if passes { 200 } else { 403 };
                assert_eq!(answer.status, expected, "{site:?} {origin:?} {own_header}");
            }
        }
    }
}

#[tokio::test]
async fn f4_a_server_function_that_fails_leads_nowhere() {
    let app = TestApp::start().await;
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("accept", "text/html"),
        ("referer", "https://evil.example/?x=1"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    for (path, body) in [
        ("/api/revoke_session", "id=x"),
        ("/api/save_note", "note=a&person=b"),
        ("/api/save_note", ""),
    ] {
        let answer = app.browser().post(path, body, &headers).await;

        assert!([400, 401].contains(&answer.status), "{path}: {}", answer.status);
        assert_eq!(answer.location(), "", "{path}");
        assert!(!answer.body.contains("evil"), "{path}");
    }
}

#[tokio::test]
async fn f5_no_route_upgrades_a_connection() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let upgrade = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("accept", "text/event-stream"),
    ];
    let paths = route_table().into_iter().map(|route| route.path).chain(["/", "/connexion", "/ws"]);
    for path in paths {
        let answer = browser.send(Method::GET, path, &upgrade).await;
        assert_ne!(answer.status, 101, "{path}");
        assert_ne!(answer.header("content-type"), "text/event-stream", "{path}");
    }
}

#[tokio::test]
async fn f12_what_depends_on_the_person_is_not_kept() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let mut seen = 0;
    for route in route_table().into_iter().filter(|route| route.session) {
        let own = [("sec-fetch-site", "same-origin")];
        let method = Method::from_bytes(route.method.as_bytes()).unwrap();
        let answer = browser.clone().send(method, route.path, &own).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{}", route.path);
        seen += usize::from(!answer.set_cookies().is_empty());
    }
    assert!(seen >= 2, "sign-in and sign-out set cookies");
    assert_eq!(browser.get("/connexion").await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn f11_who_is_not_signed_in_is_told_so_without_a_redirect() {
    let app = TestApp::start().await;
    let mut browser = app.browser();

    let answer = browser.get("/api/session").await;

    assert_eq!((answer.status, answer.location()), (200, ""));
    assert_eq!(answer.json()["state"], "anonymous");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("vary"), "cookie");
}

#[tokio::test]
async fn f18_markup_in_claims_stays_text() {
    let app =
        TestApp::start_with((Signing::Rs256, Signing::Rs256), &["--access-idp-ids", "fia1"]).await;
    let markup = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";
    let everywhere: crate::support::provider::Change = |claims| {
        for name in ["given_name", "usual_name", "email", "phone_number", "organization_label"] {
            claims[name] = "</script><script>alert(1)</script><img src=x onerror=alert(1)>".into();
        }
        claims["roles"] = vec!["<b>role</b>"].into();
    };
    app.provider.misbehave(Fault { userinfo: Some(everywhere), ..Fault::default() });
    let mut browser = app.signed_in_browser().await;

    let answer = browser.get("/api/session").await;
    assert_eq!(answer.json()["identity"]["given_name"], markup, "kept as it is");
    assert!(answer.header("content-type").starts_with("application/json"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    for page in ["/compte", "/espace-protege", "/compte/sessions"] {
        assert!(!browser.get(page).await.body.contains("alert(1)"), "{page} holds nobody's data");
    }

    // The one page that repeats a claim: who may not enter.
    app.provider.misbehave(Fault {
        userinfo: Some(|claims| claims["idp_id"] = "<script>alert(1)</script>".into()),
        ..Fault::default()
    });
    let url = browser.start_sign_in("").await;
    let query = app.provider.approve(&url);
    let refused = browser.get(&format!("/auth/callback?{query}")).await;
    assert_eq!((refused.status, refused.problem()), (403, "access.refused"));
    assert!(refused.body.contains("&lt;script&gt;alert(1)"), "shown as text");
    assert!(!refused.body.contains("<script>alert"), "{}", refused.body);
}
