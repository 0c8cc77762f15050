//! What the interface promises to people and to the server, checked on natively rendered documents.

mod format;
mod html;
mod pages;
mod problems;
mod size;
mod template;
mod wire;
