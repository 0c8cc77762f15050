//! What only the server writes: parts of a document that the browser's program finds there and leaves
//! as they are.
//!
//! Their texts and their views are not in the program, and may depend on the server's configuration.
//! The price: the program cannot make them, so a page that is one of them is always loaded.

use leptos::prelude::*;

/// The HTML of a view without anything to take over: for `inner_html`, which taking over a document
/// leaves alone.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn kept<V: IntoView>(view: impl FnOnce() -> V) -> String {
    view().to_html()
}

/// As above; here the document has it already.
#[cfg(feature = "hydrate")]
pub(crate) fn kept<V: IntoView>(_view: impl FnOnce() -> V) -> &'static str {
    ""
}
