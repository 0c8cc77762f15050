//! `server --check`, against a provider that is right, wrong or absent.

use std::sync::Arc;

use clap::Parser as _;
use serde_json::{Value, json};
use server::application::Parts;
use server::check;
use server::clock::{ManualClock, SystemClock};
use server::config::Config;
use server::random::SystemEntropy;

use crate::support::Fault;
use crate::support::app::folder;
use crate::support::in_the_middle_of_2026;
use crate::support::provider::{CLIENT_ID, CLIENT_SECRET, Change, ScriptedProvider, Signing};

/// What is said about a configuration; whether it passed.
async fn checked(arguments: &[&str]) -> (bool, String) {
    let folder = folder();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (dist, data) = (path("dist"), path("data"));
    let own = ["server", "--check", "--app-dist", &dist, "--app-data-dir", &data];
    let arguments: Vec<_> = own.iter().chain(arguments).collect();
    let config = Config::try_parse_from(arguments).unwrap();
    assert!(config.check);
    let parts = Parts { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) };
    let report = check::run(&config, &parts).await;
    (report.passed(), report.to_string())
}

async fn provider() -> ScriptedProvider {
    let clock = ManualClock::at(in_the_middle_of_2026());
    ScriptedProvider::start(clock, (Signing::Rs256, Signing::Rs256)).await
}

async fn checked_at(provider: &ScriptedProvider, more: &[&str]) -> (bool, String) {
    let issuer = provider.issuer();
    let own = ["--proconnect-issuer", &issuer, "--proconnect-client-id", CLIENT_ID];
    let secret = ["--proconnect-client-secret", CLIENT_SECRET];
    let arguments: Vec<_> = own.iter().chain(&secret).chain(more).copied().collect();
    checked(&arguments).await
}

#[track_caller]
fn assert_said(report: &str, line: &str) {
    assert!(report.lines().any(|found| found.starts_with(line)), "{line} is not in\n{report}");
}

#[tokio::test]
async fn a_good_configuration_passes_and_says_what_to_register() {
    let (passed, report) = checked_at(&provider().await, &[]).await;

    assert!(passed, "{report}");
    for line in [
        "attention  APP_PUBLIC_URL is http://localhost:3000: for this machine only",
        "ok         SESSION_KEYS: 1 of 32 bytes",
        "ok         the session store writes, reads and deletes",
        "ok         redirect URI, to be registered exactly: http://localhost:3000/auth/callback",
        "ok         post-logout redirect URI, to be registered exactly: http://localhost:3000/auth/logout/callback",
        "attention  PROCONNECT_ACR is empty",
        "ok         the issuer there is PROCONNECT_ISSUER, byte for byte",
        "ok         this clock is ",
        "ok         every endpoint is on the issuer's host",
        "ok         PROCONNECT_ID_TOKEN_ALG RS256 is offered",
        "ok         the provider publishes 1 RSA key(s)",
        "ok         the provider knows the client and its secret",
        "=          it would work",
    ] {
        assert_said(&report, line);
    }
    assert!(!report.contains(CLIENT_SECRET));
}

#[tokio::test]
async fn what_is_wrong_with_the_provider_is_named() {
    let rows: [(Change, &str); 5] = [
        (
            |document| document["issuer"] = json!("https://evil.example"),
            "error      the issuer there is \"https://evil.example\"",
        ),
        (
            |document| document["token_endpoint"] = json!("https://evil.example/token"),
            "error      token_endpoint is https://evil.example/token, outside",
        ),
        (
            |document| document["userinfo_endpoint"] = Value::Null,
            "error      discovery lacks userinfo_endpoint",
        ),
        (
            |document| document["id_token_signing_alg_values_supported"] = json!(["ES256"]),
            "error      PROCONNECT_ID_TOKEN_ALG is RS256, and only ES256 are offered",
        ),
        (|document| document["jwks_uri"] = json!(1), "error      discovery lacks jwks_uri"),
    ];
    for (change, line) in rows {
        let provider = provider().await;
        provider.misbehave(Fault { discovery: Some(change), ..Fault::default() });
        let (passed, report) = checked_at(&provider, &[]).await;
        assert!(!passed, "{report}");
        assert_said(&report, line);
        assert_said(&report, "=          it would not work");
    }
}

#[tokio::test]
async fn what_works_and_should_be_known_is_said() {
    let provider = provider().await;
    let without: Change = |document| {
        document["end_session_endpoint"] = Value::Null;
        document["scopes_supported"] = json!(["openid", "email"]);
    };
    provider.misbehave(Fault { discovery: Some(without), ..Fault::default() });
    let more = ["--session-store", "memory:", "--app-listen", "0.0.0.0:3000"];

    let (passed, report) = checked_at(&provider, &more).await;

    assert!(passed, "{report}");
    for line in [
        "attention  no end_session_endpoint",
        "attention  PROCONNECT_SCOPES: given_name, usual_name",
        "attention  SESSION_STORE is memory",
        "attention  APP_LISTEN is 0.0.0.0:3000, reached without TLS",
    ] {
        assert_said(&report, line);
    }
}

#[tokio::test]
async fn a_provider_that_is_down_or_unset_is_named() {
    let absent = ["--proconnect-issuer", "http://127.0.0.1:1/api/v2"];
    let client = ["--proconnect-client-id", "c", "--proconnect-client-secret", "s"];
    let arguments: Vec<_> = absent.iter().chain(&client).copied().collect();
    let (passed, report) = checked(&arguments).await;
    assert!(!passed, "{report}");
    let url = "http://127.0.0.1:1/api/v2/.well-known/openid-configuration";
    assert_said(&report, &format!("error      {url} cannot be read: no connection"));

    let (passed, report) = checked(&[]).await;
    assert!(passed, "{report}");
    assert_said(&report, "attention  PROCONNECT_ISSUER is not set");
}

#[tokio::test]
async fn what_is_wrong_here_is_named() {
    let (passed, report) = checked(&["--app-public-url", "http://app.example.fr"]).await;
    assert!(!passed, "{report}");
    assert_said(&report, "error      APP_PUBLIC_URL must be https");

    let https = ["--app-public-url", "https://app.example.fr"];
    let (passed, report) = checked(&https).await;
    assert!(!passed, "{report}");
    assert_said(&report, "error      SESSION_KEYS is needed");
    assert_said(&report, "attention  TRUSTED_PROXIES is empty");

    let short: Vec<_> = https.iter().chain(&["--session-keys", "AAAA"]).copied().collect();
    let (passed, report) = checked(&short).await;
    assert!(!passed, "{report}");
    assert_said(&report, "error      SESSION_KEYS: a key is not 32 bytes long");

    let (passed, report) = checked(&["--session-store", "sqlite:/proc/nowhere/s.db"]).await;
    assert!(!passed, "{report}");
    assert_said(&report, "error      the session store does not work");
}

#[cfg(feature = "federation")]
#[tokio::test]
async fn the_local_proconnect_passes() {
    let stack = crate::support::proconnect::Stack::start().await;
    let issuer = stack.issuer().await;
    // The first service of the sample is the application.
    let sample = include_str!("../../federation/federation.toml");
    let of = |name: &str| {
        let line = sample.lines().find(|line| line.starts_with(&format!("{name} = "))).unwrap();
        line.split('"').nth(1).unwrap()
    };
    let own = ["--proconnect-issuer", &issuer, "--proconnect-client-id", of("client_id")];
    let secret = of("client_secret");
    let more = ["--proconnect-client-secret", secret, "--proconnect-acr", "eidas2 eidas3"];
    let arguments: Vec<_> = own.iter().chain(&more).copied().collect();

    let (passed, report) = checked(&arguments).await;

    assert!(passed, "{report}");
    assert_said(&report, "ok         the provider knows the client and its secret");
    assert_said(&report, "ok         PROCONNECT_SCOPES: all in scopes_supported");
    assert_said(&report, "ok         PROCONNECT_ACR: all in acr_values_supported");

    let wrong: Vec<_> = own.iter().chain(&["--proconnect-client-secret", "x"]).copied().collect();
    let (passed, report) = checked(&wrong).await;
    assert!(!passed, "{report}");
    assert_said(&report, "error      the provider refuses PROCONNECT_CLIENT_ID");
}
