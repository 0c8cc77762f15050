//! The contract between the interface and its server.

use app::wire::{
    AnonymousView, ApiProblem, IdentityView, LevelView, OrganisationView, ProviderView,
    SessionView, SignedInView,
};
use serde_json::json;

fn signed_in() -> SessionView {
    SessionView::SignedIn(Box::new(SignedInView {
        identity: IdentityView {
            given_name: Some("Camille".to_owned()),
            usual_name: Some("Dubois".to_owned()),
            email: Some("camille.dubois@ville.test".to_owned()),
            phone_number: None,
            details: Vec::new(),
        },
        organisation: OrganisationView {
            label: Some("Commune de Clamart - Mairie".to_owned()),
            siret: Some("21920023500014".to_owned()),
            roles: vec!["agent_public".to_owned()],
        },
        provider: ProviderView { idp_id: Some("fia1".to_owned()), name: None },
        level: LevelView { acr: Some("eidas1".to_owned()), amr: vec!["pwd".to_owned()] },
        signed_in_at: 1_787_000_000,
        expires_at: 1_787_043_200,
        ends_at: 1_787_043_200,
        read_at: 1_787_000_000,
        now: 1_787_000_000,
        person: "0123456789abcdef".to_owned(),
    }))
}

#[test]
fn a_signed_in_session_travels_unchanged() {
    let sent = signed_in();

    let text = serde_json::to_string(&sent).expect("a session serialises");
    let received: SessionView = serde_json::from_str(&text).expect("and is understood");

    assert_eq!(received, sent);
    assert!(
        text.starts_with(r#"{"state":"signed_in","identity":{"given_name":"Camille""#),
        "{text}"
    );
}

#[test]
fn an_anonymous_session_is_only_its_state() {
    let sent = serde_json::to_value(SessionView::Anonymous(AnonymousView::default()))
        .expect("a session serialises");

    assert_eq!(sent, json!({ "state": "anonymous" }));
    let received: SessionView = serde_json::from_value(sent).expect("and is understood");
    assert_eq!(received, SessionView::Anonymous(AnonymousView::default()));
}

#[test]
fn claims_may_be_missing() {
    let sent = json!({
        "state": "signed_in",
        "identity": {}, "organisation": {}, "provider": {}, "level": {},
        "signed_in_at": 0, "expires_at": 0,
    });

    let received: SessionView = serde_json::from_value(sent).expect("nothing is compulsory");

    let SessionView::SignedIn(view) = received else { panic!("signed in") };
    assert_eq!(view.identity, IdentityView::default());
    assert_eq!(view.organisation.roles, Vec::<String>::new());
}

#[test]
fn an_unknown_state_is_refused() {
    assert!(serde_json::from_value::<SessionView>(json!({ "state": "root" })).is_err());
}

#[test]
fn a_problem_travels_as_its_name_alone() {
    for (problem, name) in [
        (ApiProblem::SignedOut, "signed_out"),
        (ApiProblem::SessionExpired, "session_expired"),
        (ApiProblem::SessionRevoked, "session_revoked"),
        (ApiProblem::Unknown, "unknown"),
        (ApiProblem::EndedByProvider, "ended_by_provider"),
        (ApiProblem::AccessRefused, "access_refused"),
        (ApiProblem::LevelInsufficient, "level_insufficient"),
        (ApiProblem::OtherPerson, "other_person"),
        (ApiProblem::ProviderUnavailable, "provider_unavailable"),
        (ApiProblem::Unavailable, "unavailable"),
        (ApiProblem::TooManyRequests, "too_many_requests"),
        (ApiProblem::Unreachable, "unreachable"),
        (ApiProblem::Outdated, "outdated"),
        (ApiProblem::Internal, "internal"),
    ] {
        let sent = serde_json::to_value(problem).expect("a problem serialises");

        assert_eq!(sent, json!(name));
        assert_eq!(problem.code(), format!("api.{name}"));
        assert_eq!(serde_json::from_value::<ApiProblem>(sent).ok(), Some(problem));
    }
}

#[test]
fn people_are_named_as_well_as_possible() {
    let name = |given: Option<&str>, usual: Option<&str>, email: Option<&str>| {
        let owned = |value: Option<&str>| value.map(ToOwned::to_owned);
        IdentityView {
            given_name: owned(given),
            usual_name: owned(usual),
            email: owned(email),
            phone_number: None,
            details: Vec::new(),
        }
        .display_name()
    };

    assert_eq!(name(Some("Ada"), Some("Martin"), Some("a@b.test")).as_deref(), Some("Ada Martin"));
    assert_eq!(name(None, Some("Martin"), None).as_deref(), Some("Martin"));
    assert_eq!(name(Some("Ada"), None, None).as_deref(), Some("Ada"));
    assert_eq!(name(None, None, Some("a@b.test")).as_deref(), Some("a@b.test"));
    assert_eq!(name(None, None, None), None);
}
