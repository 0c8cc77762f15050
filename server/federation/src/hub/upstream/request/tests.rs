//! One row for each sentence about the request that is sent to an identity provider.

use std::collections::BTreeMap;

use super::*;
use crate::config::Config;
use crate::protocol::{ClaimsParameter, ReplyTo, ResponseMode, ScopeSet};

fn provider(built_in: &str, rest: &str) -> IdentityProvider {
    let text = format!(
        "[hub]\nlisten = \"127.0.0.1:0\"\n[identite]\nlisten = \"127.0.0.1:0\"\n[demo]\n\
         listen = \"127.0.0.1:0\"\n[[identity_provider]]\nuid = \"f\"\ntitle = \"F\"\n\
         built_in = \"{built_in}\"\nclient_id = \"hub\"\n\
         client_secret = \"0123456789abcdef0123456789abcdef\"\n{rest}\n"
    );
    Config::parse(&text).expect("valid").identity_providers.remove(0)
}

fn request(claims: &str, acr_values: &str) -> AuthorizationRequest {
    AuthorizationRequest {
        client_id: "rp".to_owned(),
        reply_to: ReplyTo {
            redirect_uri: "https://rp/cb".to_owned(),
            mode: ResponseMode::Query,
            state: None,
        },
        scope: ScopeSet::default(),
        nonce: None,
        prompt: Vec::new(),
        claims: ClaimsParameter::parse(claims).unwrap_or_default(),
        acr_values: acr_values.split_ascii_whitespace().map(str::to_owned).collect(),
        code_challenge: None,
        login_hint: None,
        hints: BTreeMap::new(),
        scenario: None,
    }
}

fn sent(
    provider: &IdentityProvider,
    request: &AuthorizationRequest,
    email: &str,
) -> BTreeMap<String, String> {
    let metadata: Metadata = serde_json::from_value(json!({
        "issuer": "https://fi", "authorization_endpoint": "https://fi/authorize",
        "token_endpoint": "https://fi/token", "userinfo_endpoint": "https://fi/userinfo",
        "jwks_uri": "https://fi/jwks",
    }))
    .expect("valid");
    let email = EmailAddress::parse(email).expect("valid");
    let asker = Asker { request, service_name: "Démo", email: Some(&email), remember_me: true };
    let attempt = Attempt::new("f");
    let url = authorization_url(
        provider,
        &metadata,
        "https://hub/cb",
        &asker,
        (&Token::random(), &attempt),
    );
    url.query_pairs().into_owned().collect()
}

#[test]
fn the_request_has_the_documented_parameters() {
    let params = sent(&provider("demo", ""), &request("", ""), "test@fia1.fr");

    let expected = [
        ("response_type", "code"),
        ("client_id", "hub"),
        ("redirect_uri", "https://hub/cb"),
        ("login_hint", "test@fia1.fr"),
        ("sp_id", "rp"),
        ("sp_name", "Démo"),
        ("remember_me", "true"),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in expected {
        assert_eq!(params.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert!(!params.contains_key("siret_hint"), "empty values are left out");
    assert_eq!(params["state"].len(), 43);
    assert_eq!(params["nonce"].len(), 43);
}

#[test]
fn the_level_is_passed_on_as_the_provider_understands_it() {
    let single = r#"{"id_token":{"acr":{"essential":true,"value":"eidas2"}}}"#;
    let list = r#"{"id_token":{"acr":{"essential":true,"values":["eidas2","inconnu","eidas3"]}}}"#;
    let compliant = "mfa_compliant = true";
    let mail = "a@f.fr";
    let null = json!(null);
    let rows = [
        ("nothing asked", "demo", "", "", "", mail, Some("eidas1"), null.clone()),
        ("nothing asked of Identité", "identite", "", "", "", mail, None, null.clone()),
        ("voluntary", "demo", "", "", "eidas2 inconnu", mail, Some("eidas2"), null.clone()),
        ("unknown voluntary", "demo", "", "", "inconnu", mail, Some("eidas1"), null.clone()),
        (
            "essential value",
            "demo",
            compliant,
            single,
            "",
            mail,
            None,
            json!({ "essential": true, "value": "eidas2" }),
        ),
        (
            "essential values",
            "demo",
            compliant,
            list,
            "",
            mail,
            None,
            json!({ "essential": true, "values": ["eidas2", "eidas3"] }),
        ),
        ("essential, not compliant", "demo", "", list, "", mail, None, null.clone()),
        (
            "essential, +mfa address",
            "demo",
            "",
            single,
            "",
            "a+mfa@f.fr",
            None,
            json!({ "essential": true, "value": "eidas2" }),
        ),
    ];
    for (row, built_in, rest, claims, acr_values, email, voluntary, essential) in rows {
        let params = sent(&provider(built_in, rest), &request(claims, acr_values), email);
        assert_eq!(params.get("acr_values").map(String::as_str), voluntary, "{row}");
        let claims: Value = serde_json::from_str(&params["claims"]).expect("JSON");
        assert_eq!(claims["id_token"]["acr"], essential, "{row}");
    }
}

#[test]
fn entra_id_is_asked_in_its_own_terms() {
    let demand = r#"{"id_token":{"acr":{"essential":true,"value":"eidas2"}}}"#;
    let entra = provider("demo", "is_entra_id = true\nmfa_compliant = true");

    let params = sent(&entra, &request(demand, ""), "test@fia1.fr");

    assert_eq!(params["scope"], "openid email profile");
    assert!(!params.contains_key("claims"));
}
