//! Browser entry point: starts the interface, nothing else.

/// A third of the size of the standard library's allocator: 3 kB of the download.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    app::start();
}
