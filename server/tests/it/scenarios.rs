//! Every scenario of the local ProConnect against the application: it does what the scenario's
//! text asks of a good service.

use crate::support::proconnect::{Stack, identify};

/// What comes of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    SignedIn,
    Refused,
}

use Expected::{Refused, SignedIn};

/// Each scenario with what the sign-in asks for in addition.
///
/// `slow-token` is missing: it takes as long as the application's patience, which the scripted
/// provider tests with a deadline of its own.
const SCENARIOS: [(&str, &str, Expected); 24] = [
    // First, because keys are not fetched again so soon after an unknown one.
    ("key-rotation", "", SignedIn),
    ("user-cancels", "", Refused),
    ("provider-down", "", Refused),
    ("server-error", "", Refused),
    ("wrong-state", "", Refused),
    ("wrong-response-issuer", "", Refused),
    ("expired-code", "", Refused),
    ("token-error", "", Refused),
    ("wrong-nonce", "", Refused),
    ("wrong-issuer", "", Refused),
    ("wrong-audience", "", Refused),
    ("bad-signature", "", Refused),
    ("unsigned-token", "", Refused),
    ("unknown-key", "", Refused),
    ("expired-token", "", Refused),
    ("small-clock-skew", "", SignedIn),
    ("large-clock-skew", "", Refused),
    ("lower-level", "", SignedIn),
    ("lower-level", "&acr=eidas2", Refused),
    ("new-sub", "", SignedIn),
    ("userinfo-sub-mismatch", "", Refused),
    ("missing-claims", "", SignedIn),
    ("userinfo-error", "", Refused),
    ("session-ended", "", SignedIn),
];

#[tokio::test]
async fn the_application_behaves_as_every_scenario_asks() {
    let stack = Stack::start().await;
    for (scenario, asked, expected) in SCENARIOS {
        let mut journey = stack.journey();
        stack.arm(scenario).await;

        let form = identify(&mut journey, "test@fia1.fr", asked).await;
        let page = match form.link("Réessayer de vous connecter") {
            Some(back) => journey.open(&back).await,
            None if form.url.path().starts_with("/fia1/") => journey.submit(&form, &[]).await,
            None => form,
        };

        let signed_in = journey.session().await["state"] == "signed_in";
        let outcome = if signed_in { SignedIn } else { Refused };
        assert_eq!(outcome, expected, "{scenario}{asked}: {} {}", page.status, page.url);
        if expected == SignedIn {
            assert_eq!((page.status, page.url.path()), (200, "/compte"), "{scenario}");
        } else {
            assert!(page.body.contains("href=\"/connexion"), "{scenario} offers a way on");
            assert!(!page.body.contains("invalid_"), "{scenario} shows no technical error");
        }
    }
}

#[tokio::test]
async fn the_sign_in_after_a_failed_one_succeeds() {
    let stack = Stack::start().await;
    let mut journey = stack.journey();
    stack.arm("wrong-nonce").await;
    let form = identify(&mut journey, "test@fia1.fr", "").await;
    journey.submit(&form, &[]).await;
    assert_eq!(journey.session().await["state"], "anonymous");

    journey.open("/auth/login?return_to=%2Fcompte").await;

    assert_eq!(journey.session().await["state"], "signed_in", "ProConnect's session is reused");
}
