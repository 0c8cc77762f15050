//! What was measured, as two Markdown tables.

use std::fmt;

use super::load::Load;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Table {
    compared: Vec<String>,
    memory: Vec<String>,
}

impl Table {
    /// A bare handler and the service, under the same load.
    pub(crate) fn compared(&mut self, what: &str, [bare, ours]: &[Load; 2]) {
        let ratio = ours.requests_per_second / bare.requests_per_second;
        self.compared.push(format!(
            "| {what} | {:.0} | {:.0} | {ratio:.2} | {} / {} | {} / {} |",
            bare.requests_per_second,
            ours.requests_per_second,
            bare.p50,
            bare.p99,
            ours.p50,
            ours.p99
        ));
    }

    /// Resident memory at rest and after the load, in kB.
    pub(crate) fn memory(&mut self, store: &str, sessions: &str, [at_rest, after]: [u64; 2]) {
        let megabytes = |kilobytes: u64| kilobytes.div_ceil(1024);
        self.memory.push(format!(
            "| {store} | {} MB | {} MB with {sessions} |",
            megabytes(at_rest),
            megabytes(after)
        ));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| requests per second | bare handler | the service | ratio | bare p50 / p99 | p50 / p99 |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|")?;
        self.compared.iter().try_for_each(|row| writeln!(f, "{row}"))?;
        writeln!(f, "\n| memory of the service | at rest | after the load |\n|---|---|---|")?;
        self.memory.iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}
