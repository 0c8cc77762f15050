//! The program under measurement, and the local ProConnect where people sign in to it.

use std::borrow::Cow;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, ensure};
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, DATE, TRANSFER_ENCODING};
use federation::{Config, Federation, Parts, SystemClock};

use super::journey::Journey;

/// What the service is called from outside, as the sample registers it.
const PUBLIC_URL: &str = "http://localhost:3000";

/// The local ProConnect, in this process.
pub(crate) struct Provider {
    federation: Federation,
    credentials: (String, String),
}

impl Provider {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let mut sample = federation::SAMPLE.to_owned();
        for port in ["3100", "3200", "3300", "3400"] {
            sample = sample.replace(&format!("127.0.0.1:{port}"), "127.0.0.1:0");
        }
        let config = Config::parse(&sample)?;
        let service = config.services.first().context("a service")?;
        let credentials = (service.client_id.clone(), service.client_secret.expose().to_owned());
        let parts = Parts { clock: std::sync::Arc::new(SystemClock), data_dir: None, events: None };
        Ok(Self { federation: Federation::start(config, parts).await?, credentials })
    }
}

/// The running program.
pub(crate) struct Program {
    child: Child,
    port: u16,
}

/// What it answered.
pub(crate) struct Answer {
    /// Without those that every server writes by itself.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

impl Program {
    /// Starts it with sessions at this location, its log in this file, and nothing limited.
    pub(crate) async fn start(
        provider: &Provider,
        store: &str,
        log: &Path,
    ) -> anyhow::Result<Self> {
        // Free a moment ago; nobody else is at work on a machine that is measured.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let (client_id, client_secret) = &provider.credentials;
        let child = Command::new(env!("CARGO_BIN_EXE_server"))
            .current_dir(root)
            .env("APP_LISTEN", format!("127.0.0.1:{port}"))
            .env("APP_OPS_LISTEN", "off")
            .env("APP_PUBLIC_URL", PUBLIC_URL)
            .env("PROCONNECT_ISSUER", provider.federation.addresses().issuer.as_str())
            .env("PROCONNECT_CLIENT_ID", client_id)
            .env("PROCONNECT_CLIENT_SECRET", client_secret)
            .env("SESSION_STORE", store)
            .env("SESSION_KEYS", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=")
            .env("LIMIT_SIGN_INS", "0")
            .env("LIMIT_CALLBACKS", "0")
            .env("LIMIT_CALLS", "0")
            .env("LOG_FORMAT", "json")
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(log)?)
            .spawn()?;
        let program = Self { child, port };
        for _ in 0..200 {
            if program.get("/livez", "").await.is_ok() {
                return Ok(program);
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        anyhow::bail!("the program does not answer: see {}", log.display())
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Signs somebody in; the cookie of their session.
    pub(crate) async fn sign_in(&self) -> anyhow::Result<String> {
        let mut journey = Journey::new(PUBLIC_URL, &self.url(""));
        let page = journey.open("/auth/login?return_to=%2Fcompte").await;
        let form = journey.submit(&page, &[("email", "test@fia1.fr")]).await;
        let arrived = journey.submit(&form, &[]).await;
        ensure!(arrived.url.path() == "/compte", "not signed in, but at {}", arrived.url);
        let id = journey.cookies.get("app-session").context("no session")?;
        Ok(format!("app-session={id}"))
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> anyhow::Result<Answer> {
        let client = reqwest::Client::builder().build()?;
        let response = client.get(self.url(path)).header("cookie", cookie).send().await?;
        ensure!(response.status().is_success(), "{path}: {}", response.status());
        let mut headers = response.headers().clone();
        for by_itself in [DATE, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION] {
            headers.remove(by_itself);
        }
        Ok(Answer { headers, body: response.bytes().await? })
    }

    /// The path of the browser's script.
    pub(crate) async fn script(&self) -> anyhow::Result<String> {
        let document = self.get("/", "").await?;
        let document = document.text();
        let end = document.find(".js").context("no script")? + ".js".len();
        let start = document[..end].rfind("/pkg/").context("no script")?;
        Ok(document[start..end].to_owned())
    }

    /// Its resident memory, in kB.
    pub(crate) fn memory(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(line.and_then(|line| line.split_whitespace().next()).context("VmRSS")?.parse()?)
    }

    /// Ends it in order.
    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        ensure!(self.child.wait()?.success(), "it did not end in order");
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already, unless something failed before.
        let _ended = self.child.kill();
    }
}
