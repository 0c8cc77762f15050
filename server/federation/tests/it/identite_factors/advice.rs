//! The questions that lead people to the second factor that suits them.

use super::{DEMANDED, USER, from_service, production, sign_in};
use crate::support::{Browser, Page, Stack};

async fn answer(browser: &Browser, page: &Page, chosen: (&str, &str)) -> Page {
    assert!(page.body.contains("<title>Trouver la meilleure méthode de 2FA - ProConnect</title>"));
    assert!(page.body.contains(">Revenir au début</a>"), "{}", page.body);
    browser.submit(page, &[chosen]).await
}

#[tokio::test]
async fn somebody_who_does_not_know_is_led_to_software_on_the_way_to_a_service() {
    let (stack, browser) = (Stack::with(production).await, Browser::new());
    let page = from_service(&stack, &browser, &[DEMANDED], USER).await;
    let page = browser.submit(&page, &[("radio-2fa", "dont-know")]).await;
    assert_eq!(page.url.path(), "/users/mfa-decision-helper");

    let page = answer(&browser, &page, ("device-type", "other")).await;
    let page = answer(&browser, &page, ("can-install-software", "yes")).await;

    assert!(page.body.contains("KeePassXC"), "{}", page.body);
    let page = browser.open(&page.link("Continuer")).await;
    assert_eq!(page.url.path(), "/users/totp-configuration");
}

#[tokio::test]
async fn in_the_settings_the_questions_are_the_same() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;
    let page = browser.open(&stack.identite("/double-authentication")).await;
    let first = browser.submit(&page, &[("radio-2fa", "dont-know")]).await;
    assert_eq!(first.url.path(), "/mfa-decision-helper");
    let unanswered = browser.submit(&first, &[]).await;
    assert_eq!(unanswered.url.path(), "/mfa-decision-helper");

    let passkey = answer(&browser, &first, ("device-type", "windows-hello")).await;
    assert!(passkey.body.contains("Configurer une clé d’accès"), "{}", passkey.body);
    let page = answer(&browser, &first, ("device-type", "other")).await;
    let page = answer(&browser, &page, ("can-install-software", "no")).await;
    let app = answer(&browser, &page, ("can-install-app-on-smartphone", "yes")).await;
    assert!(app.body.contains("FreeOTP Authenticator"), "{}", app.body);
    let nothing = answer(&browser, &page, ("can-install-app-on-smartphone", "no")).await;
    assert!(nothing.body.contains("Intervention extérieure nécessaire"), "{}", nothing.body);

    let again = browser.open(&nothing.link("Revenir au début")).await;
    assert_eq!(again.url.path(), "/mfa-decision-helper");
    let unknown = browser.open(&stack.identite("/mfa-decision-helper/nonsense")).await;
    assert_eq!(unknown.status, reqwest::StatusCode::NOT_FOUND);
}
