//! Owns the answer to an authorization request: parameters and the way they travel to the
//! client. The redirect URI is a validated one; it is extended, never rebuilt.

use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::OAuthError;

/// How parameters travel (OAuth 2.0 Multiple Response Type Encoding Practices).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ResponseMode {
    /// In the query of the redirect URI.
    #[default]
    Query,
    /// In its fragment.
    Fragment,
    /// In a form that the browser posts to it.
    FormPost,
}

impl ResponseMode {
    /// Reads `response_mode`.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "query" => Some(Self::Query),
            "fragment" => Some(Self::Fragment),
            "form_post" => Some(Self::FormPost),
            _ => None,
        }
    }
}

/// Where and how the client is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReplyTo {
    /// One of the client's registered redirect URIs.
    pub(crate) redirect_uri: String,
    pub(crate) mode: ResponseMode,
    pub(crate) state: Option<String>,
}

/// An answer to be carried by the browser.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct AuthorizationResponse {
    pub(crate) redirect_uri: String,
    pub(crate) mode: ResponseMode,
    pub(crate) params: Vec<(&'static str, String)>,
}

impl AuthorizationResponse {
    /// The good answer.
    pub(crate) fn code(reply_to: &ReplyTo, issuer: &str, code: &str) -> Self {
        Self::new(reply_to, issuer, vec![("code", code.to_owned())])
    }

    /// The bad answer.
    pub(crate) fn error(reply_to: &ReplyTo, issuer: &str, error: &OAuthError) -> Self {
        Self::new(
            reply_to,
            issuer,
            vec![
                ("error", error.error.to_string()),
                ("error_description", error.error_description.to_string()),
            ],
        )
    }

    fn new(reply_to: &ReplyTo, issuer: &str, mut params: Vec<(&'static str, String)>) -> Self {
        params.extend(reply_to.state.clone().map(|state| ("state", state)));
        params.push(("iss", issuer.to_owned()));
        Self { redirect_uri: reply_to.redirect_uri.clone(), mode: reply_to.mode, params }
    }

    /// The address to redirect to; a form post has none.
    pub(crate) fn location(&self) -> Option<String> {
        match self.mode {
            ResponseMode::Query => Some(with_query(&self.redirect_uri, &self.params)),
            ResponseMode::Fragment => {
                Some(format!("{}#{}", self.redirect_uri, encode(&self.params)))
            }
            ResponseMode::FormPost => None,
        }
    }
}

impl std::fmt::Debug for AuthorizationResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AuthorizationResponse").field("mode", &self.mode).finish_non_exhaustive()
    }
}

/// Adds parameters to an address that may already have a query.
pub(crate) fn with_query<V: AsRef<str>>(uri: &str, params: &[(&str, V)]) -> String {
    if params.is_empty() {
        return uri.to_owned();
    }
    let separator = match uri.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{uri}{separator}{}", encode(params))
}

fn encode<V: AsRef<str>>(params: &[(&str, V)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in params {
        query.append_pair(name, value.as_ref());
    }
    query.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply_to(redirect_uri: &str, mode: ResponseMode) -> ReplyTo {
        ReplyTo { redirect_uri: redirect_uri.to_owned(), mode, state: Some("s p".to_owned()) }
    }

    #[test]
    fn parameters_travel_as_the_mode_says() {
        let rows = [
            ("https://rp/cb", ResponseMode::Query, Some("https://rp/cb?code=c&state=s+p&iss=i")),
            (
                "https://rp/cb?a=b",
                ResponseMode::Query,
                Some("https://rp/cb?a=b&code=c&state=s+p&iss=i"),
            ),
            ("https://rp/cb?", ResponseMode::Query, Some("https://rp/cb?code=c&state=s+p&iss=i")),
            ("https://rp/cb", ResponseMode::Fragment, Some("https://rp/cb#code=c&state=s+p&iss=i")),
            ("https://rp/cb", ResponseMode::FormPost, None),
        ];
        for (uri, mode, expected) in rows {
            let response = AuthorizationResponse::code(&reply_to(uri, mode), "i", "c");
            assert_eq!(response.location().as_deref(), expected, "{uri} {mode:?}");
        }
    }
}
