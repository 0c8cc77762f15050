//! Levels that a confirmed identity raises, and its age.

use federation::Link;

use super::*;

/// What people are asked and what comes of it, for each list of demanded levels.
type Row = (&'static [&'static str], [&'static str; 3]);

const MFA: &[&str] = &["eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"];

/// An ordinary employee, somebody whom nothing ties to the organisation, an employee whom
/// FranceConnect knows. `fc` says that they are sent there, `-` that nothing helps. Where a second
/// factor is demanded, nobody has one, and they are led to set one up.
const MATRIX: [Row; 9] = [
    (&[], ["eidas0", "fc eidas0", "eidas1"]),
    (&["eidas0"], ["eidas0", "-", "-"]),
    (&["eidas0", "eidas0-mfa"], ["eidas0", "fc eidas0", "-"]),
    (&["eidas1"], ["-", "-", "eidas1"]),
    (&["eidas1", "eidas1-mfa", "eidas2", "eidas3"], ["fc eidas1", "-", "eidas1"]),
    (&["eidas0", "eidas0-mfa", "eidas1", "eidas1-mfa"], ["eidas0", "fc eidas0", "eidas1"]),
    (MFA, ["2fa", "2fa", "2fa"]),
    (&["eidas1-mfa"], ["2fa", "2fa", "2fa"]),
    (&["eidas2", "eidas3"], ["-", "-", "-"]),
];

const UNVERIFIED: &str = "plusieurs@yopmail.com";

/// Nothing ties the second person to their only organisation.
fn unverified(config: &mut Config) {
    production(config);
    let mut accounts = config.accounts.iter_mut();
    let account = accounts.find(|known| known.email.as_str() == UNVERIFIED).expect("sample");
    let siret = account.organisations.swap_remove(0);
    account.organisations.clear();
    let kind = "no_validation_means_available".to_owned();
    account.links = vec![Link { siret, kind, is_external: false, awaits_code: false }];
}

#[tokio::test]
async fn each_list_of_levels_leads_each_person_there() {
    let stack = Stack::with(unverified).await;
    for (levels, ends) in MATRIX {
        for (email, expected) in [EMPLOYEE, UNVERIFIED, CONFIRMED].into_iter().zip(ends) {
            // FranceConnect's word stays, so everybody starts anew.
            stack.federation.reset().await.expect("reset");
            let claims = demand(levels);
            let changes = [("claims", claims.as_str())];
            let changes = if levels.is_empty() { &[SHOWN] } else { &changes };
            let browser = Browser::new();

            let mut page = sign_in(&stack, &browser, email, changes).await;
            let mut way = String::new();
            if page.url.path() == FRANCE_CONNECT {
                way.push_str("fc ");
                page = confirm_identity(&browser, &page, "lea-fontaine").await;
            }
            match page.location() {
                Some(_) if Callback::of(&page).get("error").is_empty() => {
                    way.push_str(id_token(&stack, &page).await["acr"].as_str().expect("a level"));
                }
                // Setting one up is tested elsewhere; what matters is that it comes first.
                None if page.url.path() == "/users/double-authentication-choice" => {
                    way.push_str("2fa");
                }
                _ => {
                    assert_eq!(page.hook("error-section-title"), "Erreur access_denied");
                    let page = browser.open(&page.link("Continuer sur le service")).await;
                    let told = "access_denied (none of the requested ACRs could be obtained)";
                    assert!(page.hook("error-message").contains(told), "{}", page.body);
                    way.push('-');
                }
            }
            assert_eq!(way, expected, "{levels:?} {email}");
        }
    }
}

const SHOWN: (&str, &str) = ("claims", r#"{"id_token":{"acr":null}}"#);

#[tokio::test]
async fn the_synthesis_asks_nobody_for_franceconnect() {
    let stack = Stack::start().await;
    for email in [EMPLOYEE, CONFIRMED, LEADER] {
        let page = sign_in(&stack, &Browser::new(), email, &[SHOWN]).await;
        assert_eq!(id_token(&stack, &page).await["acr"], "eidas1", "{email}");
    }
}

#[tokio::test]
async fn services_of_old_that_prefer_eidas1_are_told_so() {
    let stack = Stack::with(unverified).await;
    let rows = [(EMPLOYEE, "eidas1"), (UNVERIFIED, "eidas1"), (CONFIRMED, "eidas1")];
    for (email, expected) in rows {
        let changes = [("acr_values", "eidas1")];
        let page = sign_in(&stack, &Browser::new(), email, &changes).await;
        assert_eq!(id_token(&stack, &page).await["acr"], expected, "{email}");
    }
    let changes = [("acr_values", "eidas1 eidas2")];
    let page = sign_in(&stack, &Browser::new(), EMPLOYEE, &changes).await;
    assert_eq!(id_token(&stack, &page).await["acr"], "eidas0", "more than that is ignored");
}

#[tokio::test]
async fn an_identity_is_confirmed_anew_after_ninety_days() {
    let stack = Stack::with(production).await;
    // The sample's was confirmed ten days ago.
    sign_in(&stack, &Browser::new(), CONFIRMED, &[]).await;
    stack.advance(80 * DAY);
    let page = sign_in(&stack, &Browser::new(), CONFIRMED, &[SHOWN]).await;
    assert_eq!(id_token(&stack, &page).await["acr"], "eidas1");

    stack.advance(1);
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, CONFIRMED, &[SHOWN]).await;
    assert!(page.body.contains("il y a plus de trois mois"), "{}", page.body);
    let page = confirm_identity(&browser, &page, "lea-fontaine").await;

    assert_eq!(id_token(&stack, &page).await["acr"], "eidas1");
}

#[tokio::test]
async fn franceconnect_names_the_account() {
    let rows = [
        ("camille-roche", "Camille", "Roche-Petit"),
        ("karim-benali", "Karim", "Benali"),
        ("edouard-d-aubigne", "Edouard", "D'Aubigne Lacroix"),
    ];
    for (citizen, given, family) in rows {
        let stack = Stack::with(unverified).await;
        let browser = Browser::new();
        let page = sign_in(&stack, &browser, UNVERIFIED, &[]).await;

        let done = confirm_identity(&browser, &page, citizen).await;

        let claims = userinfo(&stack, &done).await;
        assert_eq!((&claims["given_name"], &claims["usual_name"]), (&given.into(), &family.into()));
        // Nor can the person change that on the way to a service.
        let page = browser.open(&stack.identite("/users/personal-information")).await;
        assert_eq!(page.body.matches(" readonly").count(), 2, "{}", page.body);
        browser.submit(&page, &[("given_name", "Autre"), ("family_name", "Nom")]).await;
        let done = sign_in(&stack, &Browser::new(), UNVERIFIED, &[]).await;
        assert_eq!(userinfo(&stack, &done).await["given_name"], given);
    }
}

#[tokio::test]
async fn who_refuses_is_told_and_can_go_on() {
    let stack = Stack::with(unverified).await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, UNVERIFIED, &[]).await;
    let page = citizens(&browser, &page).await;

    let page = browser.submit(&page, &[("cancel", "1")]).await;

    assert_eq!(page.url.path(), FRANCE_CONNECT);
    assert!(page.body.contains("<title>Erreur - Certifier votre identité"), "{}", page.body);
    assert!(page.body.contains("FranceConnect n’a pas confirmé votre identité"));
    let given_up = browser.open(&page.link("Continuer sur le service")).await;
    assert!(given_up.hook("error-message").contains("access_denied (none of"), "{}", given_up.body);
    // Whoever changes their mind instead goes on to the service.
    let page = sign_in(&stack, &browser, UNVERIFIED, &[]).await;
    let done = confirm_identity(&browser, &page, "noe-perrin").await;
    assert_eq!(userinfo(&stack, &done).await["given_name"], "Noé");
}

#[tokio::test]
async fn a_person_without_a_service_can_have_their_identity_confirmed() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", EMPLOYEE)]).await;
    browser.submit(&page, &[("password", EMPLOYEE)]).await;
    let page = browser.open(&stack.identite(FRANCE_CONNECT)).await;

    let page = confirm_identity(&browser, &page, "lea-fontaine").await;

    assert_eq!(page.url.path(), "/personal-information");
    let home = browser.open(&stack.identite("/")).await;
    assert!(home.body.contains("Bonjour Léa Fontaine"), "{}", home.body);
}
