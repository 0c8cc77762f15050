//! Services, and what all kinds of registrations have in common.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Browser, CALLBACK, Callback, Service, Stack, decode};

const NEW_CALLBACK: &str = "https://service.test/callback";

fn service(stack: &Stack, created: &Value) -> Service {
    let text = |name: &str| created[name].as_str().expect("text").to_owned();
    Service {
        issuer: stack.issuer(),
        client_id: text("client_id"),
        client_secret: text("client_secret"),
    }
}

#[tokio::test]
pub(crate) async fn as1_a_service_created_with_a_name_and_an_address_signs_people_in_at_once() {
    let stack = Stack::start().await;
    let admin = stack.admin();

    let created = admin
        .done(Method::POST, "/services", json!({ "name": "Neuf", "redirect_uris": [NEW_CALLBACK] }))
        .await;

    let id = created["client_id"].as_str().expect("text");
    assert!(uuid::Uuid::parse_str(id).is_ok_and(|id| id.get_version_num() == 4), "{id}");
    let secret = created["client_secret"].as_str().expect("shown once");
    assert!(secret.len() == 64 && secret.bytes().all(|b| b.is_ascii_hexdigit()));
    assert_eq!(created["id_token_signed_response_alg"], "RS256");
    assert_eq!(created["userinfo_signed_response_alg"], "RS256");
    let scopes = "openid given_name usual_name email uid siret phone idp_id custom roles \
                  organization_label";
    assert_eq!(created["scopes"], json!(scopes.split_whitespace().collect::<Vec<_>>()));
    let shown = admin.get(&format!("/services/{id}")).await;
    assert_eq!(shown.get("client_secret"), None, "never again");

    let service = service(&stack, &created);
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let id_token = tokens["id_token"].as_str().expect("text");
    assert_eq!(service.verified(id_token).await["aud"], id);
}

#[tokio::test]
pub(crate) async fn as2_a_new_redirect_uri_is_accepted_at_once_and_the_old_one_no_more() {
    let stack = Stack::start().await;
    let (admin, service, browser) = (stack.admin(), stack.service(), Browser::new());
    let path = format!("/services/{}", service.client_id);
    let moved = "https://moved.test/callback";
    let attempt = async |uri: &str| {
        browser.open(&service.authorize_url(&[("redirect_uri", uri)])).await.status
    };
    assert_eq!(attempt(moved).await, StatusCode::BAD_REQUEST);

    admin.done(Method::PATCH, &path, json!({ "redirect_uris": [moved] })).await;

    assert_eq!(attempt(moved).await, StatusCode::OK);
    assert_eq!(attempt(CALLBACK).await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
pub(crate) async fn as3_a_deleted_service_is_an_invalid_client_at_once() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());

    admin.done(Method::DELETE, &format!("/services/{}", service.client_id), Value::Null).await;

    let page = Browser::new().open(&service.authorize_url(&[])).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        page.hook("error-code"),
        "- code erreur : oidc-provider-rendered-error:invalid_client"
    );
    let (status, body) =
        admin.ask(Method::DELETE, &format!("/services/{}", service.client_id), None).await;
    assert_eq!((status, &body["error"]), (StatusCode::NOT_FOUND, &json!("not_found")));
}

#[tokio::test]
async fn another_algorithm_counts_from_the_next_token_on() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    let path = format!("/services/{}", service.client_id);

    for alg in ["ES256", "HS256", "RS256"] {
        let change = json!({ "id_token_signed_response_alg": alg,
                             "userinfo_signed_response_alg": null });
        admin.done(Method::PATCH, &path, change).await;
        let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
        let tokens = service.tokens(&Callback::of(&page)).await;
        let id_token = tokens["id_token"].as_str().expect("text");
        let header = jsonwebtoken::decode_header(id_token).expect("a token");
        assert_eq!(format!("{:?}", header.alg), alg);
        service.verified(id_token).await;
        let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
        let claims: Value = userinfo.json().await.expect("plain JSON");
        assert_eq!(claims["sub"], decode(id_token)["sub"]);
    }
}

#[tokio::test]
async fn an_entry_can_be_read_changed_and_put_back_without_its_secret() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    let path = format!("/services/{}", service.client_id);
    let mut entry = admin.get(&path).await;
    entry["name"] = "Renommée".into();

    let shown = admin.done(Method::PUT, &path, entry).await;

    assert_eq!(shown["name"], "Renommée");
    assert_eq!(shown.get("client_secret"), None);
    let page = service.sign_in(&Browser::new(), "test@fia1.fr", &[], &[]).await;
    service.tokens(&Callback::of(&page)).await;
}

#[tokio::test]
async fn a_put_creates_what_is_not_there_and_a_post_never_overwrites() {
    let stack = Stack::start().await;
    let admin = stack.admin();
    let entry = json!({ "name": "Par PUT", "redirect_uris": [] });

    let (first, created) = admin.ask(Method::PUT, "/services/a-service", Some(entry.clone())).await;
    let (second, again) = admin.ask(Method::PUT, "/services/a-service", Some(entry)).await;
    let twice = json!({ "client_id": "a-service", "name": "Encore" });
    let (third, refused) = admin.ask(Method::POST, "/services", Some(twice)).await;

    assert_eq!((first, second), (StatusCode::CREATED, StatusCode::OK));
    assert!(created["client_secret"].is_string() && again.get("client_secret").is_none());
    assert_eq!((third, &refused["error"]), (StatusCode::CONFLICT, &json!("already_exists")));
}

#[tokio::test]
async fn organisations_and_accounts_change_like_everything_else() {
    let stack = Stack::start().await;
    let (admin, service) = (stack.admin(), stack.service());
    let siret = "55208131766522";
    let organisation = json!({ "siret": siret, "name": "Mairie de nulle part",
                               "legal_category": "7210" });
    let account = json!({ "email": "neuf@yopmail.com", "password": "un-mot-de-passe",
                          "given_name": "Lou", "usual_name": "Neuf", "organisations": [siret] });
    let (too_early, why) = admin.ask(Method::POST, "/accounts", Some(account.clone())).await;
    assert_eq!(
        (too_early, &why["error"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("inconsistent"))
    );

    admin.done(Method::POST, "/organisations", organisation).await;
    let shown = admin.done(Method::POST, "/accounts", account).await;

    assert_eq!(shown.get("password"), None);
    let browser = Browser::new();
    let page = browser.open(&service.authorize_url(&[])).await;
    let page = browser.submit(&page, &[("email", "NEUF@yopmail.com")]).await;
    let page = browser.submit(&page, &[("password", "un-mot-de-passe")]).await;
    let tokens = service.tokens(&Callback::of(&page)).await;
    let userinfo = service.userinfo(tokens["access_token"].as_str().expect("text")).await;
    let claims = decode(&userinfo.text().await.expect("text"));
    assert_eq!(claims["organization_label"], "Mairie de nulle part");
    assert_eq!(claims["roles"], json!(["agent_public", "agent_public_territorial"]));

    let (status, why) = admin.ask(Method::DELETE, &format!("/organisations/{siret}"), None).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(why["message"].as_str().is_some_and(|m| m.contains("neuf@yopmail.com")), "{why}");
    admin.done(Method::DELETE, "/accounts/neuf@yopmail.com", Value::Null).await;
    admin.done(Method::DELETE, &format!("/organisations/{siret}"), Value::Null).await;
}
