//! `server --check`: would this configuration work, in plain words, before anybody relies on it.
//!
//! Every line is one finding. Only what the server itself would do is tried: nothing is signed in,
//! and what is written (a probe in the store, a file in the data folder) is removed again.

mod here;
mod provider;

use std::fmt;

use crate::application::Parts;
use crate::config::{Config, ProviderChoice};

/// How a finding is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// It works, and somebody should know.
    Attention,
    /// It does not work.
    Error,
}

/// All findings, in the order in which they were made.
#[derive(Debug, Default)]
pub struct Report(Vec<(Verdict, String)>);

impl Report {
    /// Whether nothing is wrong.
    pub fn passed(&self) -> bool {
        self.0.iter().all(|(verdict, _)| *verdict != Verdict::Error)
    }

    fn ok(&mut self, text: impl Into<String>) {
        self.0.push((Verdict::Ok, text.into()));
    }

    fn attention(&mut self, text: impl Into<String>) {
        self.0.push((Verdict::Attention, text.into()));
    }

    fn error(&mut self, text: impl Into<String>) {
        self.0.push((Verdict::Error, text.into()));
    }

    /// `good` if it holds, else the error `bad`.
    fn expect(&mut self, holds: bool, good: impl Into<String>, bad: impl Into<String>) {
        if holds { self.ok(good) } else { self.error(bad) }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (verdict, text) in &self.0 {
            let word = match verdict {
                Verdict::Ok => "ok",
                Verdict::Attention => "attention",
                Verdict::Error => "error",
            };
            writeln!(formatter, "{word:<10} {text}")?;
        }
        let result = if self.passed() { "it would work" } else { "it would not work" };
        writeln!(formatter, "{:<10} {result}", "=")
    }
}

/// Checks everything.
pub async fn run(config: &Config, parts: &Parts) -> Report {
    let mut report = Report::default();
    let public_url = match config.http.public_url() {
        Ok(public_url) => public_url,
        Err(error) => {
            report.error(error.to_string());
            return report;
        }
    };
    here::addresses(&mut report, config, &public_url);
    here::data_folder(&mut report, &config.http.app_data_dir);
    here::interface(&mut report, config);
    here::legal_facts(&mut report, config);
    here::keys(&mut report, config, &public_url, parts);
    here::store(&mut report, config, parts).await;
    match config.provider.choice(&public_url) {
        Ok(ProviderChoice::Configured(settings)) => {
            provider::check(&mut report, config, &settings, parts).await;
        }
        Ok(ProviderChoice::Local) => report.attention(
            "PROCONNECT_ISSUER is not set: the local ProConnect would be started, for development",
        ),
        Err(error) => report.error(error.to_string()),
    }
    report
}
