//! What people do who are not who they say: fixed sessions, forged notices, other sites.

use reqwest::StatusCode;

use super::{USER, sign_in, start};
use crate::support::{Browser, Stack, client};

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
