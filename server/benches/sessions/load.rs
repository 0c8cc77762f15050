//! Load by `wrk`, from one thread and 64 connections that stay open.

use std::process::Command;

use anyhow::{Context as _, ensure};

/// Rounds, of which the median counts.
const ROUNDS: usize = 5;
const SECONDS: &str = "3s";
const CONNECTIONS: &str = "64";

/// What a server did.
#[derive(Debug, Clone)]
pub(crate) struct Load {
    pub(crate) requests_per_second: f64,
    pub(crate) p50: String,
    pub(crate) p99: String,
}

impl Load {
    /// Loads two servers (address and cookie) in turns, so that what else happens on the machine hits
    /// both; the median round of each.
    pub(crate) fn side_by_side(
        first: (&str, &str),
        second: (&str, &str),
    ) -> anyhow::Result<[Self; 2]> {
        let mut rounds = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (rounds, (url, cookie)) in rounds.iter_mut().zip([first, second]) {
                rounds.push(Self::on(url, cookie)?);
            }
        }
        Ok(rounds.map(|mut rounds| {
            rounds.sort_by(|a, b| a.requests_per_second.total_cmp(&b.requests_per_second));
            rounds.swap_remove(ROUNDS / 2)
        }))
    }

    fn on(url: &str, cookie: &str) -> anyhow::Result<Self> {
        let mut command = Command::new("wrk");
        command.args(["-t1", "-c", CONNECTIONS, "-d", SECONDS, "--latency"]);
        if !cookie.is_empty() {
            command.args(["-H", &format!("Cookie: {cookie}")]);
        }
        let output = command.arg(url).output().context("wrk cannot be started")?;
        let text = String::from_utf8(output.stdout)?;
        ensure!(output.status.success() && !text.contains("Non-2xx"), "{text}");
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
            line.map(|value| value.trim().to_owned()).with_context(|| format!("{name}: {text}"))
        };
        Ok(Self {
            requests_per_second: value("Requests/sec:")?.parse()?,
            p50: value("50%")?,
            p99: value("99%")?,
        })
    }
}
