//! Certified, nearly, and not at all: what the register says, and what the service is told.

use federation::Profile;

use super::*;

#[tokio::test]
async fn a_leader_who_is_certified_acts_for_the_organisation_that_they_choose() {
    for profile in [Profile::Synthesis2025, Profile::Production2026] {
        let stack = Stack::with(|config| config.profile = profile).await;
        let browser = Browser::new();

        let page = sign_in_as_leader(&stack, &browser, LEADER).await;
        assert!(page.body.contains(">certifié</span>"), "{}", page.body);
        let done = select(&browser, &page, SOLO).await;

        assert_eq!(id_token(&stack, &done).await["acr"], CERTIFICATION, "{profile:?}");
    }
}

#[tokio::test]
async fn a_leader_joins_as_such_once_franceconnect_knows_them() {
    for profile in [Profile::Synthesis2025, Profile::Production2026] {
        let stack = Stack::with(|config| config.profile = profile).await;
        let browser = Browser::new();

        let page = sign_in_as_leader(&stack, &browser, NEW_LEADER).await;
        let page =
            browser.submit_to(&page, "/users/join-organization", &[("siret", WORKSHOP)]).await;
        assert!(page.body.contains("<h1>Certifier votre statut</h1>"), "{}", page.body);
        let page = confirm_identity(&browser, &page, "karim-benali").await;
        assert_eq!(page.url.path(), "/users/welcome/dirigeant", "{}", page.body);
        assert!(page.body.contains("<h1>Statut certifié 🎊</h1>"));
        assert!(page.body.contains("<title>Compte certifié - ProConnect</title>"));
        let done = browser.submit(&page, &[]).await;

        assert_eq!(id_token(&stack, &done).await["acr"], CERTIFICATION, "{profile:?}");
        // Everything is known now: they only choose.
        let browser = Browser::new();
        let again = sign_in_as_leader(&stack, &browser, NEW_LEADER).await;
        let done = select(&browser, &again, WORKSHOP).await;
        assert_eq!(userinfo(&stack, &done).await["siret"], WORKSHOP);
    }
}

#[tokio::test]
async fn the_register_decides_who_is_certified() {
    let rows = [
        (WORKS, "edouard-d-aubigne", "/users/welcome/dirigeant", "Statut certifié"),
        (CRAFT, "camille-roche", "/users/welcome/dirigeant", "Statut certifié"),
        (SOLO, "solene-marchand-homonyme", "close-match-error", "Impossible de vous certifier"),
        (SOLO, "celine-marchand", "close-match-error", "Impossible de vous certifier"),
        (SOLO, "lea-fontaine", "no-match-error", "Identité non trouvée"),
        // The register names nobody.
        ("41816609600069", "lea-fontaine", "no-match-error", "Identité non trouvée"),
        (
            ASSOCIATION,
            "lea-fontaine",
            "organization-not-covered-error",
            "Structure non certifiable",
        ),
        (DINUM, "lea-fontaine", "organization-not-covered-error", "Structure non certifiable"),
    ];
    for (siret, citizen, path, heading) in rows {
        let (stack, browser) = (Stack::start().await, Browser::new());
        let page = sign_in_as_leader(&stack, &browser, NEW_LEADER).await;
        let page = browser.submit_to(&page, "/users/join-organization", &[("siret", siret)]).await;

        let page = confirm_identity(&browser, &page, citizen).await;

        assert!(page.url.path().ends_with(path), "{siret} {citizen}: {}", page.url);
        assert!(page.body.contains(&format!("<h1>{heading}")), "{siret} {citizen}: {}", page.body);
    }
}

#[tokio::test]
async fn what_differs_is_shown_and_the_service_is_told() {
    for profile in [Profile::Synthesis2025, Profile::Production2026] {
        let stack = Stack::with(|config| config.profile = profile).await;
        let browser = Browser::new();
        let page = sign_in_as_leader(&stack, &browser, NEW_LEADER).await;
        let page = browser.submit_to(&page, "/users/join-organization", &[("siret", SOLO)]).await;
        let page = confirm_identity(&browser, &page, "solene-marchand-homonyme").await;
        let differing: Vec<&str> =
            page.body.lines().filter(|l| l.contains("<strong>différent")).collect();
        assert_eq!(differing.len(), 1, "{}", page.body);
        assert!(differing[0].contains("Date de naissance") && differing[0].contains("21/03/1984"));
        assert!(!page.body.contains("12/03/1984"), "what the register says stays there");

        let error = browser.open(&page.link("Continuer sur le service")).await;

        assert_eq!(error.hook("error-code"), "- code erreur : Y020032");
        let told = "login_required (Certification dirigeant: close match)";
        assert!(error.hook("error-message").contains(told), "{}", error.body);
        let back = browser.open(&error.link("Réessayer de vous connecter")).await;
        assert_eq!(Callback::of(&back).get("error"), "invalid_request", "{profile:?}");
    }
}

#[tokio::test]
async fn an_organisation_that_failed_is_not_chosen_by_itself_again() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    let page = sign_in_as_leader(&stack, &browser, CONFIRMED).await;
    let page = select(&browser, &page, DINUM).await;
    assert!(page.url.path().ends_with("organization-not-covered-error"), "{}", page.url);

    let again = browser.open(&page.link("Choisir une autre organisation")).await;
    assert_eq!(again.url.path(), SELECT);
    let page = select(&browser, &again, DINUM).await;
    assert!(page.url.path().ends_with("organization-not-covered-error"), "{}", page.url);

    // The membership itself is as good as before.
    let done = sign_in(&stack, &browser, CONFIRMED, &[]).await;
    assert_eq!(userinfo(&stack, &done).await["siret"], DINUM);
}

#[tokio::test]
async fn a_certification_is_checked_again_after_a_day_whatever_the_service_demands() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    stack.advance(DAY + 1);
    let done = sign_in(&stack, &browser, LEADER, &[]).await;
    assert_eq!(userinfo(&stack, &done).await["siret"], SOLO, "renewed without a word");

    // The register names somebody else from now on.
    let change = |config: &mut Config| {
        let solo = config.organisations.iter_mut().find(|known| known.siret.as_str() == SOLO);
        solo.expect("in the sample").leaders.clear();
    };
    stack.federation.change(change).expect("consistent");
    let done = sign_in(&stack, &Browser::new(), LEADER, &[]).await;
    assert_eq!(userinfo(&stack, &done).await["siret"], SOLO, "good for a day");
    stack.advance(DAY + 1);
    for changes in [vec![], vec![("claims", demand(&[CERTIFICATION]))]] {
        let browser = Browser::new();
        let changes: Vec<(&str, &str)> = changes.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let mut page = sign_in(&stack, &browser, LEADER, &changes).await;
        if page.url.path() == SELECT {
            page = select(&browser, &page, SOLO).await;
        }
        assert!(page.url.path().ends_with("no-match-error"), "{}", page.url);
        assert!(page.body.contains("Solène Marchand"), "{}", page.body);
    }
}

#[tokio::test]
async fn a_new_identity_is_compared_at_once() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    // Nobody waits for the certified leader; they say that they are somebody else.
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", LEADER)]).await;
    browser.submit(&page, &[("password", LEADER)]).await;
    stack.advance(60);
    let page = browser.open(&stack.identite(FRANCE_CONNECT)).await;
    confirm_identity(&browser, &page, "lea-fontaine").await;

    let page = sign_in(&stack, &browser, LEADER, &[]).await;

    assert!(page.url.path().ends_with("no-match-error"), "{}: {}", page.url, page.body);
}

#[tokio::test]
async fn a_certification_that_is_not_fresh_needs_a_fresh_identity() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    sign_in(&stack, &Browser::new(), LEADER, &[]).await;
    stack.advance(81 * DAY);

    let page = sign_in_as_leader(&stack, &browser, LEADER).await;
    let page = select(&browser, &page, SOLO).await;
    assert!(page.body.contains("<h1>Certifier votre statut</h1>"), "{}", page.body);
    let done = confirm_identity(&browser, &page, "solene-marchand").await;

    assert_eq!(id_token(&stack, &done).await["acr"], CERTIFICATION);
}

#[tokio::test]
async fn a_clock_that_is_moved_back_keeps_nobody_from_signing_in() {
    let (stack, browser) = (Stack::start().await, Browser::new());
    stack.advance(DAY);
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", LEADER)]).await;
    browser.submit(&page, &[("password", LEADER)]).await;
    let page = browser.open(&stack.identite(FRANCE_CONNECT)).await;
    confirm_identity(&browser, &page, "solene-marchand").await;

    stack.advance(-DAY);
    let done = sign_in(&stack, &Browser::new(), LEADER, &[]).await;

    assert_eq!(userinfo(&stack, &done).await["siret"], SOLO);
}

#[tokio::test]
async fn a_level_of_the_usual_kind_is_told_instead_of_the_certification() {
    let stack = Stack::with(production).await;
    for (email, levels, expected) in [
        (LEADER, &[CERTIFICATION, "eidas1"] as &[&str], "eidas1"),
        (CONFIRMED, &["eidas1", CERTIFICATION], "eidas1"),
        (EMPLOYEE, &["eidas0", CERTIFICATION], "eidas0"),
    ] {
        let page = sign_in(&stack, &Browser::new(), email, &[("claims", &demand(levels))]).await;
        assert_eq!(id_token(&stack, &page).await["acr"], expected, "{email} {levels:?}");
    }
}

#[tokio::test]
async fn the_certification_is_announced() {
    let stack = Stack::start().await;
    let discovery = stack.identite("/.well-known/openid-configuration");

    let answer = crate::support::client().get(discovery).send().await.expect("an answer");

    let document: Value = answer.json().await.expect("JSON");
    let announced = document["acr_values_supported"].as_array().expect("a list");
    assert_eq!(announced.last().expect("some"), CERTIFICATION);
}
