//! The tables of levels, row by row.

use std::collections::BTreeMap;

use super::*;
use crate::idp::Method;
use crate::protocol::{ClaimsParameter, ReplyTo, ResponseMode, ScopeSet};
use Acr::{CertificationDirigeant, Eidas0, Eidas0Mfa, Eidas1, Eidas1Mfa, Eidas2, Eidas3};
use Assurance::{Certified, Declared, Stale};
use Profile::{Production2026, Synthesis2025};
use Strength::{Strong, Unverified, Weak};
use Verdict::{Certification, Denied, FranceConnect, Level};

fn request(demanded: &[Acr], acr_values: &str) -> AuthorizationRequest {
    let values: Vec<&str> = demanded.iter().map(|acr| acr.as_str()).collect();
    let claims = serde_json::json!({"id_token": {"acr": {"essential": true, "values": values}}});
    AuthorizationRequest {
        client_id: "hub".to_owned(),
        reply_to: ReplyTo {
            redirect_uri: "https://hub/cb".to_owned(),
            mode: ResponseMode::Query,
            state: None,
        },
        scope: ScopeSet::default(),
        nonce: None,
        prompt: Vec::new(),
        claims: if demanded.is_empty() {
            ClaimsParameter::default()
        } else {
            ClaimsParameter::parse(&claims.to_string()).expect("valid")
        },
        acr_values: acr_values.split_ascii_whitespace().map(str::to_owned).collect(),
        code_challenge: None,
        login_hint: None,
        hints: BTreeMap::new(),
        scenario: None,
    }
}

/// What a list of demanded levels comes to, signing in by password and doing what is asked.
#[derive(Debug, PartialEq, Eq)]
struct Way {
    factor: bool,
    france_connect: bool,
    end: Option<Acr>,
}

/// Walks the whole way of a person in production.
fn walk(demanded: &[Acr], identity: Assurance, link: Strength) -> Way {
    let request = request(demanded, "");
    let methods: Methods = [Method::Password].into_iter().collect();
    let factor = second_factor(
        Production2026,
        &request.requirement(),
        &methods,
        Factors { totp: true, ..Factors::default() },
    );
    let factor = factor == SecondFactor::Use;
    let mut proof = Proof { identity, strong: factor, link, outdated: false };
    let mut france_connect = false;
    let end = loop {
        match verdict(Production2026, &request, proof) {
            Level(level) => break Some(level),
            Denied | Certification => break None,
            FranceConnect => {
                assert!(!france_connect, "asked twice");
                (france_connect, proof.identity) = (true, Certified);
            }
        }
    };
    Way { factor, france_connect, end }
}

#[test]
fn production_leads_people_to_these_levels() {
    const MFA: &[Acr] = &[Eidas0Mfa, Eidas1Mfa, Eidas2, Eidas3];
    // Each list: an ordinary employee, somebody whom nothing ties to the organisation, and an
    // employee whom FranceConnect knows.
    type Row = (&'static [Acr], [(&'static str, Option<Acr>); 3]);
    let rows: [Row; 9] = [
        (&[], [("", Some(Eidas0)), ("fc", Some(Eidas0)), ("", Some(Eidas1))]),
        (&[Eidas0], [("", Some(Eidas0)), ("", None), ("", None)]),
        (&[Eidas0, Eidas0Mfa], [("", Some(Eidas0)), ("fc", Some(Eidas0)), ("", None)]),
        (&[Eidas1], [("", None), ("", None), ("", Some(Eidas1))]),
        (
            &[Eidas1, Eidas1Mfa, Eidas2, Eidas3],
            [("fc", Some(Eidas1)), ("", None), ("", Some(Eidas1))],
        ),
        (
            &[Eidas0, Eidas0Mfa, Eidas1, Eidas1Mfa],
            [("", Some(Eidas0)), ("fc", Some(Eidas0)), ("", Some(Eidas1))],
        ),
        (MFA, [("2fa", Some(Eidas0Mfa)), ("2fa fc", Some(Eidas0Mfa)), ("2fa", Some(Eidas1Mfa))]),
        (&[Eidas1Mfa], [("2fa fc", Some(Eidas1Mfa)), ("2fa", None), ("2fa", Some(Eidas1Mfa))]),
        (&[Eidas2, Eidas3], [("", None), ("", None), ("", None)]),
    ];
    for (demanded, ways) in rows {
        let people = [(Declared, Weak), (Declared, Unverified), (Certified, Weak)];
        for ((identity, link), (steps, end)) in people.into_iter().zip(ways) {
            let expected =
                Way { factor: steps.contains("2fa"), france_connect: steps.contains("fc"), end };
            assert_eq!(
                walk(demanded, identity, link),
                expected,
                "{demanded:?} {identity:?} {link:?}"
            );
        }
    }
}

#[test]
fn identity_link_and_factors_make_the_level_of_production() {
    let rows = [
        (Declared, Unverified, None),
        (Declared, Weak, Some((Eidas0, Eidas0Mfa))),
        (Declared, Strong, None),
        (Certified, Unverified, Some((Eidas0, Eidas0Mfa))),
        (Certified, Weak, Some((Eidas1, Eidas1Mfa))),
        (Certified, Strong, Some((Eidas1, Eidas1Mfa))),
    ];
    for (identity, link, expected) in rows {
        let found = |strong| level_2026(Proof { identity, strong, link, outdated: false });
        assert_eq!(found(false), expected.map(|(weak, _)| weak), "{identity:?} {link:?}");
        assert_eq!(found(true), expected.map(|(_, strong)| strong), "{identity:?} {link:?}");
    }
    let stale = Proof { identity: Stale, strong: false, link: Weak, outdated: false };
    assert_eq!(verdict(Production2026, &request(&[], ""), stale), FranceConnect);
}

#[test]
fn what_is_only_preferred_is_honoured_in_one_case() {
    let plain = Proof { identity: Declared, strong: false, link: Weak, outdated: false };
    let rows = [
        (Production2026, &[] as &[Acr], "eidas1", Level(Eidas1)),
        (Production2026, &[], "eidas1 eidas2", Level(Eidas0)),
        (Production2026, &[Eidas0], "eidas1", Level(Eidas0)),
        (Synthesis2025, &[], "eidas2", Level(Eidas1)),
    ];
    for (profile, demanded, preferred, expected) in rows {
        let found = verdict(profile, &request(demanded, preferred), plain);
        assert_eq!(found, expected, "{demanded:?} {preferred}");
    }
}

#[test]
fn the_synthesis_takes_a_factor_for_the_first_level_that_the_service_accepts() {
    // Nothing ties this person to the organisation: the synthesis does not mind.
    let proof = |strong| Proof { identity: Declared, strong, link: Unverified, outdated: false };
    let rows: [(&[Acr], Acr, Acr); 7] = [
        (&[], Eidas1, Eidas1Mfa),
        (&[Eidas1], Eidas1, Eidas1),
        (&[Eidas1Mfa], Eidas1, Eidas1Mfa),
        (&[Eidas2], Eidas1, Eidas2),
        (&[Eidas2, Eidas3, Eidas1Mfa], Eidas1, Eidas1Mfa),
        // The federation refuses what is out of reach.
        (&[Eidas3], Eidas1, Eidas1Mfa),
        (&[CertificationDirigeant, Eidas2], Eidas1, Eidas2),
    ];
    for (demanded, weak, strong) in rows {
        let found = |is_strong| verdict(Synthesis2025, &request(demanded, ""), proof(is_strong));
        assert_eq!(found(false), Level(weak), "{demanded:?}");
        assert_eq!(found(true), Level(strong), "{demanded:?}");
    }
}

const ONLY: &[Acr] = &[CertificationDirigeant];

#[test]
fn leaders_are_certified_if_nothing_else_is_demanded() {
    let leader = Proof { identity: Certified, strong: false, link: Strong, outdated: false };
    let weak = Proof { link: Weak, ..leader };
    let outdated = Proof { outdated: true, ..leader };
    let unknown = |proof| Proof { identity: Declared, ..proof };
    let stale = |proof| Proof { identity: Stale, ..proof };
    // Each demand and proof with what follows in the synthesis and in production.
    let rows: [(&[Acr], Proof, Verdict, Verdict); 14] = [
        (ONLY, leader, Level(CertificationDirigeant), Level(CertificationDirigeant)),
        (ONLY, weak, Certification, Certification),
        (ONLY, outdated, Certification, Certification),
        (ONLY, unknown(leader), FranceConnect, FranceConnect),
        (ONLY, stale(weak), FranceConnect, FranceConnect),
        (
            ONLY,
            Proof { strong: true, ..leader },
            Level(CertificationDirigeant),
            Level(CertificationDirigeant),
        ),
        // A level of the usual kind in the list is told instead.
        (&[CertificationDirigeant, Eidas1], leader, Level(Eidas1), Level(Eidas1)),
        (&[CertificationDirigeant, Eidas1Mfa], leader, Level(Eidas1), Denied),
        (
            &[CertificationDirigeant, Eidas0Mfa, Eidas1Mfa],
            Proof { strong: true, ..leader },
            Level(Eidas1Mfa),
            Level(Eidas1Mfa),
        ),
        // A leader's link is checked for services that do not demand it, too.
        (&[], leader, Level(Eidas1), Level(Eidas1)),
        (&[], outdated, Certification, Certification),
        (&[Eidas1], unknown(outdated), FranceConnect, FranceConnect),
        (&[], unknown(weak), Level(Eidas1), Level(Eidas0)),
        (&[], stale(weak), Level(Eidas1), FranceConnect),
    ];
    for (demanded, proof, synthesis, production) in rows {
        for (profile, expected) in [(Synthesis2025, synthesis), (Production2026, production)] {
            let found = verdict(profile, &request(demanded, ""), proof);
            assert_eq!(found, expected, "{profile:?} {demanded:?} {proof:?}");
        }
    }
}

#[test]
fn service_and_person_decide_about_the_second_factor() {
    use SecondFactor::{Enrol, NotNeeded, Use};
    const NONE: Factors = Factors { totp: false, passkey: false, everywhere: false };
    const SOME: Factors = Factors { totp: true, ..NONE };
    const ALWAYS: Factors = Factors { everywhere: true, ..SOME };
    // Demanded levels, with what each profile asks of somebody without a factor, with one on
    // demand, and with one for every service.
    type Row = (&'static [Acr], [SecondFactor; 3], [SecondFactor; 3]);
    let rows: [Row; 8] = [
        (&[], [NotNeeded, NotNeeded, Use], [NotNeeded, NotNeeded, Use]),
        (&[Eidas1], [NotNeeded, NotNeeded, Use], [NotNeeded, NotNeeded, Use]),
        (&[Eidas1, Eidas1Mfa], [NotNeeded, NotNeeded, Use], [NotNeeded, NotNeeded, Use]),
        (&[Eidas1Mfa], [NotNeeded, Use, Use], [Enrol, Use, Use]),
        (&[Eidas1Mfa, Eidas2, Eidas3], [NotNeeded, Use, Use], [Enrol, Use, Use]),
        (&[Eidas2, Eidas3], [NotNeeded, Use, Use], [NotNeeded, NotNeeded, Use]),
        (&[Eidas0Mfa], [NotNeeded, NotNeeded, Use], [NotNeeded, NotNeeded, Use]),
        (&[CertificationDirigeant], [NotNeeded, NotNeeded, Use], [NotNeeded, NotNeeded, Use]),
    ];
    let password: Methods = [Method::Password].into_iter().collect();
    let strong: Methods = [Method::Password, Method::Totp].into_iter().collect();
    for (demanded, synthesis, production) in rows {
        let demand = request(demanded, "").requirement();
        for (profile, expected) in [(Synthesis2025, synthesis), (Production2026, production)] {
            for (factors, expected) in [NONE, SOME, ALWAYS].into_iter().zip(expected) {
                let found = second_factor(profile, &demand, &password, factors);
                assert_eq!(found, expected, "{profile:?} {demanded:?} {factors:?}");
                let again = second_factor(profile, &demand, &strong, factors);
                assert_eq!(again, NotNeeded, "{profile:?} {demanded:?}: once a session");
            }
        }
    }
}

#[test]
fn who_came_by_a_link_sets_up_a_factor_in_the_synthesis_too() {
    let link: Methods = [Method::EmailLink].into_iter().collect();
    let demand = request(&[Eidas2], "").requirement();

    let found = second_factor(Synthesis2025, &demand, &link, Factors::default());

    assert_eq!(found, SecondFactor::Enrol);
}
