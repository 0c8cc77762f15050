//! Measures the local ProConnect as a program: start, complete sign-ins, latency of the
//! endpoints that services call, memory. It prints a table and judges nothing.
//!
//! Invariant: what is measured is the real program with its sample configuration and a data
//! folder, driven over HTTP by browsers that share nothing but this process.

mod accounts;
mod browser;
mod program;
mod table;

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use federation::Config;
use tokio::task::JoinSet;

use browser::{Service, SignIn};
use program::Program;
use table::{Latencies, Table, summary};

/// How many browsers sign in at the same time.
const CROWDS: [usize; 3] = [1, 4, 16];
/// Sign-ins measured with each crowd.
const MEASURED: usize = 1_000;
/// Memory is read again after so many sign-ins in all.
const MILESTONES: [usize; 2] = [10_000, 20_000];
/// So many accounts are in the store of ProConnect Identité while passwords are measured.
const STORES: [usize; 2] = [100, 10_000];
/// Sign-ins by password measured with each store. Nobody may try more often than ten times.
const BY_PASSWORD: usize = 500;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // `cargo test` and `cargo clippy` may start it too: it measures for `cargo bench` only.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let mut table = Table::default();
    let folder = program::Folder::new()?;

    let first = Program::start(folder.path()).await?;
    table.row("start to `/readyz`, first time (keys are made)", first.started_in());
    first.stop()?;
    let program = Program::start(folder.path()).await?;
    table.row("start to `/readyz`, later", program.started_in());
    table.row("memory at rest", program.memory()?);

    let config = Config::parse(federation::SAMPLE)?;
    let service = Arc::new(Service::new(program.issuer(), &config.services[0])?);
    let mut done = 0;
    for crowd in CROWDS {
        let (latencies, seconds) = sign_in(&service, crowd, MEASURED).await?;
        done += MEASURED;
        table.sign_ins(crowd, MEASURED, seconds, &latencies);
    }
    for milestone in MILESTONES {
        sign_in(&service, 8, milestone.saturating_sub(done)).await?;
        done = milestone;
        table.row(&format!("memory after {milestone} sign-ins"), program.memory()?);
        table.row(&format!("data folder after {milestone} sign-ins"), folder.size()?);
    }
    program.stop()?;
    for accounts in STORES {
        accounts::fill(&folder.path().join("data"), accounts).await?;
        let program = Program::start(folder.path()).await?;
        let service = Service::new(program.issuer(), &config.services[0])?;
        let measured = sign_in_by_password(&service, accounts).await?;
        let name = format!("sign-in by password, p50 / p99, {accounts} accounts");
        table.row(&name, summary(measured));
        program.stop()?;
    }
    write!(std::io::stdout().lock(), "{table}")?;
    Ok(())
}

/// Signs people in by password, one after the other, from all over the store.
async fn sign_in_by_password(service: &Service, accounts: usize) -> anyhow::Result<Vec<Duration>> {
    let client = browser::client()?;
    let mut measured = Vec::new();
    for place in 0..BY_PASSWORD {
        let person = accounts::address(1 + place * accounts / BY_PASSWORD);
        let took = service.sign_in_by_password(&client, (&person, accounts::MODEL)).await?;
        measured.push(took);
    }
    Ok(measured)
}

/// Signs `count` people in, by a crowd of browsers; latencies and how long it took.
async fn sign_in(
    service: &Arc<Service>,
    crowd: usize,
    count: usize,
) -> anyhow::Result<(Latencies, f64)> {
    let next = Arc::new(AtomicUsize::new(0));
    let started = Instant::now();
    let mut browsers = JoinSet::new();
    for _ in 0..crowd {
        let (service, next) = (Arc::clone(service), Arc::clone(&next));
        browsers.spawn(async move {
            let client = browser::client()?;
            let mut measured: Vec<SignIn> = Vec::new();
            while next.fetch_add(1, Ordering::Relaxed) < count {
                measured.push(service.sign_in(&client, measured.len()).await?);
            }
            anyhow::Ok(measured)
        });
    }
    let mut latencies = Latencies::default();
    while let Some(measured) = browsers.join_next().await {
        latencies.add(measured??);
    }
    Ok((latencies, started.elapsed().as_secs_f64()))
}
