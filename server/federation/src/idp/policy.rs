//! Owns what a sign-in at ProConnect Identité is worth, and what is missing for what the service
//! demands: a second factor, an identity that FranceConnect confirms, or nothing that could help.

use super::gate::SecondFactor;
use super::organisations::Strength;
use super::{Factors, Methods};
use crate::config::Profile;
use crate::protocol::{Acr, AuthorizationRequest, Requirement};

/// Who says what a person is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assurance {
    /// Only the person.
    Declared,
    /// FranceConnect, not long ago.
    Certified,
    /// FranceConnect, too long ago.
    Stale,
}

/// What is known of a sign-in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proof {
    pub(super) identity: Assurance,
    /// Whether two factors were shown.
    pub(super) strong: bool,
    /// What ties the person to the organisation for which they act.
    pub(super) link: Strength,
    /// Whether that has to be checked again.
    pub(super) outdated: bool,
}

/// What follows for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The service is told this level.
    Level(Acr),
    /// FranceConnect has to confirm the identity first.
    FranceConnect,
    /// The register has to name the person as a leader first.
    Certification,
    /// Nothing can satisfy the demand.
    Denied,
}

/// Whether a second factor is asked for.
///
/// Production asks for it if the service lists `eidas1-mfa` and not `eidas1`, and has it set up on
/// the spot. The synthesis asks for it if a plain sign-in does not do and the factor would; people
/// without one get the federation's code by email, which cannot add to a link by email.
pub(super) fn second_factor(
    profile: Profile,
    demand: &Requirement,
    methods: &Methods,
    factors: Factors,
) -> SecondFactor {
    if methods.are_strong() {
        return SecondFactor::NotNeeded;
    }
    let demanded = match profile {
        Profile::Synthesis2025 => {
            !demand.is_met_by(Acr::Eidas1) && STRONG_2025.iter().any(|acr| demand.is_met_by(*acr))
        }
        Profile::Production2026 => {
            *demand != Requirement::None
                && demand.is_met_by(Acr::Eidas1Mfa)
                && !demand.is_met_by(Acr::Eidas1)
        }
    };
    let enrolled_on_the_spot = profile == Profile::Production2026 || methods.are_email_only();
    if factors.exist() && (demanded || factors.everywhere) {
        SecondFactor::Use
    } else if demanded && enrolled_on_the_spot {
        SecondFactor::Enrol
    } else {
        SecondFactor::NotNeeded
    }
}

/// What two factors are worth in the synthesis, the best fit for most services first.
const STRONG_2025: [Acr; 2] = [Acr::Eidas1Mfa, Acr::Eidas2];

/// The level to declare, or what is missing for it.
pub(super) fn verdict(profile: Profile, request: &AuthorizationRequest, proof: Proof) -> Verdict {
    let demand = request.requirement();
    let certification = demands_only_certification(&demand);
    if certification || proof.outdated {
        // Without a fresh identity there is nobody to look for in the register.
        if proof.identity != Assurance::Certified {
            return Verdict::FranceConnect;
        }
        if proof.outdated || proof.link != Strength::Strong {
            return Verdict::Certification;
        }
        return Verdict::Level(Acr::CertificationDirigeant);
    }
    match profile {
        // Whatever is demanded beyond a plain sign-in is the federation's business: it adds its
        // own second factor.
        Profile::Synthesis2025 => Verdict::Level(level_2025(&demand, proof.strong)),
        Profile::Production2026 if proof.identity == Assurance::Stale => Verdict::FranceConnect,
        Profile::Production2026 => {
            let legacy = request.acr_values == [Acr::Eidas1.as_str()];
            if legacy && demand == Requirement::None {
                return Verdict::Level(Acr::Eidas1);
            }
            verdict_2026(&demand, proof)
        }
    }
}

/// Whether the certification of leaders is demanded, and no level of the usual kind.
pub(super) fn demands_only_certification(demand: &Requirement) -> bool {
    matches!(demand, Requirement::OneOf(levels) if levels.as_slice() == [Acr::CertificationDirigeant])
}

fn level_2025(demand: &Requirement, strong: bool) -> Acr {
    if !strong {
        return Acr::Eidas1;
    }
    // Who always shows two factors is not refused where one would do.
    let worth = STRONG_2025.into_iter().chain([Acr::Eidas1]);
    worth.into_iter().find(|acr| demand.is_met_by(*acr)).unwrap_or(Acr::Eidas1Mfa)
}

fn verdict_2026(demand: &Requirement, proof: Proof) -> Verdict {
    let meets = |proof| level_2026(proof).filter(|level| demand.is_met_by(*level));
    let at_best = |identity| meets(Proof { identity, strong: true, ..proof }).is_some();
    match meets(proof) {
        Some(level) => Verdict::Level(level),
        None if !at_best(proof.identity) && at_best(Assurance::Certified) => Verdict::FranceConnect,
        None => Verdict::Denied,
    }
}

/// Identity and link to the organisation make the number, two factors the suffix. Someone whom
/// nothing ties to the organisation has to be certified, and a leader, too.
fn level_2026(Proof { identity, strong, link, .. }: Proof) -> Option<Acr> {
    let certified = identity == Assurance::Certified;
    let substantial = match (certified, link) {
        (false, Strength::Weak) | (true, Strength::Unverified) => false,
        (true, Strength::Weak | Strength::Strong) => true,
        (false, Strength::Unverified | Strength::Strong) => return None,
    };
    Some(match (substantial, strong) {
        (false, false) => Acr::Eidas0,
        (false, true) => Acr::Eidas0Mfa,
        (true, false) => Acr::Eidas1,
        (true, true) => Acr::Eidas1Mfa,
    })
}

#[cfg(test)]
mod tests;
