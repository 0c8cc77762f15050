//! Owns the third tier: the checks whose failure the client is told, in their order.

use super::super::response::{ReplyTo, ResponseMode};
use super::super::{Check, Checklist, ClaimsParameter, Dialect, OAuthError, Params, ScopeSet};
use super::trust::Trusted;
use crate::protocol::AuthorizationRequest;

/// What a check may look at.
struct Context<'a> {
    params: &'a Params,
    dialect: &'a Dialect,
    trusted: &'a Trusted,
}

type Rule = (Check, fn(&Context<'_>) -> Result<(), OAuthError>);

/// Every check with its function, in order of evaluation.
const CHECKS: &[Rule] = &[
    (Check::ParametersOnce, parameters_are_given_once),
    (Check::ResponseTypePresent, response_type_is_present),
    (Check::ResponseTypeCode, response_type_is_code),
    (Check::ResponseModeKnown, response_mode_is_known),
    (Check::PromptNoneAlone, prompt_none_is_alone),
    (Check::PromptSupported, prompt_is_supported),
    (Check::ClaimsNeedOpenid, claims_need_openid),
    (Check::ScopeAllowed, scope_is_allowed),
    (Check::ChallengeAccompaniesMethod, challenge_accompanies_method),
    (Check::ChallengeLongEnough, challenge_is_long_enough),
    (Check::ChallengeCharacters, challenge_has_right_characters),
    (Check::MethodAccompaniesChallenge, method_accompanies_challenge),
    (Check::MethodS256, method_is_s256),
];

/// Every parameter of the protocol, none of which may be repeated (RFC 6749 §3.1).
pub(super) const ONCE: &[&str] = &[
    "response_type",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "prompt",
    "claims",
    "acr_values",
    "login_hint",
    "code_challenge",
    "code_challenge_method",
];

/// Runs the table.
pub(super) fn run(
    params: &Params,
    dialect: &Dialect,
    trusted: &Trusted,
    checklist: &mut Checklist,
) -> Result<(), OAuthError> {
    let context = Context { params, dialect, trusted };
    CHECKS.iter().try_for_each(|(check, rule)| checklist.check(check.clone(), rule(&context)))
}

/// Turns checked parameters into a request; reading `claims` is the last check.
pub(super) fn accept(
    params: &Params,
    dialect: &Dialect,
    trusted: &Trusted,
    reply_to: ReplyTo,
) -> Result<AuthorizationRequest, OAuthError> {
    let claims = params
        .non_empty("claims")
        .map_or(Ok(ClaimsParameter::default()), ClaimsParameter::parse)
        .map_err(OAuthError::invalid_request)?;
    let owned = |name: &str| params.non_empty(name).map(str::to_owned);
    Ok(AuthorizationRequest {
        client_id: trusted.client.id.clone(),
        reply_to,
        scope: requested_scope(params).filtered(|scope| dialect.knows_scope(scope)),
        nonce: owned("nonce"),
        prompt: prompts(params).map(str::to_owned).collect(),
        claims,
        acr_values: params
            .get("acr_values")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect(),
        code_challenge: owned("code_challenge"),
        login_hint: owned("login_hint"),
        hints: dialect
            .hints
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), owned(name)?)))
            .collect(),
        scenario: None,
    })
}

fn requested_scope(params: &Params) -> ScopeSet {
    ScopeSet::parse(params.get("scope").unwrap_or_default())
}

fn prompts(params: &Params) -> impl Iterator<Item = &str> {
    params.get("prompt").unwrap_or_default().split_ascii_whitespace()
}

fn parameters_are_given_once(context: &Context<'_>) -> Result<(), OAuthError> {
    match ONCE.iter().find(|name| context.params.is_repeated(name)) {
        Some(name) => Err(OAuthError::repeated(name)),
        None => Ok(()),
    }
}

fn response_type_is_present(context: &Context<'_>) -> Result<(), OAuthError> {
    require(context.params.non_empty("response_type").is_some(), || {
        OAuthError::missing("response_type")
    })
}

fn response_type_is_code(context: &Context<'_>) -> Result<(), OAuthError> {
    require(context.params.get("response_type") == Some("code"), || {
        OAuthError::new("unsupported_response_type", "unsupported response_type requested")
    })
}

fn response_mode_is_known(context: &Context<'_>) -> Result<(), OAuthError> {
    let mode = context.params.non_empty("response_mode");
    require(mode.is_none_or(|mode| ResponseMode::parse(mode).is_some()), || {
        OAuthError::new("unsupported_response_mode", "unsupported response_mode requested")
    })
}

fn prompt_none_is_alone(context: &Context<'_>) -> Result<(), OAuthError> {
    let none = prompts(context.params).any(|prompt| prompt == "none");
    require(!none || prompts(context.params).count() == 1, || {
        OAuthError::invalid_request("prompt none must only be used alone")
    })
}

fn prompt_is_supported(context: &Context<'_>) -> Result<(), OAuthError> {
    require(prompts(context.params).all(|prompt| context.dialect.prompts.contains(&prompt)), || {
        OAuthError::invalid_request("unsupported prompt value requested")
    })
}

fn claims_need_openid(context: &Context<'_>) -> Result<(), OAuthError> {
    let openid = requested_scope(context.params).contains("openid");
    require(openid || context.params.non_empty("claims").is_none(), || {
        OAuthError::invalid_request(
            "openid scope must be requested when using the claims parameter",
        )
    })
}

fn scope_is_allowed(context: &Context<'_>) -> Result<(), OAuthError> {
    let refused = requested_scope(context.params).iter().any(|scope| {
        context.dialect.knows_scope(scope) && !context.trusted.client.may_request(scope)
    });
    require(!refused, || OAuthError::new("invalid_scope", "requested scope is not allowed"))
}

fn challenge_accompanies_method(context: &Context<'_>) -> Result<(), OAuthError> {
    let method = context.params.non_empty("code_challenge_method").is_some();
    require(!method || context.params.non_empty("code_challenge").is_some(), || {
        OAuthError::invalid_request("code_challenge must be provided with code_challenge_method")
    })
}

fn challenge_is_long_enough(context: &Context<'_>) -> Result<(), OAuthError> {
    let challenge = context.params.non_empty("code_challenge");
    require(challenge.is_none_or(|text| text.chars().count() >= 43), || {
        OAuthError::invalid_request(
            "code_challenge must be a string with a minimum length of 43 characters",
        )
    })
}

fn challenge_has_right_characters(context: &Context<'_>) -> Result<(), OAuthError> {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let challenge = context.params.get("code_challenge").unwrap_or_default();
    require(challenge.len() <= 128 && challenge.bytes().all(unreserved), || {
        OAuthError::invalid_request("code_challenge contains invalid characters")
    })
}

fn method_accompanies_challenge(context: &Context<'_>) -> Result<(), OAuthError> {
    let challenge = context.params.non_empty("code_challenge").is_some();
    require(!challenge || context.params.non_empty("code_challenge_method").is_some(), || {
        OAuthError::invalid_request(
            "plain code_challenge_method fallback disabled, code_challenge_method must be provided",
        )
    })
}

fn method_is_s256(context: &Context<'_>) -> Result<(), OAuthError> {
    let method = context.params.non_empty("code_challenge_method");
    require(method.is_none_or(|method| method == "S256"), || {
        OAuthError::invalid_request("not supported value of code_challenge_method")
    })
}

fn require(holds: bool, error: impl FnOnce() -> OAuthError) -> Result<(), OAuthError> {
    if holds { Ok(()) } else { Err(error()) }
}
