//! Owns the level that ProConnect Identité declares for a sign-in by password, and whether that
//! answers the request.

use super::organisations::Strength;
use crate::config::Profile;
use crate::protocol::{Acr, AuthorizationRequest, Requirement};

/// The level to declare, or nothing if the request cannot be satisfied.
pub(super) fn level(profile: Profile, request: &AuthorizationRequest) -> Option<Acr> {
    match profile {
        // Whatever is demanded beyond that is the federation's business: it adds its own
        // second factor to a plain sign-in.
        Profile::Synthesis2025 => Some(Acr::Eidas1),
        Profile::Production2026 => {
            let demanded = request.requirement();
            let legacy = request.acr_values == [Acr::Eidas1.as_str()];
            if legacy && demanded == Requirement::None {
                return Some(Acr::Eidas1);
            }
            // A declared identity, one factor, a moderated link to the organisation.
            demanded.is_met_by(Acr::Eidas0).then_some(Acr::Eidas0)
        }
    }
}

/// Whether a link of this strength is enough to sign in. In production someone whom nothing ties
/// to the organisation has to prove their identity with FranceConnect, which is not here.
pub(super) fn is_enough(profile: Profile, strength: Strength) -> bool {
    profile == Profile::Synthesis2025 || strength > Strength::Unverified
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::protocol::{ClaimsParameter, ReplyTo, ResponseMode, ScopeSet};

    fn request(essential: &str, acr_values: &str) -> AuthorizationRequest {
        let claims =
            format!(r#"{{"id_token":{{"acr":{{"essential":true,"values":[{essential}]}}}}}}"#);
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
            claims: if essential.is_empty() {
                ClaimsParameter::default()
            } else {
                ClaimsParameter::parse(&claims).expect("valid")
            },
            acr_values: acr_values.split_ascii_whitespace().map(str::to_owned).collect(),
            code_challenge: None,
            login_hint: None,
            hints: BTreeMap::new(),
            scenario: None,
        }
    }

    #[test]
    fn the_profile_decides_the_level() {
        use Profile::{Production2026, Synthesis2025};
        let rows = [
            ("2025, nothing asked", Synthesis2025, "", "", Some(Acr::Eidas1)),
            ("2025, eidas2 demanded", Synthesis2025, "\"eidas2\"", "", Some(Acr::Eidas1)),
            ("2026, nothing asked", Production2026, "", "", Some(Acr::Eidas0)),
            ("2026, eidas0 demanded", Production2026, "\"eidas0\"", "", Some(Acr::Eidas0)),
            ("2026, eidas1 demanded", Production2026, "\"eidas1\"", "", None),
            ("2026, eidas1 preferred", Production2026, "", "eidas1", Some(Acr::Eidas1)),
            ("2026, several preferred", Production2026, "", "eidas1 eidas2", Some(Acr::Eidas0)),
        ];
        for (row, profile, essential, acr_values, expected) in rows {
            assert_eq!(level(profile, &request(essential, acr_values)), expected, "{row}");
        }
    }
}
