//! The HTTP client that all tests share. Setting one up reads the system's certificates, which
//! takes longer than most tests; nothing is pooled, because each test has a runtime of its own.

use std::sync::LazyLock;

use reqwest::{Client, redirect};

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .pool_max_idle_per_host(0)
        .build()
        .expect("a client can be built")
});

/// The client.
pub(crate) fn client() -> &'static Client {
    &CLIENT
}
