//! Owns the scenarios: ways in which the next sign-in of a service is made to fail or misbehave,
//! so that the service's own handling of it can be tried. What each does is carried out where it
//! happens: in the hub (`hub/mishap.rs`) and at the provider's endpoints (`provider/faults.rs`).
//!
//! Invariant: a scenario is armed for one service and used up by one sign-in.

mod texts;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

pub(crate) use texts::Texts;

/// What happens to a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Scenario {
    /// The person gives up: `access_denied`.
    UserCancels,
    /// The identity provider cannot be reached: page `Y020031`, and an error if one goes back.
    ProviderDown,
    /// The callback carries `server_error`.
    ServerError,
    /// The callback carries another `state`.
    WrongState,
    /// The callback's `iss` is another issuer's.
    WrongResponseIssuer,
    /// The code has expired when it arrives.
    ExpiredCode,
    /// The token endpoint takes [`SLOW`](crate::provider) seconds.
    SlowToken,
    /// The token endpoint answers 500.
    TokenError,
    /// The ID token's `nonce` is another one.
    WrongNonce,
    /// The ID token's `iss` is another issuer.
    WrongIssuer,
    /// The ID token's `aud` is another client.
    WrongAudience,
    /// The ID token's signature does not verify.
    BadSignature,
    /// The ID token has `alg: none`.
    UnsignedToken,
    /// The ID token is signed with a key that is published nowhere.
    UnknownKey,
    /// The ID token is signed with a new key, which is published from now on.
    KeyRotation,
    /// The ID token has expired.
    ExpiredToken,
    /// The federation's clock is 30 seconds ahead.
    SmallClockSkew,
    /// The federation's clock is 10 minutes ahead.
    LargeClockSkew,
    /// A lower level is returned than was demanded.
    LowerLevel,
    /// The person has another `sub` than at earlier sign-ins.
    NewSub,
    /// Userinfo has another `sub` than the ID token.
    UserinfoSubMismatch,
    /// Userinfo lacks `email`, `siret` and `usual_name`.
    MissingClaims,
    /// Userinfo answers 500.
    UserinfoError,
    /// The session ends once the sign-in is complete.
    SessionEnded,
}

impl Scenario {
    /// All of them, in the order of a sign-in.
    pub(crate) const ALL: [Self; 24] = [
        Self::UserCancels,
        Self::ProviderDown,
        Self::ServerError,
        Self::WrongState,
        Self::WrongResponseIssuer,
        Self::ExpiredCode,
        Self::SlowToken,
        Self::TokenError,
        Self::WrongNonce,
        Self::WrongIssuer,
        Self::WrongAudience,
        Self::BadSignature,
        Self::UnsignedToken,
        Self::UnknownKey,
        Self::KeyRotation,
        Self::ExpiredToken,
        Self::SmallClockSkew,
        Self::LargeClockSkew,
        Self::LowerLevel,
        Self::NewSub,
        Self::UserinfoSubMismatch,
        Self::MissingClaims,
        Self::UserinfoError,
        Self::SessionEnded,
    ];

    /// The name in the admin API and in forms.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::UserCancels => "user-cancels",
            Self::ProviderDown => "provider-down",
            Self::ServerError => "server-error",
            Self::WrongState => "wrong-state",
            Self::WrongResponseIssuer => "wrong-response-issuer",
            Self::ExpiredCode => "expired-code",
            Self::SlowToken => "slow-token",
            Self::TokenError => "token-error",
            Self::WrongNonce => "wrong-nonce",
            Self::WrongIssuer => "wrong-issuer",
            Self::WrongAudience => "wrong-audience",
            Self::BadSignature => "bad-signature",
            Self::UnsignedToken => "unsigned-token",
            Self::UnknownKey => "unknown-key",
            Self::KeyRotation => "key-rotation",
            Self::ExpiredToken => "expired-token",
            Self::SmallClockSkew => "small-clock-skew",
            Self::LargeClockSkew => "large-clock-skew",
            Self::LowerLevel => "lower-level",
            Self::NewSub => "new-sub",
            Self::UserinfoSubMismatch => "userinfo-sub-mismatch",
            Self::MissingClaims => "missing-claims",
            Self::UserinfoError => "userinfo-error",
            Self::SessionEnded => "session-ended",
        }
    }

    /// The scenario with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scenario| scenario.name() == name)
    }
}

/// The armed scenarios; clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scenarios(Arc<Mutex<BTreeMap<String, Scenario>>>);

impl Scenarios {
    /// Arms a scenario for the service's next sign-in; it replaces one that was armed before.
    pub(crate) fn arm(&self, client_id: &str, scenario: Scenario) {
        self.armed_by_service().insert(client_id.to_owned(), scenario);
    }

    /// Lets the service's next sign-in go its ordinary way.
    pub(crate) fn disarm(&self, client_id: &str) {
        self.armed_by_service().remove(client_id);
    }

    /// The scenario that waits for the service's next sign-in.
    pub(crate) fn armed(&self, client_id: &str) -> Option<Scenario> {
        self.armed_by_service().get(client_id).copied()
    }

    /// Uses up the scenario that was armed for a service.
    pub(crate) fn take(&self, client_id: &str) -> Option<Scenario> {
        self.armed_by_service().remove(client_id)
    }

    /// Disarms everything.
    pub(crate) fn clear(&self) {
        self.armed_by_service().clear();
    }

    fn armed_by_service(&self) -> MutexGuard<'_, BTreeMap<String, Scenario>> {
        // Each change is one operation on the map: nothing can be left half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_those_of_the_api() {
        let names: BTreeSet<_> = Scenario::ALL.into_iter().map(Scenario::name).collect();
        assert_eq!(names.len(), Scenario::ALL.len());
        for scenario in Scenario::ALL {
            let json = serde_json::to_value(scenario).expect("a text");
            assert_eq!(json, scenario.name());
            assert_eq!(Scenario::named(scenario.name()), Some(scenario));
        }
        assert_eq!(Scenario::named("nothing"), None);
    }

    #[test]
    fn every_scenario_is_documented() {
        let documents = include_str!("../README.md");
        for scenario in Scenario::ALL {
            let row = format!("| `{}` |", scenario.name());
            assert!(documents.contains(&row), "{row}");
        }
    }

    #[test]
    fn a_scenario_is_used_up_by_one_sign_in_of_its_service() {
        let scenarios = Scenarios::default();
        scenarios.arm("a", Scenario::WrongNonce);
        scenarios.arm("b", Scenario::WrongState);
        scenarios.arm("b", Scenario::UserCancels);

        assert_eq!(scenarios.take("a"), Some(Scenario::WrongNonce));
        assert_eq!(scenarios.take("a"), None);
        assert_eq!(scenarios.armed("b"), Some(Scenario::UserCancels));

        scenarios.disarm("b");
        assert_eq!(scenarios.take("b"), None);
    }
}
