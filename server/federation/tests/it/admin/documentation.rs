//! The documentation of the API: its examples work as they stand, in their order.

use reqwest::Method;

use crate::support::{Stack, answer, client};

const DOCUMENTATION: &str = include_str!("../../../ADMIN.md");

/// A `curl` command of the documentation.
struct Example {
    method: Method,
    url: &'static str,
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
        Self { method: method.expect("a method"), url, body }
    }
}

/// All examples but those about a mail, which has another name each time.
fn examples() -> Vec<Example> {
    let lines = DOCUMENTATION.lines().filter(|line| line.starts_with("curl "));
    lines.filter(|line| !line.ends_with("/ID")).map(Example::read).collect()
}

#[tokio::test]
async fn every_example_works() {
    let stack = Stack::start().await;
    let (hub, mail) = (stack.hub(""), stack.mail(""));

    for Example { method, url, body } in examples() {
        let url =
            url.replace("http://localhost:3100/", &hub).replace("http://localhost:3400/", &mail);
        let request = client().request(method.clone(), &url);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let (status, answer) = answer(request).await;
        assert!(status.is_success(), "{method} {url}: {status} {answer}");
    }
}

#[tokio::test]
async fn every_resource_has_an_example() {
    let stack = Stack::start().await;
    let examples = examples();

    for name in stack.admin().get("").await.as_object().expect("an object").keys() {
        let url = format!("http://localhost:3100/admin/{name}");
        assert!(examples.iter().any(|example| example.url.starts_with(&url)), "{name}");
    }
}
