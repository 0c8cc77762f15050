//! Owns the switches for what can be done in more than one way.

use serde::Deserialize;

/// The switches; all are off at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Features {
    /// Whether authorization requests are held to the partners' documentation, which asks for
    /// more than the real federation enforces.
    pub strict_docs: bool,
}
