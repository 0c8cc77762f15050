//! What was measured, as a Markdown table.

use std::fmt;
use std::time::Duration;

use super::browser::SignIn;

/// Rows of a name and a value.
#[derive(Debug, Default)]
pub(crate) struct Table(Vec<(String, String)>);

impl Table {
    pub(crate) fn row(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }

    /// The rows of one crowd.
    pub(crate) fn sign_ins(
        &mut self,
        crowd: usize,
        count: usize,
        seconds: f64,
        latencies: &Latencies,
    ) {
        let browsers =
            if crowd == 1 { "1 browser".to_owned() } else { format!("{crowd} browsers") };
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let rate = f64::from(count) / seconds;
        self.row(&format!("complete sign-ins per second, {browsers}"), format!("{rate:.0}"));
        for (endpoint, sorted) in [
            ("authorize", &latencies.authorize),
            ("token", &latencies.token),
            ("userinfo", &latencies.userinfo),
        ] {
            let value = format!("{} / {}", percentile(sorted, 50), percentile(sorted, 99));
            self.row(&format!("`{endpoint}`, p50 / p99, {browsers}"), value);
        }
    }
}

/// The median and the 99th percentile.
pub(crate) fn summary(mut durations: Vec<Duration>) -> String {
    durations.sort_unstable();
    format!("{} / {}", percentile(&durations, 50), percentile(&durations, 99))
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| local ProConnect | |\n|---|---|")?;
        self.0.iter().try_for_each(|(name, value)| writeln!(f, "| {name} | {value} |"))
    }
}

/// How long the endpoints took, in ascending order.
#[derive(Debug, Default)]
pub(crate) struct Latencies {
    authorize: Vec<Duration>,
    token: Vec<Duration>,
    userinfo: Vec<Duration>,
}

impl Latencies {
    pub(crate) fn add(&mut self, measured: Vec<SignIn>) {
        for sign_in in measured {
            self.authorize.push(sign_in.authorize);
            self.token.push(sign_in.token);
            self.userinfo.push(sign_in.userinfo);
        }
        for durations in [&mut self.authorize, &mut self.token, &mut self.userinfo] {
            durations.sort_unstable();
        }
    }
}

fn percentile(sorted: &[Duration], percent: usize) -> String {
    let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    let value = sorted.get(place).copied().unwrap_or_default();
    format!("{:.1} ms", value.as_secs_f64() * 1000.0)
}
