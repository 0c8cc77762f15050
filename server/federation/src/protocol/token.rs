//! Owns the token request and the rule that binds a code to the request that obtained it.

use serde::{Deserialize, Serialize};

use super::{Check, Checklist, OAuthError, Params, ScopeSet};
use crate::secret::{Token, equal, s256};

/// A token request of a known form.
#[derive(Debug)]
pub(crate) enum TokenRequest {
    /// `grant_type=authorization_code`
    Code { code: Token, redirect_uri: String, code_verifier: Option<String> },
    /// `grant_type=refresh_token`
    Refresh { refresh_token: Token, scope: Option<ScopeSet> },
}

impl TokenRequest {
    /// Reads the form; unknown parameters are ignored.
    pub(crate) fn parse(params: &Params) -> Result<Self, OAuthError> {
        const ONCE: [&str; 6] =
            ["grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope"];
        if let Some(name) = ONCE.into_iter().find(|name| params.is_repeated(name)) {
            return Err(OAuthError::repeated(name));
        }
        let required = |name: &str| params.non_empty(name).ok_or_else(|| OAuthError::missing(name));
        match required("grant_type")? {
            "authorization_code" => Ok(Self::Code {
                code: Token::presented(required("code")?),
                redirect_uri: required("redirect_uri")?.to_owned(),
                code_verifier: params.non_empty("code_verifier").map(str::to_owned),
            }),
            "refresh_token" => Ok(Self::Refresh {
                refresh_token: Token::presented(required("refresh_token")?),
                scope: params.non_empty("scope").map(ScopeSet::parse),
            }),
            _ => Err(OAuthError::new("unsupported_grant_type", "unsupported grant_type requested")),
        }
    }
}

/// What a code was issued for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CodeBinding {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) code_challenge: Option<String>,
}

impl CodeBinding {
    /// Refuses a request that redeems the code but is not the one it was issued for. A
    /// verifier without a challenge is refused as well: it shows that the challenge was
    /// stripped from the authorization request (RFC 9700 §4.8.2).
    pub(crate) fn verify(
        &self,
        client_id: &str,
        redirect_uri: &str,
        code_verifier: Option<&str>,
        checklist: &mut Checklist,
    ) -> Result<(), OAuthError> {
        let proven = match (&self.code_challenge, code_verifier) {
            (None, None) => true,
            (Some(challenge), Some(verifier)) => equal(challenge, &s256(verifier)),
            _ => false,
        };
        let mut require = |check, holds: bool| {
            checklist.check(check, holds.then_some(()).ok_or_else(OAuthError::invalid_grant))
        };
        require(Check::CodeOfThisClient, self.client_id == client_id)?;
        require(Check::CodeOfThisRedirectUri, self.redirect_uri == redirect_uri)?;
        require(Check::CodeVerifierRight, proven)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What came with the redemption, compared with what the code was issued for.
    struct Row {
        name: &'static str,
        challenged: bool,
        client_id: &'static str,
        redirect_uri: &'static str,
        verifier: Option<&'static str>,
        refused_by: Option<Check>,
    }

    const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters";

    const GOOD: Row = Row {
        name: "as issued",
        challenged: false,
        client_id: "rp",
        redirect_uri: "https://rp/cb",
        verifier: None,
        refused_by: None,
    };

    const UNPROVEN: Option<Check> = Some(Check::CodeVerifierRight);

    const ROWS: &[Row] = &[
        GOOD,
        Row { name: "with its verifier", challenged: true, verifier: Some(VERIFIER), ..GOOD },
        Row {
            name: "wrong verifier",
            challenged: true,
            verifier: Some("other"),
            refused_by: UNPROVEN,
            ..GOOD
        },
        Row { name: "verifier missing", challenged: true, refused_by: UNPROVEN, ..GOOD },
        Row { name: "challenge stripped", verifier: Some(VERIFIER), refused_by: UNPROVEN, ..GOOD },
        Row {
            name: "other client",
            client_id: "other",
            refused_by: Some(Check::CodeOfThisClient),
            ..GOOD
        },
        Row {
            name: "other address",
            redirect_uri: "https://rp/cb/",
            refused_by: Some(Check::CodeOfThisRedirectUri),
            ..GOOD
        },
    ];

    #[test]
    fn a_code_is_bound_to_its_request() {
        for row in ROWS {
            let binding = CodeBinding {
                client_id: "rp".to_owned(),
                redirect_uri: "https://rp/cb".to_owned(),
                code_challenge: row.challenged.then(|| s256(VERIFIER)),
            };
            let mut checklist = Checklist::default();
            let verified =
                binding.verify(row.client_id, row.redirect_uri, row.verifier, &mut checklist);
            assert_eq!(verified.is_ok(), row.refused_by.is_none(), "{}", row.name);
            assert_eq!(checklist.failed(), row.refused_by.as_ref(), "{}", row.name);
        }
    }

    #[test]
    fn malformed_token_requests_are_refused() {
        let rows = [
            ("", "invalid_request", "missing required parameter 'grant_type'"),
            ("grant_type=password", "unsupported_grant_type", "unsupported grant_type requested"),
            (
                "grant_type=authorization_code",
                "invalid_request",
                "missing required parameter 'code'",
            ),
            (
                "grant_type=refresh_token",
                "invalid_request",
                "missing required parameter 'refresh_token'",
            ),
            (
                "grant_type=authorization_code&code=a&code=b",
                "invalid_request",
                "'code' parameter must not be provided twice",
            ),
        ];
        for (body, error, description) in rows {
            let params = Params::parse(body.as_bytes()).expect("well-formed");
            let actual = TokenRequest::parse(&params).expect_err(body);
            assert_eq!(actual, OAuthError::new(error, description), "{body}");
        }
    }
}
