//! Requests that wait for a moderator: seen by the person, by the developer and by a test suite.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{GRANDS_TRAVAUX, JOIN, add_person, claims, join, sign_in, stack_with, subjects};
use crate::support::{Browser, Page, Stack};

const EMAIL: &str = "lou@ailleurs.example";

/// Someone whose request waits.
async fn waiting() -> (Stack, Browser, Page) {
    let stack = stack_with(EMAIL).await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, EMAIL, &[]).await;
    let page = join(&browser, &page, GRANDS_TRAVAUX).await;
    assert_eq!(page.url.path(), "/users/unable-to-auto-join-organization");
    (stack, browser, page)
}

async fn requests(stack: &Stack) -> Vec<Value> {
    let all = stack.admin().get("/moderations").await;
    let all = all.as_array().expect("a list").clone();
    all.into_iter().filter(|request| request["email"] == EMAIL).collect()
}

async fn only_request(stack: &Stack) -> String {
    let all = requests(stack).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all[0]["id"].to_string()
}

#[tokio::test]
async fn a_request_waits_is_taken_back_and_made_again() {
    let (stack, browser, page) = waiting().await;
    assert!(page.body.contains("Demande en cours ⌛️") && page.body.contains("Lou Martin"));
    let label = "Societe des grands travaux inventes - Sgti";
    let made = format!("[ProConnect] Demande pour rejoindre {label}");
    assert_eq!(subjects(&stack).await, [made.as_str()]);

    let form = browser.open(&stack.identite("/users/join-organization?search=travaux")).await;
    let twice = join(&browser, &form, GRANDS_TRAVAUX).await;
    assert_eq!(twice.url, page.url, "the same request");
    let page = browser.submit(&twice, &[("next", "organization")]).await;
    assert_eq!(page.url.path(), JOIN);
    assert!(page.body.contains("Votre demande de rattachement est annulée."));
    assert!(requests(&stack).await.is_empty());
    join(&browser, &page, GRANDS_TRAVAUX).await;

    let cancelled = "Annulation de votre demande de rattachement";
    assert_eq!(subjects(&stack).await, [made.as_str(), cancelled, made.as_str()]);
}

#[tokio::test]
async fn an_accepted_person_signs_in() {
    let (stack, _, _) = waiting().await;
    let developer = Browser::new();
    let console = developer.open(&stack.hub("moderation")).await;
    assert!(console.body.contains("Lou Martin pour Societe des grands travaux inventes"));

    let body = Some(format!("id={}&lien=domain", only_request(&stack).await));
    let done = developer.ask(Method::POST, &stack.hub("moderation/accepter"), body).await;

    assert_eq!(done.location().expect("a redirect").path(), "/moderation");
    let browser = Browser::new();
    let welcome = sign_in(&stack, &browser, EMAIL, &[]).await;
    assert_eq!(welcome.url.path(), "/users/welcome");
    let done = browser.submit(&welcome, &[]).await;
    assert_eq!(claims(&stack, &done).await["siret"], GRANDS_TRAVAUX);
}

#[tokio::test]
async fn a_refused_person_reads_why_and_may_correct_what_may_be_corrected() {
    let rows = [
        (json!({}), "Demande refusée ⛔", "Motif : Raison transmise par mail", false),
        (
            json!({ "end_user_reason": "<i>Nom</i> incomplet", "allow_editing": true }),
            "Modifications demandées",
            "incomplet",
            true,
        ),
    ];
    for (refusal, title, reason, editable) in rows {
        let (stack, browser, _) = waiting().await;
        let id = only_request(&stack).await;
        let path = format!("/moderations/{id}/reject");
        stack.admin().done(Method::POST, &path, refusal).await;

        let form = browser.open(&stack.identite("/users/join-organization?search=travaux")).await;
        let page = join(&browser, &form, GRANDS_TRAVAUX).await;

        assert_eq!(page.url.path(), "/users/moderation-rejected");
        assert!(page.body.contains(title) && page.body.contains(reason), "{}", page.body);
        assert!(!page.body.contains("<i>"));
        if editable {
            let page = browser.submit_to(&page, "reopen-moderation", &[]).await;
            assert_eq!(page.url.path(), "/users/personal-information");
            let page = browser.submit(&page, &[("family_name", "Durand")]).await;
            assert_eq!(page.url.path(), "/users/unable-to-auto-join-organization");
            assert!(page.body.contains("Lou Durand"));
            assert_eq!(requests(&stack).await[0]["status"], "reopened");
        } else {
            assert!(!page.body.contains("reopen-moderation"));
            let page =
                browser.submit_to(&page, "cancel-moderation", &[("next", "organization")]).await;
            assert_eq!(page.url.path(), JOIN, "another organisation can be chosen");
        }
    }
}

#[tokio::test]
async fn a_decision_is_made_once() {
    let (stack, ..) = waiting().await;
    let id = only_request(&stack).await;
    let (admin, path) = (stack.admin(), format!("/moderations/{id}/accept"));

    let odd = Some(json!({ "verification_type": "organization_dirigeant" }));
    let (status, error) = admin.ask(Method::POST, &path, odd).await;
    assert_eq!(
        (status, &error["error"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("no_such_link"))
    );
    let accepted = admin.done(Method::POST, &path, json!({})).await;
    assert_eq!(accepted["status"], "accepted");
    let (status, error) = admin.ask(Method::POST, &path, Some(json!({}))).await;
    assert_eq!((status, &error["error"]), (StatusCode::CONFLICT, &json!("already_decided")));
    let (status, _) = admin.ask(Method::GET, "/moderations/999", None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_takes_back_or_sees_the_request_of_another_person() {
    let stack = Stack::with(|config| {
        add_person(config, EMAIL);
        add_person(config, "eve@ailleurs.example");
    })
    .await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, EMAIL, &[]).await;
    join(&browser, &page, GRANDS_TRAVAUX).await;
    let id = only_request(&stack).await;

    let eve = Browser::new();
    let page = sign_in(&stack, &eve, "eve@ailleurs.example", &[]).await;
    let own = join(&eve, &page, GRANDS_TRAVAUX).await;
    let seen = eve
        .open(
            &stack.identite(&format!("/users/unable-to-auto-join-organization?moderation_id={id}")),
        )
        .await;
    assert!(!seen.body.contains(EMAIL));
    let csrf = own.body.split("name=\"_csrf\" value=\"").nth(1).expect("a form");
    let body = format!("_csrf={}", csrf.split('"').next().expect("a value"));
    let url = stack.identite(&format!("/users/cancel-moderation/{id}"));
    let refused = eve.ask(Method::POST, &url, Some(body)).await;

    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(requests(&stack).await.len(), 1);
}

#[tokio::test]
async fn a_page_of_another_site_decides_nothing() {
    let (stack, ..) = waiting().await;
    let id = only_request(&stack).await;

    for path in ["accepter", "refuser"] {
        let request = crate::support::client()
            .post(stack.hub(&format!("moderation/{path}")))
            .header("sec-fetch-site", "cross-site")
            .form(&[("id", id.as_str()), ("lien", "domain")]);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(requests(&stack).await[0]["status"], "pending");
}
