//! What passkeys are good for, and which answers of a device are refused.

use federation::Profile;
use serde_json::{Value, json};

use super::device::Device;
use super::{
    CREATION, FIRST, PASSKEY, SECOND, USER, options, send, sign_in, sign_in_with,
    sign_in_with_both, start,
};
use crate::support::{Browser, Callback, Page, Stack, decode};

const ADDED: &str = "notification=passkey_successfully_created";
const INVALID: &str = "notification=invalid_passkey";

/// What makes a device lie.
type Lie = fn(&mut Device);

async fn register(stack: &Stack, browser: &Browser, device: &mut Device) -> Page {
    let page = browser.open(&stack.identite("/passkey-configuration")).await;
    assert_eq!(page.url.path(), "/passkey-configuration", "{}", page.body);
    let answer = device.create(&options(stack, browser, CREATION).await);
    browser.submit(&page, &[("webauthn_registration_response_string", &answer)]).await
}

/// Comes from a service that demands a second factor if told so.
async fn from_service(stack: &Stack, browser: &Browser, demand: &[&str], email: &str) -> Page {
    let acr = if demand.is_empty() {
        Value::Null
    } else {
        json!({ "essential": true, "values": demand })
    };
    let claims = json!({ "id_token": { "amr": null, "acr": acr } }).to_string();
    let page = browser.open(&stack.service().authorize_url(&[("claims", &claims)])).await;
    browser.submit(&page, &[("email", email)]).await
}

async fn told(stack: &Stack, page: &Page) -> (Value, Value) {
    let tokens = stack.service().tokens(&Callback::of(page)).await;
    let id_token = decode(tokens["id_token"].as_str().expect("text"));
    (id_token["acr"].clone(), id_token["amr"].clone())
}

#[tokio::test]
async fn a_passkey_alone_is_two_factors() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let mut device = Device::of_sample(&stack);

    let page = from_service(&stack, &browser, &["eidas1-mfa", "eidas2"], PASSKEY).await;
    assert!(page.body.contains("data-automatic"), "the browser asks by itself: {}", page.body);
    let answer = device.get(&options(&stack, &browser, FIRST).await);
    let done = send(&browser, &page, "sign-in-with-passkey", &answer).await;

    assert_eq!(told(&stack, &done).await, ("eidas1-mfa".into(), json!(["pop", "mfa"])));
    assert!(browser.cookie("trusted-browser").is_some(), "the browser is known");
    assert!(stack.mails().await.is_empty());
}

#[tokio::test]
async fn a_passkey_comes_beside_the_password_when_a_service_demands_it() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let mut device = Device::of_sample(&stack);
    device.knows_owner = false;

    let page = from_service(&stack, &browser, &["eidas1-mfa", "eidas2"], PASSKEY).await;
    let page = browser.submit_to(&page, "\"/users/sign-in\"", &[("password", PASSKEY)]).await;
    assert_eq!(page.url.path(), "/users/2fa-sign-in", "{}", page.body);
    let answer = device.get(&options(&stack, &browser, SECOND).await);
    let done = send(&browser, &page, "2fa-sign-in-with-passkey", &answer).await;

    assert_eq!(told(&stack, &done).await, ("eidas1-mfa".into(), json!(["pwd", "pop", "mfa"])));
    let claims = r#"{"id_token":{"amr":null}}"#;
    let again = browser.open(&stack.service().authorize_url(&[("claims", claims)])).await;
    assert_eq!(told(&stack, &again).await.1, json!(["pwd", "pop", "mfa"]), "it stays shown");
}

#[tokio::test]
async fn a_service_that_demands_a_second_factor_has_a_passkey_made() {
    let stack = Stack::with(|config| config.profile = Profile::Production2026).await;
    let (browser, mut device) = (Browser::new(), Device::new(&stack));
    let page = from_service(&stack, &browser, &["eidas0-mfa", "eidas1-mfa"], USER).await;
    let page = browser.submit(&page, &[("password", USER)]).await;
    assert_eq!(page.url.path(), "/users/double-authentication-choice", "{}", page.body);
    let page = browser.submit(&page, &[("radio-2fa", "passkey")]).await;
    assert_eq!(page.url.path(), "/users/passkey-configuration", "{}", page.body);

    let answer = device.create(&options(&stack, &browser, CREATION).await);
    let field = "webauthn_registration_response_string";
    let refused = browser.submit(&page, &[(field, "{}")]).await;
    assert_eq!(refused.url.path(), "/users/passkey-configuration");
    assert_eq!(refused.url.query(), Some(INVALID));
    let page = browser.submit(&refused, &[(field, &answer)]).await;
    assert_eq!(page.url.query(), Some(INVALID), "the challenge was used up");
    let answer = device.create(&options(&stack, &browser, CREATION).await);
    let page = browser.submit(&page, &[(field, &answer)]).await;
    assert_eq!(page.url.path(), "/users/2fa-successfully-configured", "{}", page.body);
    let done = browser.submit(&page, &[]).await;

    assert_eq!(told(&stack, &done).await, ("eidas0-mfa".into(), json!(["pwd", "pop", "mfa"])));
    let later = Browser::new();
    let page = from_service(&stack, &later, &[], USER).await;
    let done = later.submit_to(&page, "\"/users/sign-in\"", &[("password", USER)]).await;
    assert_eq!(told(&stack, &done).await.1, json!(["pwd"]), "it is not asked for everywhere");
}

#[tokio::test]
async fn a_passkey_asked_for_everywhere_is_so_until_it_is_removed() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let mut device = Device::of_sample(&stack);
    sign_in_with(&stack, &browser, &mut device).await;
    let page = browser.open(&stack.identite("/connection-and-account")).await;
    let page = browser.submit_to(&page, "/set-force-2fa", &[("force_2fa", "true")]).await;
    assert_eq!(page.url.path(), "/connection-and-account", "{}", page.body);

    let later = Browser::new();
    let page = from_service(&stack, &later, &[], PASSKEY).await;
    let page = later.submit_to(&page, "\"/users/sign-in\"", &[("password", PASSKEY)]).await;
    assert_eq!(page.url.path(), "/users/2fa-sign-in", "{}", page.body);
    let answer = device.get(&options(&stack, &later, SECOND).await);
    let done = send(&later, &page, "2fa-sign-in-with-passkey", &answer).await;
    assert_eq!(told(&stack, &done).await.1, json!(["pwd", "pop", "mfa"]));

    let page = later.open(&stack.identite("/connection-and-account")).await;
    later.submit_to(&page, "/delete-passkeys/", &[]).await;
    let last = Browser::new();
    let page = from_service(&stack, &last, &[], PASSKEY).await;
    let done = last.submit(&page, &[("password", PASSKEY)]).await;
    assert_eq!(told(&stack, &done).await.1, json!(["pwd"]));
    let subjects: Vec<Value> =
        stack.mails().await.iter().map(|mail| mail["subject"].clone()).collect();
    assert_eq!(subjects, ["Alerte de sécurité"], "one mail for the key, none for the setting");
}

#[tokio::test]
async fn the_options_say_what_each_ceremony_asks_for() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let mut device = Device::of_sample(&stack);
    let allowed = json!([{ "type": "public-key", "id": device.shown_id() }]);

    start(&stack, &browser, PASSKEY).await;
    let first = options(&stack, &browser, FIRST).await;
    sign_in_with_both(&stack, &browser, &mut device).await;
    let second = options(&stack, &browser, SECOND).await;
    let creation = options(&stack, &browser, CREATION).await;

    for (asked, verification) in [(&first, "required"), (&second, "discouraged")] {
        assert_eq!(asked["rpId"], "localhost");
        assert_eq!(asked["userVerification"], verification);
        assert_eq!(asked["allowCredentials"], allowed);
    }
    assert_eq!(creation["rp"], json!({ "id": "localhost", "name": "ProConnect" }));
    assert_eq!(creation["user"]["name"], PASSKEY);
    assert_eq!(creation["user"]["displayName"], "Noa Passkey");
    assert_eq!(creation["attestation"], "none");
    assert_eq!(creation["authenticatorSelection"]["residentKey"], "preferred");
    assert_eq!(creation["authenticatorSelection"]["userVerification"], "preferred");
    assert_eq!(creation["excludeCredentials"], allowed);
    let later = options(&stack, &browser, CREATION).await;
    assert_eq!(later["user"]["id"], creation["user"]["id"], "the handle is for good");
    let challenges = [&first, &second, &creation, &later].map(|asked| asked["challenge"].as_str());
    for (place, challenge) in challenges.iter().enumerate() {
        assert!(challenge.is_some_and(|text| text.len() >= 43), "256 bits");
        assert!(!challenges[..place].contains(challenge), "never twice");
    }
}

#[tokio::test]
async fn a_new_passkey_is_shown_mailed_and_good_at_once() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;
    let mut device = Device::new(&stack);
    device.aaguid = uuid::uuid!("d548826e-79b4-db40-a3d8-11116f7e8349").into_bytes();

    let page = register(&stack, &browser, &mut device).await;

    assert_eq!((page.url.path(), page.url.query()), ("/connection-and-account", Some(ADDED)));
    assert!(page.body.contains(">Bitwarden</h3>"), "{}", page.body);
    assert!(page.body.contains("pas encore utilisée") && page.body.contains("2 mars 2026"));
    assert!(!page.body.contains("Second facteur uniquement"), "{}", page.body);
    let mails = stack.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["subject"], "Alerte de sécurité");
    assert!(mails[0]["text"].as_str().expect("text").contains("Bitwarden"));

    let later = Browser::new();
    let page = start(&stack, &later, USER).await;
    let answer = device.get(&options(&stack, &later, FIRST).await);
    assert_eq!(send(&later, &page, "sign-in-with-passkey", &answer).await.url.path(), "/");
    let page = later.open(&stack.identite("/connection-and-account")).await;
    assert!(page.body.contains("<dd>2 mars 2026 à 10 h 00</dd>"), "{}", page.body);
    assert!(page.body.contains("<dt>Nombre d’utilisations</dt><dd>1</dd>"), "{}", page.body);
}

#[tokio::test]
async fn a_device_that_does_not_know_its_owner_is_good_beside_a_password_only() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;
    let mut device = Device::new(&stack);
    device.knows_owner = false;

    let page = register(&stack, &browser, &mut device).await;
    assert!(page.body.contains("Second facteur uniquement"), "{}", page.body);
    let name = format!(">Clé {}</h3>", &device.shown_id()[..10]);
    assert!(page.body.contains(&name), "{}", page.body);

    let later = Browser::new();
    let page = start(&stack, &later, USER).await;
    assert!(!page.body.contains("clé d’accès"), "{}", page.body);
    let answer = later.ask(reqwest::Method::GET, &stack.identite(FIRST), None).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn two_passkeys_stand_side_by_side_and_one_can_go() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let mut sample = Device::of_sample(&stack);
    sign_in_with(&stack, &browser, &mut sample).await;
    let mut other = Device::new(&stack);
    other.aaguid = uuid::uuid!("fdb141b2-5d84-443e-8a35-4698c205a502").into_bytes();
    let page = register(&stack, &browser, &mut other).await;
    assert!(page.body.contains(">Clé de test</h3>"), "{}", page.body);
    assert!(page.body.contains(">KeePassXC</h3>"), "{}", page.body);

    let action = format!("/delete-passkeys/{}", sample.shown_id());
    let page = browser.submit_to(&page, &action, &[]).await;

    assert_eq!(page.url.query(), Some("notification=passkey_successfully_deleted"));
    assert!(!page.body.contains("Clé de test"), "{}", page.body);
    assert_eq!(stack.mails().await.last().expect("a mail")["subject"], "Alerte de sécurité");
    let page = start(&stack, &Browser::new(), PASSKEY).await;
    assert!(page.body.contains("Se connecter avec une clé d’accès"), "the other one is left");
    let (later, refused) = (Browser::new(), "the one that is gone");
    let page = sign_in_with(&stack, &later, &mut sample).await;
    assert_eq!(page.url.query(), Some(INVALID), "{refused}");
    let page = sign_in_with(&stack, &later, &mut other).await;
    assert_eq!(page.url.path(), "/");
}

#[tokio::test]
async fn answers_that_are_wrong_are_refused() {
    let stack = Stack::start().await;
    let lies: [(&str, Lie); 9] = [
        ("another port", |device| device.origin = "http://localhost:1".to_owned()),
        ("an IP address", |device| device.origin = device.origin.replace("localhost", "127.0.0.1")),
        ("another scheme", |device| device.origin = device.origin.replace("http:", "https:")),
        ("a subdomain", |device| device.origin = device.origin.replace("//", "//a.")),
        ("another site", |device| device.site = Some("proconnect.gouv.fr".to_owned())),
        ("another ceremony", |device| device.ceremony = Some("webauthn.create")),
        ("another person", |device| device.handle = Some("1".to_owned())),
        ("nobody touches it", |device| device.touched = false),
        ("another passkey", |device| device.credential_id = vec![1; 20]),
    ];
    for (lie, tell) in lies {
        let (browser, mut device) = (Browser::new(), Device::of_sample(&stack));
        tell(&mut device);
        let page = sign_in_with(&stack, &browser, &mut device).await;
        assert_eq!(page.url.query(), Some(INVALID), "{lie}");
        assert!(page.body.contains("<title>Erreur - "), "{lie}");
        assert!(!page.body.contains("data-automatic"), "{lie}: it would go on for ever");
        let page = sign_in_with_both(&stack, &browser, &mut device).await;
        assert_eq!(page.url.query(), Some(INVALID), "{lie}");
    }
    let (browser, mut device) = (Browser::new(), Device::of_sample(&stack));
    device.knows_owner = false;
    let page = sign_in_with(&stack, &browser, &mut device).await;
    assert_eq!(page.url.query(), Some(INVALID), "alone, it has to know its owner");
}

#[tokio::test]
async fn registrations_that_are_wrong_are_refused() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;
    let lies: [(&str, Lie); 4] = [
        ("another origin", |device| device.origin = "https://evil.test".to_owned()),
        ("another site", |device| device.site = Some("evil.test".to_owned())),
        ("another ceremony", |device| device.ceremony = Some("webauthn.get")),
        ("nobody touches it", |device| device.touched = false),
    ];
    for (lie, tell) in lies {
        let mut device = Device::new(&stack);
        tell(&mut device);
        let page = register(&stack, &browser, &mut device).await;
        assert_eq!(page.url.query(), Some(INVALID), "{lie}");
    }
    let mut taken = Device::new(&stack);
    taken.credential_id = Device::of_sample(&stack).credential_id;
    let page = register(&stack, &browser, &mut taken).await;
    assert_eq!(page.url.query(), Some(INVALID), "another person has it");
    assert!(stack.mails().await.is_empty());
    let mut sample = Device::of_sample(&stack);
    let page = sign_in_with(&stack, &Browser::new(), &mut sample).await;
    assert_eq!(page.url.path(), "/", "and keeps it");
}

#[tokio::test]
async fn a_counter_that_does_not_go_up_is_refused() {
    let stack = Stack::start().await;
    let mut device = Device::of_sample(&stack);
    device.counter = 10;
    let page = sign_in_with(&stack, &Browser::new(), &mut device).await;
    assert_eq!(page.url.path(), "/");
    for counter in [0, 9, 10] {
        device.counter = counter;
        let page = sign_in_with(&stack, &Browser::new(), &mut device).await;
        assert_eq!(page.url.query(), Some(INVALID), "{counter}");
        device.counter = counter;
        let page = sign_in_with_both(&stack, &Browser::new(), &mut device).await;
        assert_eq!(page.url.query(), Some(INVALID), "{counter}");
    }
    device.counter = 11;
    let page = sign_in_with(&stack, &Browser::new(), &mut device).await;
    assert_eq!(page.url.path(), "/");
}
