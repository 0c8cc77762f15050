//! What the process tells about itself: log lines, and the lines of the audit trail.
//!
//! Invariant: only our own crates may log below `info`. Libraries write headers, queries and frames
//! at `debug` and `trace`, and those hold codes, tokens and cookies.

use std::fs::File;
use std::io::IsTerminal as _;
use std::sync::Mutex;

use tracing::Metadata;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{EnvFilter, FilterExt as _, FilterFn, ParseError};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer, Registry, fmt};

#[cfg(feature = "otel")]
pub mod traces;

use crate::audit;
use crate::config::LogFormat;

/// Our own crates.
const OURS: [&str; 3] = ["server", "federation", "app"];

/// Targets of libraries that cry wolf, an expired session being no suspicious activity, or that
/// open a span for every request beside our own.
const SILENCED: [&str; 2] = ["tower_sessions_core", "tower_sessions"];

/// What takes spans, to make traces of them.
pub type TracesLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// Starts logging to standard error, and the audit trail to its file if it has one.
pub fn init(
    filter: &str,
    format: LogFormat,
    audit: Option<File>,
    traces: Option<TracesLayer>,
) -> Result<(), ParseError> {
    let audit = match audit {
        Some(file) => BoxMakeWriter::new(Mutex::new(file)),
        None => BoxMakeWriter::new(std::io::stderr),
    };
    subscriber(filter, format, std::io::stderr, audit, traces)?.init();
    Ok(())
}

/// Logs panics by their place alone: what a panic says may hold what a request held.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(code = "panic", place, "a defect of the program");
    }));
}

/// What turns events into lines on `writer`, and those of the audit trail into JSON on `audit`.
pub fn subscriber<W, A>(
    filter: &str,
    format: LogFormat,
    writer: W,
    audit: A,
    traces: Option<TracesLayer>,
) -> Result<impl tracing::Subscriber + Send + Sync, ParseError>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
    A: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let asked =
        EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).parse(filter)?;
    // Filters say up to which level they let anything pass, so that what is below costs nothing.
    let capped = FilterFn::new(may_be_told).with_max_level_hint(LevelFilter::TRACE);
    let audited = FilterFn::new(|metadata| metadata.target() == audit::TARGET)
        .with_max_level_hint(LevelFilter::INFO);
    let lines = fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(writer);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        // The span of the request alone, since no other is open at `info`.
        LogFormat::Json => lines.json().with_span_list(false).boxed(),
    };
    // The time of an entry is that of the server's clock, among its fields.
    let trail = fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_level(false)
        .without_time()
        .with_ansi(false)
        .with_writer(audit)
        .with_filter(audited);
    let lines = lines.with_filter(asked.and(capped));
    Ok(tracing_subscriber::registry().with(traces).with(lines).with(trail))
}

/// Whether an event or a span may leave as a log line or as a part of a trace.
fn may_be_told(metadata: &Metadata<'_>) -> bool {
    metadata.target() != audit::TARGET && is_allowed(metadata.target(), *metadata.level())
}

fn is_allowed(target: &str, level: tracing::Level) -> bool {
    let of = |names: &[&str]| {
        names.iter().any(|name| {
            target.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        })
    };
    if of(&SILENCED) {
        level <= tracing::Level::ERROR
    } else {
        of(&OURS) || level <= tracing::Level::INFO
    }
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn libraries_never_log_below_info() {
        let rows = [
            ("server::http", Level::TRACE, true),
            ("federation", Level::DEBUG, true),
            ("hyper_util::client", Level::DEBUG, false),
            ("hyper_util::client", Level::INFO, true),
            ("server_fn", Level::DEBUG, false),
            ("tower_sessions_core::session", Level::WARN, false),
            ("tower_sessions_core::session", Level::ERROR, true),
            ("tower_sessions::service", Level::INFO, false),
        ];
        for (target, level, allowed) in rows {
            assert_eq!(is_allowed(target, level), allowed, "{target} {level}");
        }
    }
}
