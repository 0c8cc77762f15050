//! What the process logs, at its most talkative.

use crate::support::provider::TokenAnswer;
use crate::support::{Fault, TestApp, log};

#[tokio::test]
async fn f19_no_secret_is_ever_logged() {
    let app = TestApp::start().await;
    let mut browser = app.signed_in_browser().await;
    let mut secrets: Vec<String> = browser.cookies.values().cloned().collect();
    browser.session().await;
    browser.sign_out().await;
    let leave = browser.get("/auth/logout/continue").await;
    let url: url::Url = leave.location().parse().unwrap();
    secrets.extend(
        url.query_pairs()
            .map(|(_, value)| value.into_owned())
            .filter(|value| !value.starts_with("http") && value != "test-client"),
    );
    browser.get("/auth/callback?code=a-code-that-nobody-gave&state=a-state-that-nobody-made").await;
    app.provider.misbehave(Fault { token_answer: Some(TokenAnswer::Endless), ..Fault::default() });
    let failing = browser.start_sign_in("login_hint=somebody%40example.fr").await;
    secrets.extend(
        failing
            .query_pairs()
            .filter(|(name, _)| name == "state")
            .map(|(_, value)| value.into_owned()),
    );
    browser.get(&format!("/auth/callback?{}", app.provider.approve(&failing))).await;
    secrets.extend(app.provider.secrets());
    secrets.extend(
        [
            "a-code-that-nobody-gave",
            "a-state-that-nobody-made",
            "somebody@example.fr",
            "angela.dubois@example.fr",
            "Dubois",
            "127.0.0.1:",
        ]
        .map(str::to_owned),
    );

    let logged = log::text();

    assert!(logged.contains("sign-in not completed"), "the log was captured");
    assert!(logged.contains("request answered"), "the log was captured");
    for secret in secrets {
        assert!(!logged.contains(&secret), "{secret} is in the log");
    }
}
