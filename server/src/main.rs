//! The server program: configuration, logs, build, run until told to stop.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use app::document::Documents;
use clap::Parser as _;
use server::application::{Application, Parts};
use server::audit;
use server::check;
use server::clock::SystemClock;
use server::config::Config;
use server::random::SystemEntropy;
use server::telemetry;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// The system's allocator lets the threads of the runtime wait for one another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Config::parse()).await {
        Ok(code) => code,
        Err(error) => {
            let _closed = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> anyhow::Result<ExitCode> {
    let parts = Parts { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) };
    if config.check {
        let report = check::run(&config, &parts).await;
        write!(std::io::stdout(), "{report}")?;
        return Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    if config.unavailable_page {
        let page = Documents::new(config.operator.operator()?).unavailable();
        write!(std::io::stdout(), "{}", page.html)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(sub) = &config.pseudonym {
        let keys = config.keys(parts.entropy.as_ref())?;
        writeln!(std::io::stdout(), "{}", audit::pseudonym(&keys, sub))?;
        return Ok(ExitCode::SUCCESS);
    }
    #[cfg(feature = "otel")]
    let traces = telemetry::traces::Traces::start(&config.traces)?;
    #[cfg(feature = "otel")]
    let layer = traces.as_ref().map(telemetry::traces::Traces::layer);
    #[cfg(not(feature = "otel"))]
    let layer = None;
    telemetry::init(&config.log, config.log_format, config.operations.audit()?, layer)?;
    telemetry::log_panics();
    let application = Application::build(config, parts).await?;
    writeln!(std::io::stdout(), "{}", application.welcome())?;
    let stop = CancellationToken::new();
    tokio::spawn(cancel_on_signal(stop.clone(), signal(SignalKind::terminate())?));
    application.run(stop).await?;
    #[cfg(feature = "otel")]
    if let Some(traces) = traces {
        tokio::task::spawn_blocking(|| traces.stop()).await?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn cancel_on_signal(stop: CancellationToken, mut terminate: tokio::signal::unix::Signal) {
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    stop.cancel();
}
