//! The documentation of the API: its examples work as they stand, in their order.

use reqwest::Method;

use crate::support::{Admin, Stack};

const DOCUMENTATION: &str = include_str!("../../../ADMIN.md");

/// A `curl` command of the documentation.
struct Example {
    method: Method,
    path: &'static str,
    body: Option<serde_json::Value>,
}

impl Example {
    fn read(line: &'static str) -> Self {
        let (rest, url) = line.rsplit_once(' ').expect("an address at the end");
        let body = rest.split_once("--json '").map(|(_, body)| {
            serde_json::from_str(body.trim_end_matches('\'')).expect("the body is JSON")
        });
        let method = match rest.split_once("-X ") {
            Some((_, rest)) => rest.split(' ').next().unwrap_or_default().parse(),
            None if body.is_some() => Ok(Method::POST),
            None => Ok(Method::GET),
        };
        let path = url.strip_prefix("http://localhost:3100/admin").expect("an address of the API");
        Self { method: method.expect("a method"), path, body }
    }
}

fn examples() -> Vec<Example> {
    let lines = DOCUMENTATION.lines().filter(|line| line.starts_with("curl "));
    lines.map(Example::read).collect()
}

#[tokio::test]
async fn every_example_works() {
    let stack = Stack::start().await;
    let admin = stack.admin();

    for Example { method, path, body } in examples() {
        let (status, answer) = admin.ask(method.clone(), path, body).await;
        assert!(status.is_success(), "{method} {path}: {status} {answer}");
    }
}

#[tokio::test]
async fn every_resource_has_an_example() {
    let stack = Stack::start().await;
    let admin: Admin = stack.admin();
    let examples = examples();

    for name in admin.get("").await.as_object().expect("an object").keys() {
        let path = format!("/{name}");
        assert!(examples.iter().any(|example| example.path.starts_with(&path)), "{name}");
    }
}
