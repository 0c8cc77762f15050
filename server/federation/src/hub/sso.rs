//! Owns the rule that lets a person in without a new sign-in: when may the session of an
//! earlier one be reused?

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::level::{Decision, Evidence, decide};
use crate::config::Profile;
use crate::protocol::{Acr, AuthorizationRequest, Requirement};

/// A completed sign-in, as the hub's session remembers it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Login {
    /// The interaction in which the person signed in.
    pub(crate) interaction: String,
    pub(crate) provider_uid: String,
    /// The person's identifier for all services.
    pub(crate) sub: String,
    pub(crate) email: String,
    pub(crate) acr: Acr,
    pub(crate) amr: Option<Vec<String>>,
    /// Whether the person typed the code that ProConnect sent them.
    #[serde(default)]
    pub(crate) email_verified: bool,
    /// Whether the person typed a code of ProConnect Identité beside their password.
    #[serde(default)]
    pub(crate) identite_code: bool,
    /// Whether the organisation is a public one.
    pub(crate) is_public: bool,
    /// SIRET, for the page that explains a refusal.
    pub(crate) siret: String,
    pub(crate) organisation_label: Option<String>,
    /// Everything that scopes may release.
    pub(crate) claims: Map<String, Value>,
    /// The provider's ID token, needed to sign out there.
    pub(crate) id_token: String,
}

impl Login {
    /// What the level is decided by.
    pub(super) fn evidence(&self) -> Evidence<'_> {
        let Self { acr, email_verified, identite_code, .. } = *self;
        Evidence { acr, amr: self.amr.as_deref(), email_verified, identite_code }
    }
}

/// Whether an earlier sign-in answers this request.
pub(crate) fn is_reusable(login: &Login, request: &AuthorizationRequest, profile: Profile) -> bool {
    let same_provider = request.hint("idp_hint").is_none_or(|uid| uid == login.provider_uid);
    let same_person = request.login_hint.as_deref().is_none_or(|hint| hint == login.email);
    same_provider && same_person && level_suffices(login, &request.requirement(), profile)
}

/// A demanded level must be met, and the two highest always take a new sign-in.
fn level_suffices(login: &Login, requirement: &Requirement, profile: Profile) -> bool {
    match decide(profile, requirement, login.evidence()) {
        Decision::Granted(level) => {
            *requirement == Requirement::None || !matches!(level, Acr::Eidas2 | Acr::Eidas3)
        }
        Decision::AskCode | Decision::Refused => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::protocol::{ClaimsParameter, ReplyTo, ResponseMode, ScopeSet};

    fn login(acr: Acr) -> Login {
        Login {
            interaction: "i".to_owned(),
            provider_uid: "fia1".to_owned(),
            sub: "s".to_owned(),
            email: "test@fia1.fr".to_owned(),
            acr,
            amr: None,
            email_verified: false,
            identite_code: false,
            is_public: true,
            siret: "21920023500014".to_owned(),
            organisation_label: None,
            claims: Map::new(),
            id_token: String::new(),
        }
    }

    fn request(
        idp_hint: Option<&str>,
        login_hint: Option<&str>,
        essential: Option<&str>,
    ) -> AuthorizationRequest {
        let claims = essential.map_or_else(ClaimsParameter::default, |values| {
            let json =
                format!(r#"{{"id_token":{{"acr":{{"essential":true,"values":[{values}]}}}}}}"#);
            ClaimsParameter::parse(&json).expect("valid")
        });
        AuthorizationRequest {
            client_id: "rp".to_owned(),
            reply_to: ReplyTo {
                redirect_uri: "https://rp/cb".to_owned(),
                mode: ResponseMode::Query,
                state: None,
            },
            scope: ScopeSet::default(),
            nonce: None,
            prompt: Vec::new(),
            claims,
            acr_values: Vec::new(),
            code_challenge: None,
            login_hint: login_hint.map(str::to_owned),
            hints: idp_hint
                .map(|uid| BTreeMap::from([("idp_hint".to_owned(), uid.to_owned())]))
                .unwrap_or_default(),
            scenario: None,
        }
    }

    #[test]
    fn a_session_is_reused_only_if_every_demand_holds() {
        let mail = "test@fia1.fr";
        let rows = [
            ("nothing asked", Acr::Eidas1, request(None, None, None), true),
            ("same provider", Acr::Eidas1, request(Some("fia1"), None, None), true),
            ("other provider", Acr::Eidas1, request(Some("fia2"), None, None), false),
            ("same person", Acr::Eidas1, request(None, Some(mail), None), true),
            ("other person", Acr::Eidas1, request(None, Some("b@fia1.fr"), None), false),
            ("case counts", Acr::Eidas1, request(None, Some("Test@fia1.fr"), None), false),
            ("level met", Acr::Eidas1Mfa, request(None, None, Some("\"eidas1-mfa\"")), true),
            ("level not met", Acr::Eidas1, request(None, None, Some("\"eidas1-mfa\"")), false),
            ("eidas2 is never reused", Acr::Eidas2, request(None, None, Some("\"eidas2\"")), false),
            ("eidas3 is never reused", Acr::Eidas3, request(None, None, Some("\"eidas3\"")), false),
            ("eidas2 without a demand", Acr::Eidas2, request(None, None, None), true),
        ];
        for (row, acr, request, reusable) in rows {
            let reused = is_reusable(&login(acr), &request, Profile::Production2026);
            assert_eq!(reused, reusable, "{row}");
        }
    }

    #[test]
    fn a_code_by_email_counts_for_later_services_but_never_as_eidas2() {
        let verified = Login { email_verified: true, ..login(Acr::Eidas1) };
        let rows = [
            (Profile::Production2026, "\"eidas1-mfa\"", true),
            (Profile::Synthesis2025, "\"eidas1-mfa\"", true),
            (Profile::Synthesis2025, "\"eidas2\",\"eidas1-mfa\"", true),
            (Profile::Synthesis2025, "\"eidas2\"", false),
            (Profile::Production2026, "\"eidas0-mfa\"", false),
        ];
        for (profile, demanded, reusable) in rows {
            let request = request(None, None, Some(demanded));
            assert_eq!(
                is_reusable(&verified, &request, profile),
                reusable,
                "{profile:?} {demanded}"
            );
        }
    }
}
