//! The service, its store and its provider: started, taken away, brought back, stopped.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use federation::{Config, Federation, Parts, SystemClock};

use super::outage::What;

/// What the service is called from outside, as the sample registers it.
pub(crate) const PUBLIC_URL: &str = "http://localhost:3000";

/// See the module.
pub(crate) struct World {
    folder: PathBuf,
    sample: String,
    federation: Option<Federation>,
    redis: Option<Child>,
    redis_port: u16,
    service: Child,
    service_port: u16,
}

impl World {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("soak");
        let _of_before = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let mut sample = federation::SAMPLE.to_owned();
        // The same ports after a restart.
        for port in ["3100", "3200", "3300", "3400"] {
            let mine = format!("127.0.0.1:{}", free_port()?);
            sample = sample.replace(&format!("127.0.0.1:{port}"), &mine);
        }
        let (redis_port, service_port) = (free_port()?, free_port()?);
        let redis = start_redis(&folder, redis_port)?;
        let config = Config::parse(&sample)?;
        let federation = start_federation(&folder, &sample).await?;
        let client = config.services.first().context("a service")?;
        let service = Command::new(env!("CARGO_BIN_EXE_server"))
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .env("APP_LISTEN", format!("127.0.0.1:{service_port}"))
            .env("APP_OPS_LISTEN", "off")
            .env("APP_PUBLIC_URL", PUBLIC_URL)
            .env("PROCONNECT_ISSUER", federation.addresses().issuer.as_str())
            .env("PROCONNECT_CLIENT_ID", &client.client_id)
            .env("PROCONNECT_CLIENT_SECRET", client.client_secret.expose())
            .env("SESSION_STORE", format!("redis://127.0.0.1:{redis_port}"))
            .env("SESSION_KEYS", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=")
            // Everybody comes from one address.
            .env("LIMIT_SIGN_INS", "0")
            .env("LIMIT_CALLBACKS", "0")
            .env("LIMIT_CALLS", "0")
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(folder.join("service.log"))?)
            .spawn()?;
        let (federation, redis) = (Some(federation), Some(redis));
        let world = Self { folder, sample, federation, redis, redis_port, service, service_port };
        world.wait_until_ready().await?;
        Ok(world)
    }

    pub(crate) fn service_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.service_port)
    }

    async fn wait_until_ready(&self) -> anyhow::Result<()> {
        let client = reqwest::Client::builder().build()?;
        for _ in 0..200 {
            let ready = client.get(format!("{}/readyz", self.service_url())).send().await;
            if ready.is_ok_and(|ready| ready.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::bail!("the service is not ready")
    }

    /// Stops it in order, as an operator would.
    pub(crate) async fn take_away(&mut self, what: What) -> anyhow::Result<()> {
        match what {
            What::Store => end(self.redis.take().context("Redis runs")?),
            What::Provider => {
                self.federation.take().context("the provider runs")?.stop().await;
                Ok(())
            }
        }
    }

    /// Starts it again on what it kept.
    pub(crate) async fn bring_back(&mut self, what: What) -> anyhow::Result<()> {
        match what {
            What::Store => self.redis = Some(start_redis(&self.folder, self.redis_port)?),
            What::Provider => {
                self.federation = Some(start_federation(&self.folder, &self.sample).await?);
            }
        }
        Ok(())
    }

    /// Resident memory (kB) and open files of the service.
    pub(crate) fn size_of_the_service(&self) -> anyhow::Result<(u64, u64)> {
        let id = self.service.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = line.and_then(|line| line.split_whitespace().next()).context("VmRSS")?;
        let files = std::fs::read_dir(format!("/proc/{id}/fd"))?.count();
        Ok((memory.parse()?, u64::try_from(files)?))
    }

    /// Ends everything; the service has to end in order.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        Command::new("kill").arg(self.service.id().to_string()).status()?;
        ensure!(self.service.wait()?.success(), "the service did not end in order");
        if let Some(federation) = self.federation.take() {
            federation.stop().await;
        }
        if let Some(redis) = self.redis.take() {
            end(redis)?;
        }
        std::fs::remove_dir_all(&self.folder)?;
        Ok(())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Both have ended already, unless something failed before.
        let _ended = self.service.kill();
        if let Some(redis) = &mut self.redis {
            let _ended = redis.kill();
        }
    }
}

async fn start_federation(folder: &std::path::Path, sample: &str) -> anyhow::Result<Federation> {
    let data_dir = Some(folder.join("federation"));
    let parts = Parts { clock: Arc::new(SystemClock), data_dir, events: None };
    Ok(Federation::start(Config::parse(sample)?, parts).await?)
}

fn start_redis(folder: &std::path::Path, port: u16) -> anyhow::Result<Child> {
    Command::new("redis-server")
        .args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--appendonly", "yes"])
        .args(["--save", "", "--dir"])
        .arg(folder)
        .stdout(Stdio::null())
        .spawn()
        .context("redis-server cannot be started: run `make setup`")
}

fn end(mut child: Child) -> anyhow::Result<()> {
    Command::new("kill").arg(child.id().to_string()).status()?;
    child.wait()?;
    Ok(())
}

/// Free a moment ago.
fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
