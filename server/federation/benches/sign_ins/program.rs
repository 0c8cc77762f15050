//! The program under measurement: its start, its memory, its end, and the folder it writes to.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

/// A running federation.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    issuer: String,
    started_in: Duration,
}

impl Program {
    /// Starts it with the sample on free ports and waits until it is ready.
    pub(crate) async fn start(folder: &Path) -> anyhow::Result<Self> {
        let config = folder.join("federation.toml");
        let mut sample = federation::SAMPLE.to_owned();
        for port in ["3100", "3200", "3300", "3400"] {
            sample = sample.replace(&format!("127.0.0.1:{port}"), "127.0.0.1:0");
        }
        std::fs::write(&config, sample)?;
        let started = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_federation"))
            .args([Path::new("--config"), &config, Path::new("--data"), &folder.join("data")])
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("its output")?).lines();
        let issuer = loop {
            let line = lines.next().context("it ended at start")??;
            if let Some(issuer) = line.trim().strip_prefix("issuer") {
                break issuer.trim().to_owned();
            }
        };
        // Whatever else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let client = super::browser::client()?;
        let ready = client.get(format!("{issuer}/readyz")).send().await?;
        ensure!(ready.status().is_success(), "it is not ready: {}", ready.status());
        Ok(Self { child, issuer, started_in: started.elapsed() })
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    pub(crate) fn started_in(&self) -> String {
        format!("{} ms", self.started_in.as_millis())
    }

    /// Its resident memory.
    pub(crate) fn memory(&self) -> anyhow::Result<String> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes: u64 =
            line.and_then(|line| line.split_whitespace().next()).context("VmRSS")?.parse()?;
        Ok(format!("{} MB", kilobytes.div_ceil(1024)))
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
        let _ = self.child.kill();
    }
}

/// A folder that is removed in the end.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("federation-bench-{}", std::process::id()));
        std::fs::create_dir(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// How much the program keeps in it.
    pub(crate) fn size(&self) -> anyhow::Result<String> {
        let mut bytes = 0;
        for entry in std::fs::read_dir(self.0.join("data"))? {
            bytes += entry?.metadata()?.len();
        }
        Ok(format!("{} MB", bytes.div_ceil(1024 * 1024)))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
