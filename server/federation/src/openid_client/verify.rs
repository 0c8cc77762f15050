//! Owns the judgement of a provider's tokens after their signature was verified
//! (OpenID Connect Core §3.1.3.7). A [`VerifiedIdToken`] exists only if all of it passed.

use serde_json::{Map, Value};

use super::UpstreamError;
use crate::secret::{equal, half_s256};

/// How far the clocks of two machines may differ, in seconds.
const LEEWAY: i64 = 30;

/// What the ID token must be.
pub(super) struct Expectation<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) access_token: &'a str,
    pub(super) now: i64,
}

/// An ID token that passed every check of the protocol. Its level claims are still raw: the
/// provider may have put anything there.
#[derive(Debug)]
pub(crate) struct VerifiedIdToken {
    pub(crate) sub: String,
    pub(crate) raw_acr: Option<Value>,
    pub(crate) raw_amr: Option<Value>,
    /// The levels of Microsoft Entra ID.
    pub(crate) raw_acrs: Option<Value>,
}

/// Judges the claims of a correctly signed ID token.
pub(super) fn id_token(
    mut claims: Map<String, Value>,
    expected: &Expectation<'_>,
) -> Result<VerifiedIdToken, UpstreamError> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let time = |name: &str| claims.get(name).and_then(Value::as_i64);
    let checks = [
        (text("iss") == Some(expected.issuer), "unexpected ID token iss"),
        (is_audience(&claims, expected.client_id), "unexpected ID token aud"),
        (time("exp").is_some_and(|exp| exp + LEEWAY > expected.now), "ID token is expired"),
        (
            time("iat").is_some_and(|iat| iat - LEEWAY <= expected.now),
            "ID token is issued in the future",
        ),
        (
            text("nonce").is_some_and(|nonce| equal(nonce, expected.nonce)),
            "unexpected ID token nonce",
        ),
        (
            claims.get("at_hash").is_none_or(|hash| *hash == half_s256(expected.access_token)),
            "unexpected ID token at_hash",
        ),
    ];
    if let Some((_, problem)) = checks.into_iter().find(|(holds, _)| !holds) {
        return Err(UpstreamError::IdToken(problem));
    }
    let sub = text("sub")
        .filter(|sub| (1..=256).contains(&sub.len()) && sub.is_ascii())
        .ok_or(UpstreamError::IdToken("unexpected ID token sub"))?
        .to_owned();
    Ok(VerifiedIdToken {
        sub,
        raw_acr: claims.remove("acr"),
        raw_amr: claims.remove("amr"),
        raw_acrs: claims.remove("acrs"),
    })
}

/// Judges the envelope of a signed userinfo answer (OpenID Connect Core §5.3.2).
pub(super) fn userinfo_envelope(
    claims: &Map<String, Value>,
    issuer: &str,
    client_id: &str,
) -> Result<(), UpstreamError> {
    if claims.get("iss").is_some_and(|iss| iss != issuer) {
        return Err(UpstreamError::Userinfo("unexpected userinfo iss"));
    }
    if claims.contains_key("aud") && !is_audience(claims, client_id) {
        return Err(UpstreamError::Userinfo("unexpected userinfo aud"));
    }
    Ok(())
}

/// The client must be the audience, and the authorized party if there are several.
fn is_audience(claims: &Map<String, Value>, client_id: &str) -> bool {
    let azp = claims.get("azp").and_then(Value::as_str);
    match claims.get("aud") {
        Some(Value::String(aud)) => aud == client_id && azp.is_none_or(|azp| azp == client_id),
        Some(Value::Array(several)) => {
            several.iter().any(|aud| aud == client_id)
                && (several.len() == 1 || azp == Some(client_id))
                && azp.is_none_or(|azp| azp == client_id)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn judge(changes: &Value) -> Result<VerifiedIdToken, UpstreamError> {
        let mut claims = json!({
            "iss": "https://fi", "aud": "hub", "sub": "1", "nonce": "n", "iat": 1000, "exp": 1060,
        });
        for (name, value) in changes.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        let expected = Expectation {
            issuer: "https://fi",
            client_id: "hub",
            nonce: "n",
            access_token: "token",
            now: 1000,
        };
        id_token(claims.as_object().expect("an object").clone(), &expected)
    }

    #[test]
    fn every_claim_of_the_id_token_is_judged() {
        let rows = [
            ("as expected", json!({}), true),
            ("audience in a list", json!({ "aud": ["hub"] }), true),
            ("right at_hash", json!({ "at_hash": half_s256("token") }), true),
            ("several audiences with azp", json!({ "aud": ["hub", "x"], "azp": "hub" }), true),
            ("several audiences without azp", json!({ "aud": ["hub", "x"] }), false),
            ("foreign azp", json!({ "azp": "x" }), false),
            ("other issuer", json!({ "iss": "https://evil" }), false),
            ("issuer with a slash", json!({ "iss": "https://fi/" }), false),
            ("other audience", json!({ "aud": "x" }), false),
            ("no audience", json!({ "aud": null }), false),
            ("expired", json!({ "exp": 900 }), false),
            ("no expiry", json!({ "exp": null }), false),
            ("issued in the future", json!({ "iat": 2000 }), false),
            ("other nonce", json!({ "nonce": "m" }), false),
            ("no nonce", json!({ "nonce": null }), false),
            ("wrong at_hash", json!({ "at_hash": "x" }), false),
            ("no sub", json!({ "sub": null }), false),
            ("empty sub", json!({ "sub": "" }), false),
            ("sub beyond ASCII", json!({ "sub": "é" }), false),
        ];
        for (row, changes, accepted) in rows {
            assert_eq!(judge(&changes).is_ok(), accepted, "{row}");
        }
    }
}
