//! Owns the record of what was checked in one request, in the order in which it was checked, so
//! that a developer can be shown which rule a refused request broke.
//!
//! Invariant: a checklist names rules only. No value of a request enters it, except the names of
//! parameters.

use crate::scenario::Scenario;

/// A rule that requests of services are held to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// The rule of the hub's own validator for one parameter.
    Parameter(&'static str),
    /// By the documentation, a parameter that means nothing is an error.
    ParametersKnown,
    ClientKnown,
    RedirectUriPresent,
    RedirectUriRegistered,
    ParametersOnce,
    ResponseTypePresent,
    ResponseTypeCode,
    ResponseModeKnown,
    PromptNoneAlone,
    PromptSupported,
    ClaimsNeedOpenid,
    ScopeAllowed,
    ChallengeAccompaniesMethod,
    ChallengeLongEnough,
    ChallengeCharacters,
    MethodAccompaniesChallenge,
    MethodS256,
    ClaimsReadable,
    ClientNamed,
    ClientSecretPost,
    ClientSecretPresent,
    ClientSecretRight,
    TokenRequestForm,
    CodeKnown,
    CodeOfThisClient,
    CodeOfThisRedirectUri,
    CodeVerifierRight,
    CodeUnused,
    CodeFresh,
    RefreshTokenKnown,
    RefreshTokenCurrent,
    ScopeWithinGrant,
    BearerPresent,
    AccessTokenAlive,
    AccessTokenOpenid,
    TokenPresent,
    TokenOfThisClient,
    HintOfThisClient,
    HintValid,
    PostLogoutUriRegistered,
}

/// What is allowed but worth telling a developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Remark {
    /// ProConnect's documentation wants at least 32 characters.
    StateShort,
    /// ProConnect's documentation wants a nonce.
    NonceMissing,
    /// ProConnect's documentation wants at least 32 characters.
    NonceShort,
    /// PKCE is accepted; RFC 9700 §2.1.1 recommends it also to confidential clients.
    NoPkce,
    /// `acr_values` never blocks: the level that comes back must be checked.
    AcrValuesVoluntary,
    /// Both `acr_values` and an essential `acr`.
    AcrAskedTwice,
    /// `prompt=login` does not force a new sign-in.
    PromptLoginReuses,
    /// `max_age` is not carried out.
    MaxAgeIgnored,
    /// A parameter that ProConnect does not know, by its name if that is short.
    ParameterUnknown(String),
    /// No `id_token_hint` in a logout request.
    HintMissing,
    /// No `post_logout_redirect_uri`, so people stay on ProConnect's page.
    PostLogoutUriMissing,
    /// No `state` in a logout request.
    LogoutStateMissing,
    /// The sign-in went the way of a scenario.
    Staged(Scenario),
    /// The profile 2025 grants a level that today's production would refuse.
    RefusedByProduction,
}

/// The checks of one request with their results, and what else is worth saying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Checklist {
    results: Vec<(Check, bool)>,
    remarks: Vec<Remark>,
}

impl Checklist {
    /// Notes how a check ended and hands its result on.
    pub(crate) fn check<T, E>(&mut self, check: Check, result: Result<T, E>) -> Result<T, E> {
        self.results.push((check, result.is_ok()));
        result
    }

    /// Adds a remark, once.
    pub(crate) fn remark(&mut self, remark: Remark) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// The checks that were made, with whether they passed.
    pub(crate) fn results(&self) -> impl Iterator<Item = (&Check, bool)> {
        self.results.iter().map(|(check, passed)| (check, *passed))
    }

    /// The first check that failed.
    pub(crate) fn failed(&self) -> Option<&Check> {
        self.results.iter().find(|(_, passed)| !passed).map(|(check, _)| check)
    }

    /// The remarks.
    pub(crate) fn remarks(&self) -> &[Remark] {
        &self.remarks
    }
}
