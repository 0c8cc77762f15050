//! What people do who are not who they say: foreign forms, fixed sessions, large bodies.

use reqwest::{Method, StatusCode};

use super::{NEW, PASSWORD, USER, confirm, sign_in, start};
use crate::support::{Browser, Stack, client};

/// Every form of ProConnect Identité.
const FORMS: [&str; 11] = [
    "/users/start-sign-in",
    "/users/sign-in",
    "/users/sign-up",
    "/users/verify-email",
    "/users/send-email-verification",
    "/users/send-magic-link",
    "/users/sign-in-with-magic-link",
    "/users/reset-password",
    "/users/change-password",
    "/users/personal-information",
    "/personal-information",
];

#[test]
fn the_list_of_forms_is_complete() {
    let routes = include_str!("../../../src/http/identite.rs");
    let routes = &routes[routes.find("fn router").expect("the routes")..];
    let posts = routes.matches("post(").count();

    // The other one is the protocol's own endpoint; forms about organisations have their own test.
    assert_eq!(posts, FORMS.len() + 1);
}

#[tokio::test]
async fn a_form_that_was_not_made_for_the_session_is_refused() {
    let stack = Stack::start().await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, NEW, PASSWORD).await;
    let foreign = start(&stack, &Browser::new(), USER).await;
    let other = foreign.body.split("name=\"_csrf\" value=\"").nth(1).expect("a token");
    let other = &other[..64];
    let unproven = FORMS.iter().filter(|path| !path.ends_with("personal-information"));
    for path in unproven {
        for body in [String::new(), "_csrf=wrong".to_owned(), format!("_csrf={other}")] {
            let page = browser.ask(Method::POST, &stack.identite(path), Some(body)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    confirm(&stack, &browser, &page).await;
    let proven = ["/users/personal-information", "/personal-information"];
    for path in proven.into_iter().chain(["/users/select-organization"]) {
        let page = browser.ask(Method::POST, &stack.identite(path), Some(String::new())).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_form_without_a_session_changes_nothing() {
    let stack = Stack::start().await;
    for path in FORMS {
        let (browser, body) = (Browser::new(), Some("login=a@b.fr".to_owned()));
        let page = browser.ask(Method::POST, &stack.identite(path), body).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(page.header("location"), "/users/start-sign-in", "{path}");
    }
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn large_and_malformed_forms_are_refused() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    start(&stack, &browser, USER).await;
    for path in FORMS {
        for (body, status) in [
            (format!("password={}", "a".repeat(70_000)), StatusCode::PAYLOAD_TOO_LARGE),
            ("password=%ff".to_owned(), StatusCode::BAD_REQUEST),
            ("password=%00".to_owned(), StatusCode::BAD_REQUEST),
        ] {
            let page = browser.ask(Method::POST, &stack.identite(path), Some(body)).await;
            assert_eq!(page.status, status, "{path}");
        }
    }
}

#[tokio::test]
async fn a_session_that_was_known_before_is_worth_nothing_after() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = start(&stack, &browser, USER).await;
    let before = browser.cookie("identite_session").expect("a session");
    browser.submit(&page, &[("password", USER)]).await;
    assert_ne!(browser.cookie("identite_session").expect("a session"), before);
    let stale = browser.submit(&page, &[("password", USER)]).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN, "nor is a form that was made before");

    let fixed = Browser::new();
    fixed.set_cookie("identite_session", &before);
    let page = fixed.open(&stack.identite("/")).await;

    assert_eq!(page.url.path(), "/users/start-sign-in");
}

#[tokio::test]
async fn pages_take_no_authorization_header() {
    let stack = Stack::start().await;
    for path in ["/", "/users/start-sign-in", "/users/sign-in", "/users/verify-email"] {
        let request = client().get(stack.identite(path)).header("authorization", "Bearer x");
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn only_known_notices_and_good_suggestions_are_shown() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let url = "/users/start-sign-in?notification=%3Cb%3Epwned&did_you_mean=%3Cb%3E&login=%3Cb%3E";

    let page = browser.open(&stack.identite(url)).await;

    assert!(!page.body.contains("pwned") && !page.body.contains("<b>"), "{}", page.body);
    assert!(!page.body.contains("Vouliez-vous dire"), "{}", page.body);
}

#[tokio::test]
async fn a_form_leads_back_to_its_page_but_never_to_another_site() {
    let stack = Stack::start().await;
    let own = stack.identite("/users/personal-information?a=b");
    for (referrer, expected) in [
        (own.as_str(), own.as_str()),
        ("https://evil.test/users/personal-information", &stack.identite("/")),
        (&stack.hub("/users/personal-information"), &stack.identite("/")),
        (&stack.identite("//evil.test/"), &stack.identite("/")),
    ] {
        let form = client().post(stack.identite("/users/personal-information"));
        let answer = form.header("referer", referrer).send().await.expect("an answer");
        let cookie = answer.headers()["set-cookie"].to_str().expect("text").to_owned();
        let value = cookie["identite_session=".len()..].split(';').next().expect("a value");
        let browser = Browser::new();
        browser.set_cookie("identite_session", value);

        let page = sign_in(&stack, &browser, USER, USER).await;

        assert_eq!(page.url.as_str(), expected, "{referrer}");
    }
}
