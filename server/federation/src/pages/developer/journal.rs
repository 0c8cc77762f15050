//! Owns how requests and events are told: times as people write them, outcomes in words, the
//! broken rule with what to do about it.

use chrono::{DateTime, SecondsFormat, Utc};

use super::checks;
use crate::trail::{Outcome, Recorded, Report};

/// A request of a service.
#[derive(Debug)]
pub(crate) struct ReportView {
    pub(super) time: String,
    pub(super) time_iso: String,
    pub(super) endpoint: &'static str,
    pub(super) service: Option<String>,
    pub(super) outcome: &'static str,
    /// The badge's colour.
    pub(super) tone: &'static str,
    /// Error code and description, as the service received them.
    pub(super) error: Option<String>,
    /// The rule that was broken.
    pub(super) reason: Option<String>,
    pub(super) advice: Option<&'static str>,
    pub(super) remarks: Vec<String>,
    pub(super) checks: Vec<CheckRow>,
}

#[derive(Debug)]
pub(super) struct CheckRow {
    pub(super) rule: String,
    pub(super) passed: bool,
}

impl ReportView {
    /// A report; `name_of` knows the services by their `client_id`.
    pub(crate) fn new(report: &Report, name_of: impl Fn(&str) -> Option<String>) -> Self {
        let failed = report.checklist.failed();
        let (outcome, tone, error) = match &report.outcome {
            Outcome::Accepted => ("accepté", "success", None),
            Outcome::Refused { code, description } => {
                ("refusé", "error", Some(format!("{code} : {description}")))
            }
            Outcome::Failed => ("en panne", "error", None),
        };
        let known = |id: &String| name_of(id).unwrap_or_else(|| format!("client inconnu {id}"));
        Self {
            time: clock_time(report.time),
            time_iso: iso(report.time),
            endpoint: report.endpoint.name(),
            service: report.client_id.as_ref().map(known),
            outcome,
            tone,
            error,
            reason: failed.map(checks::rule),
            advice: failed.and_then(checks::advice),
            remarks: report.checklist.remarks().iter().map(checks::remark).collect(),
            checks: report
                .checklist
                .results()
                .map(|(check, passed)| CheckRow { rule: checks::rule(check), passed })
                .collect(),
        }
    }
}

/// A step of a sign-in.
#[derive(Debug)]
pub(crate) struct EventRow {
    pub(super) time: String,
    pub(super) time_iso: String,
    pub(super) name: &'static str,
    pub(super) session: String,
    pub(super) service: String,
    pub(super) provider: String,
}

impl EventRow {
    pub(crate) fn new(event: &Recorded, name_of: impl Fn(&str) -> Option<String>) -> Self {
        let service = event.client_id().unwrap_or_default();
        Self {
            time: clock_time(event.time()),
            time_iso: iso(event.time()),
            name: event.name(),
            session: event.session_id().unwrap_or_default().to_owned(),
            service: name_of(service).unwrap_or_else(|| service.to_owned()),
            provider: event.provider_uid().unwrap_or_default().to_owned(),
        }
    }
}

/// The time of day, in UTC as everything in tokens.
pub(crate) fn clock_time(time: DateTime<Utc>) -> String {
    time.format("%H:%M:%S UTC").to_string()
}

pub(crate) fn iso(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
