//! Owns the switches for what can be done in more than one way.

use serde::Deserialize;

/// The switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Features {
    /// Whether authorization requests are held to the partners' documentation, which asks for
    /// more than the real federation enforces.
    pub strict_docs: bool,
    /// Whether ProConnect sends codes by email where an identity provider's level does not
    /// suffice.
    pub email_code: bool,
}

impl Default for Features {
    fn default() -> Self {
        Self { strict_docs: false, email_code: true }
    }
}
