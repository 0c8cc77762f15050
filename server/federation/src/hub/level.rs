//! Owns the decision about a sign-in's level: does it answer the demand as it is, would
//! ProConnect's own code by email make it do so, or is the demand refused?
//!
//! Invariant: the code is asked for only where its success grants the demand, so that nobody is
//! asked in vain or twice.

use crate::config::Profile;
use crate::protocol::{Acr, Requirement};

/// What is known about how a person signed in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence<'a> {
    /// The level that the identity provider declared.
    pub(super) acr: Acr,
    /// The methods that it declared.
    pub(super) amr: Option<&'a [String]>,
    /// Whether the person typed the code that ProConnect sent them.
    pub(super) email_verified: bool,
    /// Whether they typed a code that ProConnect Identité sent them, beside their password. The
    /// synthesis knows one code by email, so nobody types a second one.
    pub(super) identite_code: bool,
}

/// What follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// The service is told this level.
    Granted(Acr),
    /// A code by email would grant the demand.
    AskCode,
    /// Nothing here can satisfy the demand.
    Refused,
}

/// Decides.
pub(super) fn decide(
    profile: Profile,
    requirement: &Requirement,
    evidence: Evidence<'_>,
) -> Decision {
    if requirement.is_met_by(evidence.acr) {
        return Decision::Granted(evidence.acr);
    }
    // A provider that already sent a mail has used this factor up.
    let mail_is_new = evidence.amr.is_none_or(|amr| amr.iter().all(|method| method != "mail"));
    let code_typed =
        evidence.email_verified || (profile == Profile::Synthesis2025 && evidence.identite_code);
    match raised(profile, evidence.acr, requirement) {
        Some(level) if code_typed => Decision::Granted(level),
        Some(_) if mail_is_new => Decision::AskCode,
        _ => Decision::Refused,
    }
}

/// The demanded level that a code by email raises this one to.
fn raised(profile: Profile, acr: Acr, requirement: &Requirement) -> Option<Acr> {
    let worth: &[Acr] = match (profile, acr) {
        (Profile::Synthesis2025, Acr::Eidas0 | Acr::Eidas0Mfa | Acr::Eidas1 | Acr::Eidas1Mfa) => {
            &[Acr::Eidas1Mfa, Acr::Eidas2]
        }
        (Profile::Production2026, Acr::Eidas1) => &[Acr::Eidas1Mfa],
        (Profile::Production2026, Acr::Eidas0) => &[Acr::Eidas0Mfa],
        // A code by email adds nothing to what is already strong.
        _ => &[],
    };
    worth.iter().copied().find(|level| requirement.is_met_by(*level))
}

/// Whether a level that this profile grants is one that today's production would not grant.
pub(super) fn only_in_2025(
    profile: Profile,
    requirement: &Requirement,
    evidence: Evidence<'_>,
) -> bool {
    let granted = decide(profile, requirement, evidence);
    matches!(granted, Decision::Granted(_))
        && decide(Profile::Production2026, requirement, evidence) != granted
}

#[cfg(test)]
mod tests {
    use super::*;
    use Acr::{CertificationDirigeant, Eidas0, Eidas0Mfa, Eidas1, Eidas1Mfa, Eidas2, Eidas3};
    use Decision::{AskCode, Granted, Refused};
    use Profile::{Production2026, Synthesis2025};

    /// Profile, demanded levels (nothing: no demand), declared level, declared methods.
    type Row = (Profile, &'static [Acr], Acr, &'static [&'static str]);

    fn decision((profile, demanded, acr, amr): Row, email_verified: bool) -> (Decision, bool) {
        let requirement = if demanded.is_empty() {
            Requirement::None
        } else {
            Requirement::OneOf(demanded.into())
        };
        let amr: Vec<String> = amr.iter().map(|method| (*method).to_owned()).collect();
        let evidence = Evidence { acr, amr: Some(&amr), email_verified, identite_code: false };
        (decide(profile, &requirement, evidence), only_in_2025(profile, &requirement, evidence))
    }

    #[test]
    fn profile_demand_and_evidence_decide_the_level() {
        // Each row with its decision before and after the code.
        let rows: &[(Row, Decision, Decision)] = &[
            // Without a demand the provider's level stands, whatever it is.
            ((Synthesis2025, &[], Eidas1, &["pwd"]), Granted(Eidas1), Granted(Eidas1)),
            ((Production2026, &[], Eidas0, &["pwd"]), Granted(Eidas0), Granted(Eidas0)),
            // A demand that the provider's level meets needs no code.
            ((Production2026, &[Eidas1], Eidas1, &["pwd"]), Granted(Eidas1), Granted(Eidas1)),
            ((Production2026, &[Eidas2, Eidas3], Eidas3, &[]), Granted(Eidas3), Granted(Eidas3)),
            ((Synthesis2025, &[Eidas2], Eidas2, &["pwd"]), Granted(Eidas2), Granted(Eidas2)),
            // Production: the code is worth the same level with a second factor.
            ((Production2026, &[Eidas1Mfa], Eidas1, &["pwd"]), AskCode, Granted(Eidas1Mfa)),
            ((Production2026, &[Eidas0Mfa], Eidas0, &["pwd"]), AskCode, Granted(Eidas0Mfa)),
            (
                (Production2026, &[Eidas0Mfa, Eidas1Mfa, Eidas2, Eidas3], Eidas1, &["pwd"]),
                AskCode,
                Granted(Eidas1Mfa),
            ),
            // Never a level of another identity, never eidas2.
            ((Production2026, &[Eidas1Mfa], Eidas0, &["pwd"]), Refused, Refused),
            ((Production2026, &[Eidas0Mfa], Eidas1, &["pwd"]), Refused, Refused),
            ((Production2026, &[Eidas2, Eidas3], Eidas1, &["pwd"]), Refused, Refused),
            ((Production2026, &[Eidas2], Eidas1Mfa, &["pwd", "otp"]), Refused, Refused),
            // The real system asks for a code in vain here, without end.
            ((Production2026, &[Eidas1Mfa], Eidas2, &["pwd"]), Refused, Refused),
            // The synthesis: the first of eidas1-mfa and eidas2 that the service accepts.
            ((Synthesis2025, &[Eidas2], Eidas1, &["pwd"]), AskCode, Granted(Eidas2)),
            ((Synthesis2025, &[Eidas2, Eidas3], Eidas1, &["pwd"]), AskCode, Granted(Eidas2)),
            ((Synthesis2025, &[Eidas2, Eidas1Mfa], Eidas1, &[]), AskCode, Granted(Eidas1Mfa)),
            ((Synthesis2025, &[Eidas2], Eidas0, &["pwd"]), AskCode, Granted(Eidas2)),
            ((Synthesis2025, &[Eidas2], Eidas1Mfa, &["pwd", "otp"]), AskCode, Granted(Eidas2)),
            ((Synthesis2025, &[Eidas3], Eidas1, &["pwd"]), Refused, Refused),
            ((Synthesis2025, &[Eidas0], Eidas1, &["pwd"]), Refused, Refused),
            ((Synthesis2025, &[Eidas2], Eidas3, &["pwd"]), Refused, Refused),
            ((Synthesis2025, &[CertificationDirigeant], Eidas1, &["pwd"]), Refused, Refused),
        ];
        for (row, before, after) in rows {
            assert_eq!(decision(*row, false).0, *before, "{row:?}");
            assert_eq!(decision(*row, true).0, *after, "{row:?}, with the code");
        }
    }

    #[test]
    fn a_provider_that_sent_a_mail_has_used_the_factor_up() {
        let amr = ["pwd".to_owned(), "mail".to_owned()];
        let rows = [
            (Production2026, false, Refused),
            (Production2026, true, Refused),
            (Synthesis2025, false, Refused),
            // In the synthesis the code of ProConnect Identité is that of ProConnect.
            (Synthesis2025, true, Granted(Eidas1Mfa)),
        ];
        for (profile, identite_code, expected) in rows {
            let evidence =
                Evidence { acr: Eidas1, amr: Some(&amr), email_verified: false, identite_code };
            let requirement = Requirement::OneOf(vec![Eidas1Mfa]);
            assert_eq!(decide(profile, &requirement, evidence), expected, "{profile:?}");
        }
    }

    #[test]
    fn an_empty_set_of_known_levels_is_met_by_nothing() {
        let evidence =
            Evidence { acr: Eidas1, amr: None, email_verified: false, identite_code: false };
        for profile in [Synthesis2025, Production2026] {
            assert_eq!(decide(profile, &Requirement::OneOf(Vec::new()), evidence), Refused);
        }
    }

    #[test]
    fn what_production_would_refuse_is_told() {
        let rows: &[(Row, bool)] = &[
            ((Synthesis2025, &[Eidas2], Eidas1, &["pwd"]), true),
            ((Synthesis2025, &[Eidas1Mfa], Eidas0, &["pwd"]), true),
            ((Synthesis2025, &[Eidas1Mfa], Eidas1, &["pwd"]), false),
            ((Synthesis2025, &[Eidas2], Eidas2, &["pwd"]), false),
            ((Synthesis2025, &[Eidas3], Eidas1, &["pwd"]), false),
            ((Production2026, &[Eidas1Mfa], Eidas1, &["pwd"]), false),
        ];
        for (row, told) in rows {
            assert_eq!(decision(*row, true).1, *told, "{row:?}");
        }
    }
}
