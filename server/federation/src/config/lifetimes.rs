//! Owns the lifetimes of what a provider issues, in seconds.

use serde::Deserialize;

/// How long things live, in seconds. The defaults are ProConnect's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lifetimes {
    /// An authorization code.
    pub authorization_code: u32,
    /// An access token.
    pub access_token: u32,
    /// An ID token.
    pub id_token: u32,
    /// A refresh token; never outlives the session's `session` seconds.
    pub refresh_token: u32,
    /// The time a person has to sign in.
    pub interaction: u32,
    /// A browser session, counted from its last use, and a grant, counted from its start.
    pub session: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            authorization_code: 60,
            access_token: 3600,
            id_token: 3600,
            refresh_token: 12 * 3600,
            interaction: 3600,
            session: 12 * 3600,
        }
    }
}

impl Lifetimes {
    /// The lifetimes of ProConnect Identité.
    pub(crate) const IDENTITE: Self = Self {
        authorization_code: 600,
        access_token: 3600,
        id_token: 3600,
        refresh_token: 24 * 3600,
        interaction: 3600,
        session: 24 * 3600,
    };
}
