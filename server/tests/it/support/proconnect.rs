//! The application with its own local ProConnect, over HTTP, as people use them.

use std::sync::Arc;

use server::application::{Application, Parts};
use server::clock::SystemClock;
use server::random::SystemEntropy;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::app::{build_with, folder};
use super::journey::{Journey, Page};
use super::log;

const PUBLIC_URL: &str = "http://localhost:3000";

/// The application with its own local ProConnect, all on free ports.
pub(crate) struct Stack {
    listens_at: String,
    stop: CancellationToken,
    _folder: TempDir,
}

impl Stack {
    pub(crate) async fn start() -> Self {
        log::capture();
        let folder = folder();
        let sample = include_str!("../../../federation/federation.toml");
        let on_free_ports =
            ["3100", "3200", "3300", "3400"].iter().fold(sample.to_owned(), |text, port| {
                text.replace(&format!("127.0.0.1:{port}"), "127.0.0.1:0")
            });
        let config = folder.path().join("federation.toml");
        std::fs::write(&config, on_free_ports).unwrap();
        let arguments = [
            "--federation-config".to_owned(),
            config.to_str().unwrap().to_owned(),
            "--silent-sign-in".to_owned(),
        ];
        let parts = Parts { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) };
        let application: Application = build_with(&arguments, folder.path(), parts).await.unwrap();
        let listens_at = format!("http://{}", application.address().unwrap());
        let stop = CancellationToken::new();
        tokio::spawn(application.run(stop.clone()));
        Self { listens_at, stop, _folder: folder }
    }

    pub(crate) fn journey(&self) -> Journey {
        Journey::new(PUBLIC_URL, &self.listens_at)
    }
}

impl Stack {
    /// The issuer of its ProConnect.
    pub(crate) async fn issuer(&self) -> String {
        let mut url = self.journey().open("/auth/login").await.url;
        url.set_query(None);
        url.set_path("/api/v2");
        url.into()
    }

    /// Makes the next sign-in go the way of a scenario.
    pub(crate) async fn arm(&self, scenario: &str) {
        // Whoever signs in is sent to ProConnect: so its address is known.
        let mut hub = self.journey().open("/auth/login").await.url;
        let client_id = "5d22bacd-14a7-47d9-a3e1-d40b5cde66ee";
        hub.set_path(&format!("/admin/scenarios/{client_id}"));
        hub.set_query(None);
        let client = reqwest::Client::builder().build().unwrap();
        let request = client.put(hub);
        let body = serde_json::json!({ "scenario": scenario });
        let response = request.json(&body).send().await.unwrap();
        assert_eq!(response.status(), 200, "{scenario}");
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// From the button to the page of whoever vouches for the person; `more` is added to the
/// button's address. Where the email page does not come, what came in its place.
pub(crate) async fn identify(journey: &mut Journey, email: &str, more: &str) -> Page {
    let page = journey.open(&format!("/auth/login?return_to=%2Fcompte{more}")).await;
    if page.body.contains("Email professionnel") {
        journey.submit(&page, &[("email", email)]).await
    } else {
        page
    }
}
