//! Carries out the scenarios at the provider's endpoints. Each function stands at one point of
//! the flow and leaves it alone unless the sign-in's scenario is about that point.

use std::time::Duration;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::Failure;
use crate::protocol::{AuthorizationResponse, SigningAlg};
use crate::scenario::Scenario;

/// How long [`Scenario::SlowToken`] takes; within the servers' own limit on a request.
const SLOW: Duration = Duration::from_secs(20);
/// How far [`Scenario::SmallClockSkew`] is ahead, in seconds.
const SMALL_SKEW: i64 = 30;
/// How far [`Scenario::LargeClockSkew`] is ahead, in seconds.
const LARGE_SKEW: i64 = 600;
/// How long ago the token of [`Scenario::ExpiredToken`] has expired, in seconds.
const EXPIRED_SINCE: i64 = 3600;
/// What [`Scenario::MissingClaims`] removes.
const MISSING: [&str; 3] = ["email", "siret", "usual_name"];

/// The time until which a code is good.
pub(super) fn code_expiry(scenario: Option<Scenario>, now: i64, expires_at: i64) -> i64 {
    if scenario == Some(Scenario::ExpiredCode) { now } else { expires_at }
}

/// The answer that the browser carries to the service.
pub(super) fn authorization_response(
    scenario: Option<Scenario>,
    mut response: AuthorizationResponse,
) -> AuthorizationResponse {
    let falsified = match scenario {
        Some(Scenario::WrongState) => "state",
        Some(Scenario::WrongResponseIssuer) => "iss",
        _ => return response,
    };
    for (name, value) in &mut response.params {
        if *name == falsified {
            *value = other(value);
        }
    }
    response
}

/// What comes before the tokens: nothing, a wait, or a failure.
pub(super) async fn before_tokens(scenario: Option<Scenario>) -> Result<(), Failure> {
    match scenario {
        Some(Scenario::SlowToken) => {
            tokio::time::sleep(SLOW).await;
            Ok(())
        }
        Some(scenario @ Scenario::TokenError) => Err(Failure::Staged(scenario)),
        _ => Ok(()),
    }
}

/// The claims of the ID token.
pub(super) fn id_token_claims(scenario: Option<Scenario>, claims: &mut Map<String, Value>) {
    match scenario {
        Some(Scenario::WrongNonce) => falsify(claims, "nonce"),
        Some(Scenario::WrongIssuer) => falsify(claims, "iss"),
        Some(Scenario::WrongAudience) => falsify(claims, "aud"),
        Some(Scenario::NewSub) => replace_sub(claims),
        Some(Scenario::SmallClockSkew) => shift(claims, SMALL_SKEW),
        Some(Scenario::LargeClockSkew) => shift(claims, LARGE_SKEW),
        Some(Scenario::ExpiredToken) => {
            let issued = claims.get("iat").and_then(Value::as_i64).unwrap_or_default();
            let expires = claims.get("exp").and_then(Value::as_i64).unwrap_or_default();
            shift(claims, issued - expires - EXPIRED_SINCE);
        }
        _ => {}
    }
}

/// The ID token as it is handed out. Where both sides share the only key there is no unknown
/// one, and a broken signature comes closest.
pub(super) fn id_token(scenario: Option<Scenario>, alg: SigningAlg, token: String) -> String {
    match scenario {
        Some(Scenario::BadSignature) => with_broken_signature(&token),
        Some(Scenario::UnknownKey) if alg == SigningAlg::HS256 => with_broken_signature(&token),
        Some(Scenario::UnsignedToken) => without_signature(&token),
        _ => token,
    }
}

/// The claims of userinfo, or a failure in their place.
pub(super) fn userinfo(
    scenario: Option<Scenario>,
    claims: &mut Map<String, Value>,
) -> Result<(), Failure> {
    match scenario {
        Some(scenario @ Scenario::UserinfoError) => return Err(Failure::Staged(scenario)),
        Some(Scenario::NewSub) => replace_sub(claims),
        Some(Scenario::UserinfoSubMismatch) => falsify(claims, "sub"),
        Some(Scenario::MissingClaims) => claims.retain(|name, _| !MISSING.contains(&name.as_str())),
        _ => {}
    }
    Ok(())
}

fn falsify(claims: &mut Map<String, Value>, name: &str) {
    let value = claims.get(name).and_then(Value::as_str).map_or_else(|| other(""), other);
    claims.insert(name.to_owned(), value.into());
}

fn other(value: &str) -> String {
    format!("{value}-falsified")
}

/// A `sub` that differs from the real one but is the same in ID token and userinfo.
fn replace_sub(claims: &mut Map<String, Value>) {
    let sub = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
    let hash = digest::digest(&digest::SHA256, sub.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_ref()[..16]);
    let sub = uuid::Builder::from_random_bytes(bytes).into_uuid().to_string();
    claims.insert("sub".to_owned(), sub.into());
}

fn shift(claims: &mut Map<String, Value>, seconds: i64) {
    for name in ["iat", "exp", "auth_time"] {
        if let Some(time) = claims.get(name).and_then(Value::as_i64) {
            claims.insert(name.to_owned(), (time + seconds).into());
        }
    }
}

/// The first character counts in full, unlike the last one.
fn with_broken_signature(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap_or((token, ""));
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{signed}.{first}{}", signature.get(1..).unwrap_or_default())
}

fn without_signature(token: &str) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let payload = token.split('.').nth(1).unwrap_or_default();
    format!("{header}.{payload}.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims() -> Map<String, Value> {
        let Value::Object(claims) = json!({
            "iss": "https://issuer", "sub": "s", "aud": "rp", "nonce": "n",
            "iat": 1000, "exp": 4600, "auth_time": 1000,
        }) else {
            unreachable!("an object")
        };
        claims
    }

    #[test]
    fn each_scenario_changes_exactly_its_claims() {
        let rows: &[(Scenario, &[&str])] = &[
            (Scenario::WrongNonce, &["nonce"]),
            (Scenario::WrongIssuer, &["iss"]),
            (Scenario::WrongAudience, &["aud"]),
            (Scenario::NewSub, &["sub"]),
            (Scenario::SmallClockSkew, &["auth_time", "exp", "iat"]),
            (Scenario::ExpiredToken, &["auth_time", "exp", "iat"]),
            (Scenario::UserinfoError, &[]),
        ];
        for (scenario, expected) in rows {
            let mut changed = claims();
            id_token_claims(Some(*scenario), &mut changed);
            let differing: Vec<_> = claims()
                .into_iter()
                .filter(|(name, value)| changed.get(name) != Some(value))
                .map(|(name, _)| name)
                .collect();
            assert_eq!(differing, *expected, "{scenario:?}");
        }
    }

    #[test]
    fn the_expired_token_ended_an_hour_ago() {
        let mut changed = claims();
        id_token_claims(Some(Scenario::ExpiredToken), &mut changed);

        assert_eq!(changed["exp"], 1000 - 3600);
    }

    #[test]
    fn a_new_sub_is_the_same_everywhere() {
        let (mut token, mut answer) = (claims(), claims());
        id_token_claims(Some(Scenario::NewSub), &mut token);
        userinfo(Some(Scenario::NewSub), &mut answer).expect("no failure");

        assert_eq!(token["sub"], answer["sub"]);
    }

    #[test]
    fn tokens_keep_their_content() {
        let rows = [
            (None, SigningAlg::RS256, "a.b.cde", "a.b.cde"),
            (Some(Scenario::BadSignature), SigningAlg::RS256, "a.b.cde", "a.b.Ade"),
            (Some(Scenario::BadSignature), SigningAlg::RS256, "a.b.Ade", "a.b.Bde"),
            (Some(Scenario::UnknownKey), SigningAlg::HS256, "a.b.cde", "a.b.Ade"),
            (Some(Scenario::UnknownKey), SigningAlg::RS256, "a.b.cde", "a.b.cde"),
        ];
        for (scenario, alg, token, expected) in rows {
            assert_eq!(id_token(scenario, alg, token.to_owned()), expected, "{scenario:?}");
        }
        let unsigned =
            id_token(Some(Scenario::UnsignedToken), SigningAlg::RS256, "a.b.c".to_owned());
        assert!(unsigned.ends_with(".b."), "{unsigned}");
    }
}
