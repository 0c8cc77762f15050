//! The raw answer of the browser at the redirect URI, read strictly and trusted in nothing.

use url::form_urlencoded;

use super::error::LoginError;

/// Longest accepted query, in bytes.
const MAX_QUERY: usize = 8 * 1024;

/// What ProConnect says when it does not know how to satisfy the requested levels.
const LEVEL_REFUSED: &str = "requested ACRs could not be satisfied";

/// The parameters of an authorization response (RFC 6749 §4.1.2, RFC 9207), each given once.
#[derive(Debug, PartialEq, Eq)]
pub struct RawCallback {
    /// Names the attempt.
    pub state: String,
    /// Who answers.
    pub iss: Option<String>,
    /// What was answered.
    pub answer: Answer,
}

/// A code or an error, never both.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// An authorization code.
    Code(String),
    /// An error.
    Error(ProviderRefusal),
}

/// The errors of an authorization response, as far as they make a difference to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderRefusal {
    /// `access_denied`: the person gave up, or may not enter.
    AccessDenied,
    /// `access_denied`, because the requested levels are out of reach.
    LevelRefused,
    /// `login_required` and its likes: impossible without showing a page.
    InteractionNeeded,
    /// Anything else.
    Other,
}

impl RawCallback {
    /// Reads the query of the callback. Unknown parameters are ignored; a known one that is empty,
    /// given twice or not UTF-8 makes the whole answer malformed.
    pub fn parse(query: &str) -> Result<Self, LoginError> {
        if query.len() > MAX_QUERY {
            return Err(LoginError::MalformedCallback);
        }
        let mut fields = Fields::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let Some(slot) = fields.slot(&name) else { continue };
            let readable = !value.is_empty() && !value.contains(char::REPLACEMENT_CHARACTER);
            if !readable || slot.is_some() {
                return Err(LoginError::MalformedCallback);
            }
            *slot = Some(value.into_owned());
        }
        let answer = match (fields.code, fields.error) {
            (Some(code), None) => Answer::Code(code),
            (None, Some(error)) => {
                Answer::Error(refusal(&error, fields.error_description.as_deref()))
            }
            _ => return Err(LoginError::MalformedCallback),
        };
        // An answer without a state belongs to no attempt.
        let state = fields.state.ok_or(LoginError::UnknownAttempt)?;
        Ok(Self { state, iss: fields.iss, answer })
    }
}

#[derive(Default)]
struct Fields {
    state: Option<String>,
    iss: Option<String>,
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

impl Fields {
    fn slot(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name {
            "state" => Some(&mut self.state),
            "iss" => Some(&mut self.iss),
            "code" => Some(&mut self.code),
            "error" => Some(&mut self.error),
            "error_description" => Some(&mut self.error_description),
            _ => None,
        }
    }
}

fn refusal(error: &str, description: Option<&str>) -> ProviderRefusal {
    match error {
        "access_denied" if description == Some(LEVEL_REFUSED) => ProviderRefusal::LevelRefused,
        "access_denied" => ProviderRefusal::AccessDenied,
        "login_required"
        | "interaction_required"
        | "consent_required"
        | "account_selection_required" => ProviderRefusal::InteractionNeeded,
        _ => ProviderRefusal::Other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(query: &str) -> Result<Answer, &'static str> {
        RawCallback::parse(query).map(|callback| callback.answer).map_err(|error| error.code())
    }

    #[test]
    fn only_one_clear_answer_is_read() {
        let code = |text: &str| Ok(Answer::Code(text.to_owned()));
        let error = |refusal| Ok(Answer::Error(refusal));
        let malformed = || Err("login.malformed");
        let rows = [
            ("code=c&state=s", code("c")),
            ("code=c&state=s&iss=https%3A%2F%2Fop&session_state=x", code("c")),
            ("error=access_denied&state=s", error(ProviderRefusal::AccessDenied)),
            (
                "error=access_denied&error_description=requested+ACRs+could+not+be+satisfied&state=s",
                error(ProviderRefusal::LevelRefused),
            ),
            ("error=login_required&state=s", error(ProviderRefusal::InteractionNeeded)),
            ("error=temporarily_unavailable&state=s", error(ProviderRefusal::Other)),
            ("code=c", Err("login.unknown_attempt")),
            ("", malformed()),
            ("state=s", malformed()),
            ("code=c&error=access_denied&state=s", malformed()),
            ("code=c&code=d&state=s", malformed()),
            ("code=c&state=s&state=t", malformed()),
            ("code=c&state=s&iss=a&iss=a", malformed()),
            ("code=&state=s", malformed()),
            ("code=c&state=", malformed()),
            ("code=%ff&state=s", malformed()),
        ];
        for (query, expected) in rows {
            assert_eq!(parsed(query), expected, "{query}");
        }
        assert_eq!(parsed(&format!("code={}&state=s", "c".repeat(64 * 1024))), malformed());
    }

    proptest! {
        #[test]
        fn no_query_makes_it_panic(query in ".{0,200}") {
            let _outcome = RawCallback::parse(&query);
        }
    }
}
