//! The page "Compte et connexion".

use super::{USER, sign_in};
use crate::support::{Browser, Stack};

#[tokio::test]
async fn people_see_how_they_signed_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &browser, USER).await;

    let page = browser.open(&stack.identite("/connection-and-account")).await;

    assert!(page.body.contains("<title>Compte et connexion - ProConnect</title>"), "{}", page.body);
    assert!(
        page.body.contains("<strong>2 mars 2026 à 10 h 00</strong><br>mot de passe, Navigateur")
    );
}
