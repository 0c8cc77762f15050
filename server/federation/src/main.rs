//! The local ProConnect as a program of its own.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Parser;
use federation::{Config, Federation, Parts, SystemClock};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// A local ProConnect: federation, ProConnect Identité and demo administrations.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The configuration; without it the built-in sample is used.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder that keeps keys, sessions and accounts; without it everything is in memory.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// A file to which every step of a sign-in is appended, as one JSON object a line.
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();

    let config = match &arguments.config {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            Config::parse(&text).with_context(|| format!("in {}", path.display()))?
        }
        None => Config::parse(federation::SAMPLE)?,
    };
    let mut terminate = signal(SignalKind::terminate())?;
    let parts =
        Parts { clock: Arc::new(SystemClock), data_dir: arguments.data, events: arguments.events };
    let federation = Federation::start(config, parts).await?;
    announce(&federation)?;

    tokio::select! {
        result = tokio::signal::ctrl_c() => result?,
        _ = terminate.recv() => {}
    }
    federation.stop().await;
    Ok(())
}

fn announce(federation: &Federation) -> std::io::Result<()> {
    let addresses = federation.addresses();
    let mut out = std::io::stdout().lock();
    writeln!(out, "Local ProConnect")?;
    writeln!(out, "  home page            {}", addresses.hub)?;
    writeln!(out, "  issuer               {}", addresses.issuer)?;
    writeln!(out, "  ProConnect Identité  {}", addresses.identite)?;
    writeln!(out, "  demo administrations {}", addresses.demo)?;
    writeln!(out, "  mail sink            {}", addresses.mail)?;
    writeln!(out, "Test accounts")?;
    for account in federation.test_accounts() {
        let password = account.password.as_deref().unwrap_or("-");
        writeln!(out, "  {}  {password}  {}", account.email, account.description)?;
    }
    Ok(())
}
