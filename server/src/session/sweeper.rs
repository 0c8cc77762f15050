//! Removes what has expired, now and then.
//!
//! Invariant: an error is for the next time; only being told to ends it.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Sessions;
use crate::metrics::{Metrics, SessionEnd};

/// Sweeps at once and then `every` so often, until `stop` is cancelled.
pub async fn run(
    sessions: Sessions,
    metrics: Arc<Metrics>,
    every: Duration,
    stop: CancellationToken,
) {
    let mut ticks = tokio::time::interval(every);
    loop {
        tokio::select! {
            _ = ticks.tick() => match sessions.sweep().await {
                Ok(0) => {}
                Ok(removed) => {
                    metrics.sessions_ended(SessionEnd::Expired, removed);
                    tracing::info!(sessions.removed = removed, "expired sessions removed");
                }
                Err(error) => tracing::warn!(%error, "expired sessions not removed"),
            },
            () = stop.cancelled() => return,
        }
    }
}
