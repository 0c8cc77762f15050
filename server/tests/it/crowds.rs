//! Many at once: visitors leave nothing, many addresses cost little.

use crate::support::TestApp;
use crate::support::provider::Signing;

const RS256: (Signing, Signing) = (Signing::Rs256, Signing::Rs256);

#[tokio::test]
async fn e19_ten_thousand_visits_leave_nothing_behind() {
    let app = TestApp::start_with(RS256, &["--limit-calls", "0"]).await;
    let mut visitor = app.browser();
    for visit in 0..2_500 {
        for path in ["/", "/connexion", "/api/session", "/compte"] {
            let answer = visitor.get(path).await;
            assert_eq!(answer.status, 200, "{path}, visit {visit}");
            assert!(answer.set_cookies().is_empty(), "{path}, visit {visit}");
        }
    }
    let metrics = app.metrics().await;
    assert!(metrics.contains("app_sessions_started_total 0"), "{metrics}");
    for operation in ["insert", "burn"] {
        let written = format!("app_store_request_seconds_count{{operation=\"{operation}\"");
        assert!(!metrics.contains(&written), "a visit wrote into the store: {metrics}");
    }
    assert_eq!(app.rows().await, (0, 0));
}

#[tokio::test]
async fn f20_a_thousand_addresses_are_counted_apart() {
    let arguments = ["--trusted-proxies", "127.0.0.1", "--limit-sign-ins", "1"];
    let app = TestApp::start_with(RS256, &arguments).await;
    let mut browser = app.browser();
    for round in [303, 429] {
        for address in 0..1000_u32 {
            let client = format!("203.{}.{}.9", address / 250, address % 250);
            let headers = [("x-forwarded-for", client.as_str())];
            browser.cookies.clear();
            let answer = browser.send(reqwest::Method::GET, "/auth/login", &headers).await;
            assert_eq!(answer.status, round, "{client}");
            assert_eq!(answer.header("retry-after").is_empty(), round == 303, "{client}");
        }
    }
}
