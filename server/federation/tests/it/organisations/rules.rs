//! Who may join what, as people meet it.

use federation::{DomainStatus, EmailDomain, FreeEmails, Profile};

use super::{GRANDS_TRAVAUX, LYON, NANTES, add_person, claims, join, sign_in, stack_with};
use crate::leaders::confirm_identity;
use crate::support::{Browser, Page, Stack};

const ASSOCIATION: &str = "99990019400013";
const LARGE_ASSOCIATION: &str = "99990020200014";
const ONE_PERSON: &str = "99990018600019";
const SERVICES: &str = "99990009500012";

/// Where someone with this address gets who wants to join.
async fn joined(email: &str, siret: &str, free: FreeEmails) -> (Stack, Browser, Page) {
    let stack = Stack::with(|config| {
        add_person(config, email);
        config.identite.free_emails = free;
    })
    .await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, email, &[]).await;
    let page = join(&browser, &page, siret).await;
    (stack, browser, page)
}

#[tokio::test]
async fn free_addresses_join_small_structures_and_no_public_body() {
    let rows = [
        ("lou@gmail.com", ONE_PERSON, "/users/welcome"),
        ("lou@gmail.com", ASSOCIATION, "/users/welcome"),
        ("lou@gmail.com", SERVICES, "/users/access-restricted-to-public-sector-email"),
        ("lou@gmail.com", LARGE_ASSOCIATION, "/users/join-organization-confirm"),
        ("lou@pro.example", ASSOCIATION, "/users/unable-to-auto-join-organization"),
        ("lou@pro.example", SERVICES, "/users/welcome"),
    ];
    for (email, siret, expected) in rows {
        let (_stack, _, page) = joined(email, siret, FreeEmails::Listed).await;
        assert_eq!(page.url.path(), expected, "{email} {siret}");
    }
}

#[tokio::test]
async fn a_large_organisation_is_joined_with_a_free_address_by_who_insists() {
    let (_stack, browser, page) =
        joined("lou@gmail.com", LARGE_ASSOCIATION, FreeEmails::Listed).await;
    assert!(page.body.contains("Corriger l’email"));

    let page = browser.submit(&page, &[]).await;

    assert_eq!(page.url.path(), "/users/unable-to-auto-join-organization");
}

#[tokio::test]
async fn addresses_of_the_state_join_public_bodies_only() {
    let (stack, browser, page) =
        joined("lou@culture.gouv.fr", "41816609600069", FreeEmails::Listed).await;
    assert_eq!(page.url.path(), "/users/access-restricted-to-private-sector-email");
    assert!(page.body.contains("<title>Email non autorisé - ProConnect</title>"));

    let again = browser.open(&page.link("Changer d’organisation")).await;
    let welcome = join(&browser, &again, LYON).await;
    let done = browser.submit(&welcome, &[]).await;

    assert_eq!(claims(&stack, &done).await["siret"], LYON);
}

#[tokio::test]
async fn a_verified_domain_is_suggested_and_a_refused_one_is_kept_out() {
    let stack = stack_with("lou@grands-travaux.example").await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, "lou@grands-travaux.example", &[]).await;
    assert_eq!(page.url.path(), "/users/organization-suggestions");
    assert!(page.body.contains("Societe des grands travaux inventes"));
    let welcome = browser.submit(&page, &[]).await;
    let done = browser.submit(&welcome, &[]).await;
    assert_eq!(claims(&stack, &done).await["siret"], GRANDS_TRAVAUX);

    let (_stack, _, page) = joined("lou@interdit.example", GRANDS_TRAVAUX, FreeEmails::None).await;
    assert_eq!(page.url.path(), "/users/domain-refused-for-organization");
    assert!(page.body.contains("Accès restreint"));
}

#[tokio::test]
async fn an_organisation_may_admit_listed_domains_only() {
    let (_stack, _, page) = joined("lou@ville.example", "11000201100044", FreeEmails::None).await;

    assert_eq!(page.url.path(), "/users/domain-not-allowed-for-organization");
}

#[tokio::test]
async fn contractors_are_external() {
    let stack = Stack::with(|config| {
        add_person(config, "lou@contractor.example");
        let organisation = config.organisations.first_mut().expect("the sample has some");
        organisation.domains.push(EmailDomain {
            domain: "contractor.example".to_owned(),
            status: DomainStatus::External,
        });
    })
    .await;
    let browser = Browser::new();
    let page = sign_in(&stack, &browser, "lou@contractor.example", &[]).await;
    let welcome = browser.submit(&page, &[]).await;

    let done = browser.submit(&welcome, &[]).await;

    assert_eq!(claims(&stack, &done).await["siret"], "21920023500014");
}

#[tokio::test]
async fn production_wants_more_than_a_persons_word() {
    for (profile, siret, asked) in [
        (Profile::Synthesis2025, ONE_PERSON, false),
        (Profile::Production2026, ONE_PERSON, true),
        (Profile::Production2026, NANTES, false),
    ] {
        let stack = Stack::with(|config| {
            add_person(config, "lou@pro.example");
            config.profile = profile;
        })
        .await;
        let browser = Browser::new();
        let page = sign_in(&stack, &browser, "lou@pro.example", &[]).await;

        let mut page = join(&browser, &page, siret).await;
        assert_eq!(page.url.path() == "/users/franceconnect", asked, "{profile:?} {siret}");
        if asked {
            page = confirm_identity(&browser, &page, "lea-fontaine").await;
        }
        assert_eq!(page.url.path(), "/users/welcome", "{profile:?} {siret}: {}", page.body);
        let done = browser.submit(&page, &[]).await;

        let claims = claims(&stack, &done).await;
        assert_eq!(claims["siret"], siret, "{profile:?}");
        let name = if asked { "Fontaine" } else { "Martin" };
        assert_eq!(claims["usual_name"], name, "{profile:?} {siret}");
    }
}
