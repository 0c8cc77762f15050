//! The application and the real local ProConnect, over HTTP, as people use them.

use crate::support::journey::Page;
use crate::support::proconnect::{Stack, identify};

fn arrived(page: &Page) -> (u16, &str) {
    (page.status, page.url.path())
}

#[tokio::test]
async fn an_agent_signs_in_through_their_administration() {
    let stack = Stack::start().await;
    for (email, provider) in [("test@fia1.fr", "fia1"), ("test@fia2.fr", "fia2")] {
        let mut journey = stack.journey();
        let form = identify(&mut journey, email, "").await;
        assert!(form.url.path().starts_with(&format!("/{provider}/")), "{}", form.url);

        let account = journey.submit(&form, &[]).await;

        assert_eq!(arrived(&account), (200, "/compte"));
        let session = journey.session().await;
        assert_eq!(session["state"], "signed_in");
        assert_eq!(session["provider"]["idp_id"], provider);
        assert_eq!(session["identity"]["email"], email);
        assert_eq!(session["level"]["acr"], "eidas1");
        assert_eq!(session["organisation"]["siret"].as_str().unwrap().len(), 14);
    }
}

#[tokio::test]
async fn a_professional_signs_in_with_a_password() {
    let stack = Stack::start().await;
    let mut journey = stack.journey();
    let form = identify(&mut journey, "user@yopmail.com", "").await;
    let password = journey.submit(&form, &[]).await;

    let wrong = journey.submit(&password, &[("password", "wrong")]).await;
    assert!(wrong.body.contains("mot de passe incorrect"), "{}", wrong.url);
    assert_eq!(journey.session().await["state"], "anonymous");
    let right = journey.submit(&wrong, &[("password", "user@yopmail.com")]).await;

    assert_eq!(arrived(&right), (200, "/compte"));
    assert_eq!(journey.session().await["identity"]["email"], "user@yopmail.com");
}

#[tokio::test]
async fn who_gives_up_is_told_so_and_not_signed_in() {
    let stack = Stack::start().await;
    let mut journey = stack.journey();
    let form = identify(&mut journey, "test@fia1.fr", "").await;

    let page = journey.submit(&form, &[("cancel", "1")]).await;

    assert!(page.status >= 400, "{}", page.url);
    assert_eq!(journey.session().await["state"], "anonymous");
}

#[tokio::test]
async fn signing_out_ends_every_session_on_the_way() {
    let stack = Stack::start().await;
    let mut journey = stack.journey();
    let form = identify(&mut journey, "test@fia1.fr", "").await;
    journey.submit(&form, &[]).await;

    // Still signed in at ProConnect: nothing is asked.
    let again = journey.open("/auth/login?return_to=%2Fcompte").await;
    assert_eq!(arrived(&again), (200, "/compte"));

    let leaving = journey.sign_out().await;
    assert_eq!(arrived(&leaving), (200, "/deconnexion"));
    assert_eq!(journey.session().await["state"], "anonymous");
    let form = identify(&mut journey, "test@fia1.fr", "").await;
    assert!(form.body.contains("Se connecter"), "the administration asks again: {}", form.url);
    assert_eq!(journey.session().await["state"], "anonymous");
}

#[tokio::test]
async fn a_silent_sign_in_uses_what_is_there_and_shows_nothing() {
    let stack = Stack::start().await;
    let mut journey = stack.journey();
    let nobody = journey.open("/auth/login?return_to=%2Fcompte&silent=1").await;
    assert_eq!(arrived(&nobody), (200, "/compte"));
    assert_eq!(journey.session().await["state"], "anonymous");

    let form = identify(&mut journey, "test@fia1.fr", "").await;
    journey.submit(&form, &[]).await;
    journey.forget("app-session");
    // As in a browser that was closed: a silent sign-in is tried once.
    journey.forget("app-silent");
    assert_eq!(journey.session().await["state"], "anonymous");
    journey.open("/auth/login?return_to=%2Fcompte&silent=1").await;

    assert_eq!(journey.session().await["state"], "signed_in");
}

#[tokio::test]
async fn a_level_that_is_out_of_reach_is_explained() {
    let stack = Stack::start().await;
    let mut journey = stack.journey();
    let page = journey.open("/auth/login?return_to=%2Fcompte&acr=eidas3").await;
    let form = journey.submit(&page, &[("email", "test@fia2.fr")]).await;

    let refused = journey.submit(&form, &[]).await;

    assert_eq!(refused.status, 403, "{}", refused.url);
    assert!(refused.body.contains("login.level_insufficient"));
    assert_eq!(journey.session().await["state"], "anonymous");
}
