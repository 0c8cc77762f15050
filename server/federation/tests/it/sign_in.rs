//! Complete sign-ins through demo administrations.

use serde_json::json;

use crate::support::{Browser, Callback, Stack};

#[tokio::test]
async fn a_person_signs_in_through_fia1() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let service = stack.service();

    let page = browser.open(&service.authorize_url(&[])).await;
    assert!(page.body.contains("<title>Choix du compte - ProConnect</title>"), "{}", page.body);
    assert!(page.body.contains("Application locale"));
    assert!(page.body.contains("data-testid=\"interaction-connection-button\""));
    let form = browser.submit(&page, &[("email", "test@fia1.fr")]).await;
    assert!(form.body.contains("value=\"test@fia1.fr\""), "the address is prefilled");
    let callback = Callback::of(&browser.submit(&form, &[("siret", "21920023500014")]).await);

    assert_eq!(callback.get("state"), "a-state-of-at-least-thirty-two-characters");
    assert_eq!(callback.get("iss"), stack.issuer());
    let tokens = service.tokens(&callback).await;
    let members: Vec<&str> =
        tokens.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(
        members,
        ["access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type"]
    );
    assert_eq!(tokens["expires_in"], 3600);
    assert_eq!(tokens["token_type"], "Bearer");

    let id_token = service.verified(tokens["id_token"].as_str().expect("text")).await;
    assert_eq!(id_token["nonce"], "a-nonce-of-at-least-thirty-two-characters");
    assert_eq!(id_token["auth_time"], id_token["iat"]);
    assert!(id_token.get("acr").is_none(), "the level was not asked for");
    assert!(id_token.get("email").is_none(), "claims of scopes are in userinfo");

    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    assert!(
        userinfo.headers()["content-type"].to_str().expect("text").starts_with("application/jwt")
    );
    let mut claims = service.verified(&userinfo.text().await.expect("text")).await;
    for envelope in ["iss", "aud", "iat", "exp"] {
        assert!(claims.as_object_mut().expect("an object").remove(envelope).is_some());
    }
    assert_eq!(
        claims,
        json!({
            "sub": id_token["sub"], "uid": "1", "email": "test@fia1.fr", "given_name": "Camille",
            "usual_name": "Moreau", "siret": "21920023500014", "idp_id": "fia1",
            "roles": ["agent_public", "agent_public_territorial"],
            "organization_label": "Commune de clamart - Mairie",
        })
    );
    stack.federation.stop().await;
}
