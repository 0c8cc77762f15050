//! Levels and methods: what services ask for, what providers are asked for, what comes back.

use federation::Profile;
use serde_json::{Value, json};

use crate::support::{Browser, Callback, Stack, decode};

/// A demand for one of these levels.
fn essential(values: &str) -> String {
    format!(r#"{{"id_token":{{"amr":null,"acr":{{"essential":true,"values":[{values}]}}}}}}"#)
}

#[tokio::test]
pub(crate) async fn ac1_ac4_ac5_ac6_ac7_cl1_cl2_the_requested_level_and_methods_are_in_the_id_token()
 {
    let voluntary = r#"{"id_token":{"amr":{"essential":true},"acr":null}}"#.to_owned();
    let rows = [
        ("only asked for", voluntary.clone(), "", "eidas1", Some("eidas1")),
        ("the provider says more", voluntary.clone(), "", "eidas3", Some("eidas3")),
        ("the provider says nonsense", voluntary, "", "inconnu", Some("eidas1")),
        ("demanded and given", essential("\"eidas2\""), "", "eidas2", Some("eidas2")),
        ("one of several", essential("\"eidas2\",null,\"eidas3\""), "", "eidas3", Some("eidas3")),
        ("preferred", String::new(), "eidas2 eidas3", "", Some("eidas2")),
        ("preferred, unknown", String::new(), "inconnu", "", Some("eidas1")),
        ("not asked for", r#"{"id_token":{"given_name":null}}"#.to_owned(), "", "eidas2", None),
    ];
    let stack = Stack::start().await;
    for (row, claims, acr_values, answered, expected) in rows {
        let (service, browser) = (stack.service(), Browser::new());
        let mut changes = vec![("claims", claims.as_str()), ("acr_values", acr_values)];
        changes.retain(|(_, value)| !value.is_empty());
        let mut fields = vec![("acr", answered), ("amr", "pwd, otp")];
        fields.retain(|(_, value)| !value.is_empty());

        let page = service.sign_in(&browser, "test@fia1.fr", &changes, &fields).await;

        let tokens = service.tokens(&Callback::of(&page)).await;
        let id_token = decode(tokens["id_token"].as_str().expect("text"));
        assert_eq!(id_token.get("acr").and_then(Value::as_str), expected, "{row}");
        if claims.contains("amr") {
            assert_eq!(id_token["amr"], json!(["pwd", "otp"]), "{row}");
        }
    }
}

#[tokio::test]
pub(crate) async fn cl5_a_claim_asked_for_by_name_is_in_the_id_token() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    let claims = r#"{"id_token":{"given_name":null,"sub":null,"iss":null}}"#;

    let page = service.sign_in(&browser, "test@fia1.fr", &[("claims", claims)], &[]).await;

    let tokens = service.tokens(&Callback::of(&page)).await;
    let id_token = service.verified(tokens["id_token"].as_str().expect("text")).await;
    assert_eq!(id_token["given_name"], "Camille");
}

#[tokio::test]
pub(crate) async fn ac3_an_unmet_level_is_refused_to_the_service() {
    let claims =
        |value: &str| format!(r#"{{"id_token":{{"acr":{{"essential":true,"value":"{value}"}}}}}}"#);
    let stack = Stack::with(|config| config.profile = Profile::Production2026).await;
    let rows = [
        ("fia1 answers less", "test@fia1.fr", "eidas2", "eidas1"),
        ("fia1 answers more", "test@fia1.fr", "eidas1", "eidas2"),
        ("fia2 is not asked", "test@fia2.fr", "eidas2", "eidas1"),
        ("nobody knows the level", "test@fia1.fr", "inconnu", "eidas1"),
    ];
    for (row, email, demanded, answered) in rows {
        let (service, browser) = (stack.service(), Browser::new());
        let claims = claims(demanded);
        let page =
            service.sign_in(&browser, email, &[("claims", &claims)], &[("acr", answered)]).await;

        let callback = Callback::of(&page);
        assert_eq!(callback.get("error"), "access_denied", "{row}");
        assert_eq!(
            callback.get("error_description"),
            "requested ACRs could not be satisfied",
            "{row}"
        );
    }
}

#[tokio::test]
pub(crate) async fn ac2_voluntary_and_demanded_levels_together_are_met_by_the_demanded_one() {
    let stack = Stack::with(|config| config.profile = Profile::Production2026).await;
    let (service, browser) = (stack.service(), Browser::new());
    let demand = essential("\"eidas2\"");
    let changes = [("claims", demand.as_str()), ("acr_values", "eidas1")];

    let page = service.sign_in(&browser, "test@fia1.fr", &changes, &[("acr", "eidas2")]).await;

    // The real library merges both into a demand that nothing meets, and shows the mire again
    // without end; here the demand that can be met is met.
    let tokens = service.tokens(&Callback::of(&page)).await;
    assert_eq!(decode(tokens["id_token"].as_str().expect("text"))["acr"], "eidas2");
}

#[tokio::test]
pub(crate) async fn ac8_ac9_only_a_compliant_provider_or_an_mfa_address_is_told_the_demand() {
    let stack = Stack::with(|config| config.profile = Profile::Production2026).await;
    let demand = essential("\"eidas0-mfa\",\"eidas1-mfa\"");
    let rows = [
        ("compliant", "test@fia1.fr", "eidas0-mfa eidas1-mfa"),
        ("not compliant", "test@fia2.fr", "aucun"),
        ("not compliant, but +mfa", "test+mfa@fia2.fr", "eidas0-mfa eidas1-mfa"),
    ];
    for (row, email, demanded) in rows {
        let (service, browser) = (stack.service(), Browser::new());
        let page = browser.open(&service.authorize_url(&[("claims", &demand)])).await;
        let form = browser.submit(&page, &[("email", email)]).await;
        assert_eq!(form.hook("requested-acr"), demanded, "{row}");

        let answer = browser.submit(&form, &[("acr", "eidas1-mfa"), ("amr", "pwd,otp")]).await;

        let tokens = service.tokens(&Callback::of(&answer)).await;
        let id_token = decode(tokens["id_token"].as_str().expect("text"));
        assert_eq!(id_token["acr"], "eidas1-mfa", "{row}");
    }
}

#[tokio::test]
pub(crate) async fn cl3_methods_that_the_provider_does_not_name_are_left_out() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    let claims = r#"{"id_token":{"amr":{"essential":true}}}"#;

    let page =
        service.sign_in(&browser, "test@fia1.fr", &[("claims", claims)], &[("amr", "")]).await;

    let tokens = service.tokens(&Callback::of(&page)).await;
    assert!(decode(tokens["id_token"].as_str().expect("text")).get("amr").is_none());
}

/// The value is not demanded, so the methods are told as they are.
#[tokio::test]
pub(crate) async fn cl4_a_value_that_nobody_can_give_changes_nothing() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();
    let claims = r#"{"id_token":{"amr":{"value":"inconnu"}}}"#;

    let page = service.sign_in(&browser, "test@fia1.fr", &[("claims", claims)], &[]).await;

    let tokens = service.tokens(&Callback::of(&page)).await;
    let id_token = decode(tokens["id_token"].as_str().expect("text"));
    assert_eq!(id_token["amr"], json!(["pwd"]));
}
