//! What the interface promises to people and to the server, checked on natively rendered documents.

mod format;
mod gallery;
mod html;
mod operator;
mod pages;
mod problems;
mod size;
mod template;
mod wire;

use app::document::Documents;
use app::operator::Operator;

/// The documents of the service as it comes.
fn documents() -> Documents {
    Documents::new(Operator::default())
}
