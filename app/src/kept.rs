//! What only the server writes: parts of a document that the browser's program finds there and leaves
//! as they are.
//!
//! Their texts and their views are not in the program, and may depend on the server's configuration.
//! The price: the program cannot make them, so a page that is one of them is always loaded.

use leptos::prelude::*;

/// The HTML of a view without anything to take over: for `inner_html`, which taking over a document
/// leaves alone.
#[cfg(feature = "ssr")]
pub(crate) fn kept<V: IntoView>(view: impl FnOnce() -> V) -> String {
    view().to_html()
}

/// As above; here the document has it already.
#[cfg(feature = "hydrate")]
pub(crate) fn kept<V: IntoView>(_view: impl FnOnce() -> V) -> &'static str {
    ""
}

/// As above, where the browser makes everything: it is made aside, since it has nothing that lives.
#[cfg(all(feature = "csr", not(feature = "hydrate"), not(feature = "ssr")))]
pub(crate) fn kept<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let Ok(aside) = document().create_element("div") else { return String::new() };
    view().build().mount(&aside, None);
    aside.inner_html()
}
