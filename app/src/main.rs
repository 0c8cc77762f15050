//! Browser entry point: starts the interface, nothing else.

fn main() {
    app::start();
}
