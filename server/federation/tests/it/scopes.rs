//! Scopes: exactly the claims that were granted, and what becomes of the others.

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::{Browser, Callback, Stack};

/// The first service without a signature on userinfo.
async fn stack() -> Stack {
    Stack::with(|config| config.services[0].userinfo_signed_response_alg = None).await
}

/// The names of the claims that a scope releases, and the scope that was granted.
async fn released(stack: &Stack, scope: &str) -> (Vec<String>, String) {
    // Every claim that the provider can give, so that none is absent for another reason.
    let everything = [
        ("phone_number", "+33 123456789"),
        ("siren", "219200235"),
        ("organizational_unit", "comptabilite"),
        ("belonging_population", "agent"),
        ("chorusdt:matricule", "USER_AGC"),
        ("chorusdt:societe", "CHT"),
    ];
    let (service, browser) = (stack.service(), Browser::new());
    let page = service.sign_in(&browser, "test@fia1.fr", &[("scope", scope)], &everything).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    assert_eq!(userinfo.status(), StatusCode::OK);
    let claims: Value = userinfo.json().await.expect("JSON");
    let names = claims.as_object().expect("an object").keys().cloned().collect();
    (names, tokens["scope"].as_str().expect("text").to_owned())
}

#[tokio::test]
pub(crate) async fn sc1_sc2_every_scope_releases_exactly_its_claims() {
    const MANDATORY: &str = "openid given_name usual_name email uid";
    const ALL: &str = "openid given_name usual_name email uid siret phone idp_id custom roles \
                       organization_label siren organizational_unit belonging_population chorusdt \
                       idp_acr";
    let stack = stack().await;
    let mandatory = ["email", "given_name", "sub", "uid", "usual_name"];
    let rows: [(&str, &[&str]); 9] = [
        ("", &mandatory),
        (" siren siret", &["siren", "siret"]),
        (" organizational_unit phone", &["organizational_unit", "phone_number"]),
        (" belonging_population", &["belonging_population"]),
        (" idp_id", &["idp_id"]),
        (" idp_acr", &["idp_acr"]),
        (" chorusdt", &["chorusdt:matricule", "chorusdt:societe"]),
        (" roles organization_label", &["organization_label", "roles"]),
        (" custom", &["custom"]),
    ];
    for (added, claims) in rows {
        let mut expected: Vec<&str> = mandatory.iter().chain(claims).copied().collect();
        expected.sort_unstable();
        expected.dedup();
        let (names, _) = released(&stack, &format!("{MANDATORY}{added}")).await;
        assert_eq!(names, expected, "{added}");
    }
    assert_eq!(released(&stack, "openid").await.0, ["sub"]);
    assert_eq!(released(&stack, "openid email").await.0, ["email", "sub"]);
    let all = [
        "belonging_population",
        "chorusdt:matricule",
        "chorusdt:societe",
        "custom",
        "email",
        "given_name",
        "idp_acr",
        "idp_id",
        "organization_label",
        "organizational_unit",
        "phone_number",
        "roles",
        "siren",
        "siret",
        "sub",
        "uid",
        "usual_name",
    ];
    assert_eq!(released(&stack, ALL).await.0, all);
}

#[tokio::test]
pub(crate) async fn sc3_a_scope_that_proconnect_does_not_know_is_ignored() {
    let stack = stack().await;

    let (names, granted) = released(&stack, "openid email inconnu").await;

    assert_eq!(names, ["email", "sub"]);
    assert_eq!(granted, "openid email");
}

#[tokio::test]
pub(crate) async fn sc4_an_empty_scope_gets_a_page_without_a_way_back() {
    let stack = Stack::start().await;

    let page = Browser::new().open(&stack.service().authorize_url(&[("scope", "")])).await;

    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(page.hook("error-code"), "- code erreur : Y000400");
    assert!(!page.body.contains("Réessayer"), "no way back");
}

#[tokio::test]
pub(crate) async fn sc5_sc6_claims_need_openid_and_scopes_need_a_registration() {
    let stack = Stack::start().await;
    let claims = ("claims", r#"{"id_token":{"amr":null}}"#);
    let rows = [
        (
            vec![("scope", "email"), claims],
            "invalid_request",
            "openid scope must be requested when using the claims parameter",
        ),
        (vec![("scope", "openid groups")], "invalid_scope", "requested scope is not allowed"),
    ];
    for (changes, error, description) in rows {
        let page = Browser::new().open(&stack.service().authorize_url(&changes)).await;

        let callback = Callback::of(&page);
        assert_eq!(callback.get("error"), error);
        assert_eq!(callback.get("error_description"), description);
    }
}
