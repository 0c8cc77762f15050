//! PKCE: supported, never required, and enforced once it is used.

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::{Browser, CALLBACK, Callback, Fields, Stack};

// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const CHALLENGED: [(&str, &str); 2] =
    [("code_challenge", CHALLENGE), ("code_challenge_method", "S256")];

/// What the service is told at once about a request with these parameters.
async fn refusal(stack: &Stack, changes: Fields<'_>) -> (String, String) {
    let page = Browser::new().open(&stack.service().authorize_url(changes)).await;
    let callback = Callback::of(&page);
    (callback.get("error").to_owned(), callback.get("error_description").to_owned())
}

fn invalid_request(description: &str) -> (String, String) {
    ("invalid_request".to_owned(), description.to_owned())
}

/// A code that was asked for with a challenge.
async fn challenged_code(stack: &Stack) -> String {
    let browser = Browser::new();
    let page = stack.service().sign_in(&browser, "test@fia1.fr", &CHALLENGED, &[]).await;
    Callback::of(&page).code()
}

/// Redeems a code with further parameters; status and error.
async fn redeem(stack: &Stack, code: &str, further: Fields<'_>) -> (StatusCode, Value) {
    let form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)];
    let response = stack.service().post("/token", &[&form, further].concat()).await;
    let status = response.status();
    let body: Value = response.json().await.expect("JSON");
    (status, body["error"].clone())
}

#[tokio::test]
pub(crate) async fn au8_a_bad_challenge_is_named_as_the_real_one_names_it() {
    let stack = Stack::start().await;
    let with_accents = "é".repeat(43);
    let rows = [
        ("", "code_challenge must be provided with code_challenge_method"),
        ("short", "code_challenge must be a string with a minimum length of 43 characters"),
        (with_accents.as_str(), "code_challenge contains invalid characters"),
    ];
    for (challenge, description) in rows {
        let changes = [("code_challenge", challenge), ("code_challenge_method", "S256")];
        assert_eq!(refusal(&stack, &changes).await, invalid_request(description), "{challenge}");
    }
}

#[tokio::test]
pub(crate) async fn au9_pk2_pk3_only_s256_is_accepted_as_a_method() {
    let stack = Stack::start().await;
    let missing = "plain code_challenge_method fallback disabled, code_challenge_method must be \
                   provided";
    let rows: [(Fields<'_>, &str); 3] = [
        (&[("code_challenge", CHALLENGE)], missing),
        (&[("code_challenge", CHALLENGE), ("code_challenge_method", "")], missing),
        (
            &[("code_challenge", VERIFIER), ("code_challenge_method", "plain")],
            "not supported value of code_challenge_method",
        ),
    ];
    for (changes, description) in rows {
        assert_eq!(refusal(&stack, changes).await, invalid_request(description), "{changes:?}");
    }
}

#[tokio::test]
pub(crate) async fn pk1_a_challenge_is_met_by_its_verifier() {
    let stack = Stack::start().await;
    let service = stack.service();
    let code = challenged_code(&stack).await;

    let further = [
        ("client_id", service.client_id.as_str()),
        ("client_secret", service.client_secret.as_str()),
        ("code_verifier", VERIFIER),
    ];
    let (status, error) = redeem(&stack, &code, &further).await;

    assert_eq!((status, error), (StatusCode::OK, Value::Null));
}

#[tokio::test]
pub(crate) async fn tk4_a_verifier_replaces_no_secret() {
    let stack = Stack::start().await;
    let client_id = stack.service().client_id;
    let code = challenged_code(&stack).await;

    let further = [("client_id", client_id.as_str()), ("code_verifier", VERIFIER)];
    let (status, error) = redeem(&stack, &code, &further).await;

    assert_eq!((status, error), (StatusCode::UNAUTHORIZED, "invalid_client".into()));
}

#[tokio::test]
pub(crate) async fn tk5_a_wrong_or_missing_verifier_is_refused_and_the_code_stays_good() {
    let stack = Stack::start().await;
    let service = stack.service();
    let code = challenged_code(&stack).await;
    let credentials = [
        ("client_id", service.client_id.as_str()),
        ("client_secret", service.client_secret.as_str()),
    ];
    let rows: [Fields<'_>; 2] = [&[], &[("code_verifier", "wrong")]];

    for further in rows {
        let answer = redeem(&stack, &code, &[&credentials, further].concat()).await;
        assert_eq!(answer, (StatusCode::BAD_REQUEST, "invalid_grant".into()), "{further:?}");
    }

    let further = [&credentials[..], &[("code_verifier", VERIFIER)]].concat();
    assert_eq!(redeem(&stack, &code, &further).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let stack = Stack::start().await;
    let service = stack.service();
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    let code = Callback::of(&page).code();

    let further = [
        ("client_id", service.client_id.as_str()),
        ("client_secret", service.client_secret.as_str()),
        ("code_verifier", VERIFIER),
    ];
    let answer = redeem(&stack, &code, &further).await;

    assert_eq!(answer, (StatusCode::BAD_REQUEST, "invalid_grant".into()));
}
