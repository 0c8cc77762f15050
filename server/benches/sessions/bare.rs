//! A handler that does nothing but answer what was answered before: what the machine can do at best.

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::program::Answer;

/// A running server; it ends when it is dropped.
pub(crate) struct Bare {
    pub(crate) url: String,
    server: JoinHandle<()>,
}

impl Bare {
    /// Answers what the program answered, header for header and byte for byte, at the root.
    pub(crate) async fn start(answer: &Answer) -> anyhow::Result<Self> {
        let (headers, body) = (answer.headers.clone(), answer.body.clone());
        let handler = move || async move { (headers, body) };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let router = Router::new().route("/", get(handler));
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                panic!("the bare handler stopped: {error}");
            }
        });
        Ok(Self { url, server })
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        self.server.abort();
    }
}
