//! Every form of ProConnect Identité, found in the source of its routes: none acts for somebody who
//! did not send it from a page of ours, and none breaks on what it cannot read.

use std::path::Path;

use reqwest::{Method, StatusCode};

use crate::support::{Browser, Stack};

const USER: &str = "user@yopmail.com";

/// Paths that routes do not write out, by what they write.
const COMPUTED: [(&str, &str); 4] = [
    (r#"&format!("{ASK}/{{siret}}")"#, "/users/official-contact-ask-which-email/{siret}"),
    (r#"&format!("{VERIFY}/{{siret}}")"#, "/users/official-contact-email-verification/{siret}"),
    ("Journey.choice()", "/users/double-authentication-choice"),
    ("Settings.choice()", "/double-authentication"),
];

/// The paths of all routes that take a form, but for the protocol's own endpoint.
fn forms() -> Vec<String> {
    let http = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http");
    let mut sources = vec![http.join("identite.rs")];
    let folder = std::fs::read_dir(http.join("identite")).expect("the routes");
    sources.extend(folder.map(|entry| entry.expect("a file").path()));
    let mut found = Vec::new();
    for source in sources.iter().filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(source).expect("text");
        let constants = constants(&text);
        for route in text.split(".route(").skip(1) {
            let route = &route[..end_of_call(route)];
            let (path, handlers) = route.split_once(',').expect("a path and handlers");
            if handlers.contains("post(") {
                let path = path.trim();
                let written = path.strip_prefix('"').and_then(|path| path.strip_suffix('"'));
                let named = constants.iter().chain(&COMPUTED).find(|(name, _)| *name == path);
                let path = written.or(named.map(|(_, value)| *value));
                let path = path.unwrap_or_else(|| panic!("{route} in {}", source.display()));
                found.push(parameters_filled(path));
            }
        }
    }
    found.retain(|path| path != "/oauth/authorize");
    found
}

/// The texts that a file names.
fn constants(text: &str) -> Vec<(&str, &str)> {
    let lines = text.lines().filter_map(|line| line.trim().split_once(": &str = \""));
    lines
        .filter_map(|(name, value)| Some((name.rsplit(' ').next()?, value.strip_suffix("\";")?)))
        .collect()
}

/// Where the parenthesis of a call closes.
fn end_of_call(text: &str) -> usize {
    let mut open = 1;
    let end = text.char_indices().find(|(_, c)| {
        open += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        open == 0
    });
    end.expect("the call closes").0
}

/// The path with something that can stand for each of its parameters.
fn parameters_filled(path: &str) -> String {
    let segment = |part| match part {
        "{step}" => "can-install-software",
        "{siret}" => "13002526500013",
        _ if str::starts_with(part, '{') => "1",
        _ => part,
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

async fn signed_in(stack: &Stack) -> Browser {
    let browser = Browser::new();
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", USER)]).await;
    browser.submit(&page, &[("password", USER)]).await;
    browser
}

#[test]
fn the_forms_are_found() {
    let forms = forms();

    assert!(forms.len() >= 30, "{forms:?}");
    for known in ["/users/sign-in", "/users/delete", "/delete-passkeys/1", "/set-force-2fa"] {
        assert!(forms.iter().any(|path| path == known), "{known}: {forms:?}");
    }
}

#[tokio::test]
async fn no_form_acts_for_a_page_of_another_session() {
    let stack = Stack::start().await;
    let browser = signed_in(&stack).await;
    let foreign = signed_in(&stack).await.open(&stack.identite("/personal-information")).await;
    let foreign = foreign.body.split("name=\"_csrf\" value=\"").nth(1).expect("a token");
    for path in forms() {
        for token in ["", "wrong", &foreign[..64]] {
            let body = Some(format!("_csrf={token}"));
            let page = browser.ask(Method::POST, &stack.identite(&path), body).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}: {}", page.body);
        }
    }
    let home = browser.open(&stack.identite("/")).await;
    assert!(home.body.contains("Bonjour Jean User"), "still signed in: {}", home.body);
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn no_form_acts_for_nobody() {
    let stack = Stack::start().await;
    for path in forms() {
        let (browser, body) = (Browser::new(), Some(format!("login={USER}")));
        let page = browser.ask(Method::POST, &stack.identite(&path), body).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(page.header("location"), "/users/start-sign-in", "{path}");
    }
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn no_form_breaks_on_what_it_cannot_read() {
    let stack = Stack::start().await;
    let browser = signed_in(&stack).await;
    for path in forms() {
        for (body, status) in [
            (format!("password={}", "a".repeat(70_000)), StatusCode::PAYLOAD_TOO_LARGE),
            ("password=%ff".to_owned(), StatusCode::BAD_REQUEST),
            ("password=%00".to_owned(), StatusCode::BAD_REQUEST),
        ] {
            let page = browser.ask(Method::POST, &stack.identite(&path), Some(body)).await;
            assert_eq!(page.status, status, "{path}");
        }
    }
}
