//! Who may enter, and what those read who may not.

use crate::support::provider::Signing;
use crate::support::{TestApp, log};

const RS256: (Signing, Signing) = (Signing::Rs256, Signing::Rs256);

#[tokio::test]
async fn who_may_not_enter_gets_a_page_that_says_why_and_no_session() {
    for (rule, value, shown) in [
        ("--access-roles", "agent_elu", "agent_public, agent_public_territorial"),
        ("--access-email-domains", "ville.fr .ville.fr", "example.fr"),
        ("--access-sirets", "35600000000048", "21920023500014"),
        ("--access-idp-ids", "fia2,fia3", "fia1"),
    ] {
        let app = TestApp::start_with(RS256, &[rule, value]).await;
        let mut browser = app.browser();
        let url = browser.start_sign_in("return_to=%2Fcompte").await;
        let query = app.provider.approve(&url);

        let refused = browser.get(&format!("/auth/callback?{query}")).await;

        assert_eq!((refused.status, refused.problem()), (403, "access.refused"), "{rule}");
        assert!(refused.body.contains(shown), "{rule}: {}", refused.body);
        assert!(refused.body.contains("href=\"/auth/logout/continue\""), "a way out");
        assert!(!browser.cookies.contains_key("app-session"), "{rule}");
        assert_eq!(browser.session().await["state"], "anonymous", "{rule}");
        let audit: Vec<_> = log::text()
            .lines()
            .filter(|line| line.contains("access_refused"))
            .map(str::to_owned)
            .collect();
        assert!(!audit.is_empty());
        for line in audit {
            assert!(!line.contains("example.fr") && !line.contains("21920023500014"), "{line}");
            assert!(!line.contains("subject-1") && !line.contains("angela"), "{line}");
        }
    }
}

#[tokio::test]
async fn the_way_out_ends_proconnects_session_and_starts_a_sign_in_as_another_person() {
    let app = TestApp::start_with(RS256, &["--access-idp-ids", "fia2"]).await;
    let mut browser = app.browser();
    let url = browser.start_sign_in("return_to=%2Fcompte").await;
    let query = app.provider.approve(&url);
    browser.get(&format!("/auth/callback?{query}")).await;

    let leave = browser.get("/auth/logout/continue").await;
    let url: url::Url = leave.location().parse().unwrap();
    let sent: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(sent["id_token_hint"].split('.').count(), 3);
    let back = browser.get(&format!("/auth/logout/callback?state={}", sent["state"])).await;

    assert_eq!((back.status, back.location()), (303, "/auth/login?return_to=%2Fcompte"));
}

#[tokio::test]
async fn who_meets_every_rule_enters() {
    let rules = [
        "--access-roles",
        "agent_public",
        "--access-email-domains",
        "example.fr",
        "--access-sirets",
        "21920023500014",
        "--access-idp-ids",
        "fia1",
    ];
    let app = TestApp::start_with(RS256, &rules).await;

    assert_eq!(app.signed_in_browser().await.session().await["state"], "signed_in");
}

#[tokio::test]
async fn a_refusal_at_a_new_sign_in_leaves_the_session_of_before() {
    let app = TestApp::start_with(RS256, &["--access-idp-ids", "fia1"]).await;
    let mut browser = app.signed_in_browser().await;
    let url = browser.start_sign_in("").await;
    app.provider.misbehave(crate::support::Fault {
        userinfo: Some(|claims| claims["idp_id"] = serde_json::json!("fia9")),
        ..crate::support::Fault::default()
    });
    let query = app.provider.approve(&url);

    let refused = browser.get(&format!("/auth/callback?{query}")).await;

    assert_eq!(refused.problem(), "access.refused");
    assert_eq!(browser.session().await["state"], "signed_in");
}
