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
///
/// It serves until it is stopped. `GET /readyz` on the hub answers `ok` once it can be used;
/// `RUST_LOG` says how much it logs.
#[derive(Debug, Parser)]
#[command(version, after_long_help = EXAMPLES)]
struct Arguments {
    /// The configuration; without it the built-in sample is used.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder that keeps keys, sessions, accounts and mails over a restart.
    #[arg(
        long,
        value_name = "FOLDER",
        env = "FEDERATION_DATA",
        default_value = ".data/federation"
    )]
    data: PathBuf,
    /// Keeps nothing: everything is in memory, and signing keys are new at each start.
    #[arg(long)]
    ephemeral: bool,
    /// A file to which every step of a sign-in is appended, as one JSON object a line.
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// Prints the built-in sample configuration, to start one's own from, and ends.
    #[arg(long)]
    print_sample: bool,
}

const EXAMPLES: &str = "\
Examples:
  federation                              the sample's services and accounts, kept in .data/federation
  federation --print-sample > mine.toml   a configuration to change
  federation --config mine.toml           one's own services and identity providers
  federation --ephemeral                  for a test suite: leaves no trace, starts in a moment

In a test suite: start it with --ephemeral, wait until http://localhost:3100/readyz answers,
and put it back to its first state between tests with
  curl -X POST http://localhost:3100/admin/reset";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();

    if arguments.print_sample {
        return Ok(std::io::stdout().write_all(federation::SAMPLE.as_bytes())?);
    }
    let config = match &arguments.config {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            Config::parse(&text).with_context(|| format!("in {}", path.display()))?
        }
        None => Config::parse(federation::SAMPLE)?,
    };
    let mut terminate = signal(SignalKind::terminate())?;
    let parts = Parts {
        clock: Arc::new(SystemClock),
        data_dir: (!arguments.ephemeral).then_some(arguments.data),
        events: arguments.events,
    };
    let federation = Federation::start(config, parts).await?;
    // Nobody has to listen: a closed output is no reason not to serve.
    if let Err(error) = announce(&federation) {
        tracing::debug!(error = &error as &dyn std::error::Error, "the addresses were not read");
    }

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
        writeln!(out, "  {:30} {password:22} {}", account.email, account.description)?;
        if let Some(secret) = account.totp_secret {
            writeln!(out, "  {:30} TOTP secret {secret}", "")?;
        }
    }
    Ok(())
}
