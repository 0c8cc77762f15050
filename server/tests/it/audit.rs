//! The audit trail: who entered and who was turned away, without saying who.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Fault, TestApp, log};

/// The lines of the trail that this process has written so far.
fn trail() -> Vec<Value> {
    let text = log::text();
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["target"] == "audit").collect()
}

#[tokio::test]
async fn sign_ins_refusals_and_sign_outs_leave_one_line_each() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let wrong_nonce: fn(&mut Value) = |claims| claims["nonce"] = json!("another");
    app.provider.misbehave(Fault { id_token: Some(wrong_nonce), ..Fault::default() });
    let mut other = app.browser();
    let url = other.start_sign_in("").await;
    let page = other.get(&format!("/auth/callback?{}", app.provider.approve(&url))).await;
    browser.sign_out().await;
    let cross_site = [("sec-fetch-site", "cross-site")];
    browser.send(Method::POST, "/auth/logout", &cross_site).await;

    let trail = trail();

    let told: Vec<_> = trail
        .iter()
        .map(|line| (line["event"].as_str().unwrap(), line["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("sign_in", "ok"),
            ("sign_in", "login.id_token"),
            ("sign_out", "ok"),
            ("refusal", "request.cross_site"),
        ]
    );
    let (entered, left) = (&trail[0], &trail[2]);
    assert_eq!(entered["time"], "2026-07-01T10:00:00.000Z");
    assert_eq!((&entered["level"], &entered["provider"]), (&json!("eidas1"), &json!("fia1")));
    assert_eq!(entered["network"], "127.0.0.0/24");
    for name in ["person", "session"] {
        assert_eq!(entered[name].as_str().unwrap().len(), 16, "{name}");
        assert_eq!(entered[name], left[name], "the same {name}");
    }
    assert_eq!(trail[1]["request_id"], page.header("x-request-id"));
    assert_eq!(trail[1].get("person"), None, "nobody is known");
}

#[tokio::test]
async fn f19_the_trail_names_nobody() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let mut secrets: Vec<String> = browser.cookies.values().cloned().collect();
    browser.sign_out().await;
    secrets.extend(app.provider.secrets());
    let known = ["subject-1", "Dubois", "example.fr", "21920023500014", "127.0.0.1"];
    secrets.extend(known.map(str::to_owned));

    let trail = trail();

    assert_eq!(trail.len(), 2);
    for secret in secrets {
        let found = trail.iter().any(|line| line.to_string().contains(&secret));
        assert!(!found, "{secret} is in the audit trail");
    }
}
