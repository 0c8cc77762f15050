//! The stand-alone local ProConnect.
fn main() {}
