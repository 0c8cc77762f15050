//! Owns liveness and readiness, in the words of the real federation: one word, or with `verbose`
//! a line for each check. `exclude` leaves a check out.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use url::form_urlencoded;

use crate::provider::Provider;

/// What must work, by the name of its check.
const CHECKS: [&str; 2] = ["store", "keys"];

/// Checks of the real federation that have nothing to look at here, with the reason.
const ELSEWHERE: [(&str, &str); 4] = [
    ("mongodb", "the store stands for it"),
    ("redis", "the store stands for it"),
    ("api-entreprise", "organisations come from the local register"),
    ("hyyyperbridge", "there is no inter-ministerial network"),
];

/// `GET /livez`, `GET /readyz` and `GET /readyz/{check}`. All servers share one store; the keys
/// are those of the provider.
pub(super) fn routes(provider: Arc<Provider>) -> Router {
    Router::new()
        .route("/livez", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/readyz/{check}", get(ready_in))
        .with_state(provider)
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Excluded,
    Failed,
}

async fn ready(State(provider): State<Arc<Provider>>, RawQuery(raw): RawQuery) -> Response {
    let query = raw.unwrap_or_default();
    let params: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let values = |name: &'static str| params.iter().filter(move |(known, _)| known == name);
    let excluded: Vec<&str> = values("exclude").map(|(_, check)| check.as_str()).collect();

    let mut outcomes = Vec::new();
    for check in CHECKS {
        outcomes.push((check, outcome(&provider, check, &excluded).await));
    }
    let failed = outcomes.iter().any(|(_, outcome)| *outcome == Outcome::Failed);
    let status = if failed { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    let verbose = values("verbose").next().is_some() || !excluded.is_empty();
    let body =
        if verbose || failed { report(&outcomes, &excluded, failed) } else { "ok".to_owned() };
    (status, body).into_response()
}

async fn ready_in(State(provider): State<Arc<Provider>>, Path(check): Path<String>) -> Response {
    if let Some((name, reason)) = ELSEWHERE.iter().find(|(name, _)| *name == check) {
        return (StatusCode::NOT_FOUND, format!("{name} is not checked here: {reason}\n"))
            .into_response();
    }
    let Some(check) = CHECKS.into_iter().find(|known| *known == check) else {
        return (StatusCode::NOT_FOUND, "there is no such check\n").into_response();
    };
    match outcome(&provider, check, &[]).await {
        Outcome::Failed => {
            let line = format!("[-]{check} failed\n");
            (StatusCode::SERVICE_UNAVAILABLE, line).into_response()
        }
        Outcome::Passed | Outcome::Excluded => "ok".into_response(),
    }
}

async fn outcome(provider: &Provider, check: &str, excluded: &[&str]) -> Outcome {
    if excluded.contains(&check) {
        return Outcome::Excluded;
    }
    let result = match check {
        "keys" => provider.can_sign().await.map_err(Into::into),
        _ => provider.ready().await.map_err(Box::<dyn std::error::Error + Send + Sync>::from),
    };
    match result {
        Ok(()) => Outcome::Passed,
        Err(error) => {
            tracing::error!(error = error.as_ref(), check, "not ready");
            Outcome::Failed
        }
    }
}

fn report(outcomes: &[(&str, Outcome)], excluded: &[&str], failed: bool) -> String {
    let checked = outcomes.iter().map(|(check, outcome)| match outcome {
        Outcome::Passed => format!("[+]{check} ok"),
        Outcome::Excluded => format!("[+]{check} excluded: ok"),
        Outcome::Failed => format!("[-]{check} failed"),
    });
    let elsewhere = ELSEWHERE.into_iter().map(|(check, reason)| {
        if excluded.contains(&check) {
            format!("[+]{check} excluded: ok")
        } else {
            format!("[ ]{check} not checked: {reason}")
        }
    });
    let verdict = format!("readyz check {}\n", if failed { "failed" } else { "passed" });
    checked.chain(elsewhere).chain([verdict]).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use crate::config::{Config, Lifetimes};
    use crate::directory::Directory;
    use crate::provider::{Clients, Identity, Keyring};
    use crate::storage::Store;

    async fn asked(provider: &Arc<Provider>, query: &str) -> (StatusCode, String) {
        let query = RawQuery(Some(query.to_owned()));
        let response = ready(State(Arc::clone(provider)), query).await;
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 4096).await.expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn a_store_that_fails_is_named_unless_it_is_excluded() {
        let store = Store::open(None).await.expect("a store");
        let config = Config::parse(crate::SAMPLE).expect("the sample parses");
        let identity = Identity {
            name: "hub".to_owned(),
            issuer: "http://localhost/api/v2".to_owned(),
            dialect: &crate::hub::DIALECT,
            lifetimes: Lifetimes::default(),
            trail: None,
        };
        let clients = Clients::Services(Directory::new(config));
        let keyring = Keyring::new(store.clone());
        let clock = Arc::new(SystemClock);
        let provider = Arc::new(Provider::new(identity, clients, keyring, store.clone(), clock));
        assert_eq!(asked(&provider, "").await, (StatusCode::OK, "ok".to_owned()));

        store.close().await;

        let (status, body) = asked(&provider, "").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(body.starts_with("[-]store failed\n[+]keys ok\n"), "{body}");
        assert!(body.ends_with("readyz check failed\n"), "{body}");
        assert_eq!(asked(&provider, "exclude=store").await.0, StatusCode::OK);
        let one = ready_in(State(provider), Path("store".to_owned())).await;
        assert_eq!(one.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
