//! The mail sink: pages for people, Maildev's JSON for programs.

use federation::Profile;
use reqwest::{Method, StatusCode};

use crate::support::{Browser, Stack, client};

const DEMAND: &str = r#"{"id_token":{"acr":{"essential":true,"value":"eidas1-mfa"}}}"#;

/// A federation that has sent one mail.
async fn stack_with_a_mail() -> Stack {
    let stack = Stack::with(|config| config.profile = Profile::Production2026).await;
    let changes = [("claims", DEMAND)];
    stack.service().sign_in(&Browser::new(), "test@fia2.fr", &changes, &[]).await;
    stack
}

#[tokio::test]
async fn programs_read_and_delete_mails_as_with_maildev() {
    let stack = stack_with_a_mail().await;

    let mails = stack.mails().await;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail["subject"], "Code à usage unique");
    assert_eq!(mail["to"][0]["address"], "test@fia2.fr");
    assert_eq!(mail["from"][0]["name"], "ProConnect");
    assert_eq!(mail["date"], "2026-03-02T09:00:00.000Z");
    assert_eq!(mail["read"], false);
    assert!(mail["html"].as_str().expect("text").contains(&stack.mailed_code().await));

    let one = stack.mail(&format!("/email/{}", mail["id"].as_str().expect("text")));
    let read: serde_json::Value =
        client().get(&one).send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(read["id"], mail["id"]);
    assert_eq!(stack.mails().await[0]["read"], true);

    let deleted = client().delete(&one).send().await.expect("an answer");
    assert_eq!(deleted.text().await.expect("text"), "true");
    let gone = client().get(&one).send().await.expect("an answer");
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn all_mails_are_deleted_at_once_but_not_by_another_site() {
    let stack = stack_with_a_mail().await;
    let all = stack.mail("/email/all");

    let foreign = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.test"),
        ("origin", "null"),
        ("host", "evil.test"),
    ];
    for (name, value) in foreign {
        let refused = client().delete(&all).header(name, value).send().await.expect("an answer");
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{name}");
    }
    assert_eq!(stack.mails().await.len(), 1);
    let rebound = client().get(stack.mail("/email")).header("host", "evil.test");
    assert_eq!(rebound.send().await.expect("an answer").status(), StatusCode::FORBIDDEN);

    let deleted = client().delete(&all).send().await.expect("an answer");
    assert_eq!(deleted.status(), StatusCode::OK);
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn people_read_mails_on_pages() {
    let (stack, browser) = (stack_with_a_mail().await, Browser::new());

    let list = browser.open(&stack.mail("/")).await;
    assert!(list.body.contains("à test@fia2.fr"), "{}", list.body);
    let mail = browser.open(&list.link("Code à usage unique")).await;
    assert!(mail.body.contains(&stack.mailed_code().await));
    assert!(mail.body.contains("&#60;strong&#62;"), "the HTML part is shown as source");

    let emptied = browser.submit(&list, &[]).await;
    assert!(emptied.body.contains("Aucun courriel pour l’instant."));
    let gone = browser.ask(Method::GET, mail.url.as_str(), None).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
