//! What is counted: the numbers that an operator watches, in one registry, without a global.
//!
//! Invariant: labels are `&'static str`, so that no request can invent one; nothing here is about one
//! person. The names and what alarms at them are in `DEPLOYMENT.md`.

use std::time::Duration;

use prometheus_client::encoding::prometheus_text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// A label: its name and its value.
type Label = (&'static str, &'static str);
type Counters = Family<[Label; 1], Counter>;
type Histograms = Family<[Label; 2], Histogram, fn() -> Histogram>;

/// Why a session is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionEnd {
    /// The person signed out.
    SignedOut,
    /// The browser got a new session.
    Replaced,
    /// The person ended it from another browser.
    Revoked,
    /// Nobody used it, or it lasted its time.
    Expired,
    /// ProConnect no longer vouches for the person.
    Withdrawn,
}

impl SessionEnd {
    fn label(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Replaced => "replaced",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A request that was refused before any handler saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It came from another site.
    CrossSite,
    /// A cookie that passes for ours without being it.
    DisguisedCookie,
    /// One of our cookies, twice.
    DoubledCookie,
}

impl Refusal {
    fn label(self) -> &'static str {
        match self {
            Self::CrossSite => "cross_site",
            Self::DisguisedCookie => "disguised_cookie",
            Self::DoubledCookie => "doubled_cookie",
        }
    }
}

/// What is known of the provider, when somebody looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderState {
    /// Nothing yet: nobody can sign in.
    Unknown,
    /// Discovery and keys are fresh, or nobody has needed them since.
    Known,
    /// It fails, and what was learned earlier is in use.
    Failing,
}

/// See the module.
pub struct Metrics {
    registry: Registry,
    sign_ins_started: Counter,
    sign_ins: Family<[Label; 2], Counter>,
    sessions_started: Counter,
    sessions_ended: Counters,
    refreshes: Counters,
    refused: Counters,
    rate_limited: Counters,
    panics: Counter,
    provider_requests: Histograms,
    provider_state: Family<[Label; 1], Gauge>,
    provider_metadata_age: Gauge,
    store_requests: Histograms,
    http_requests: Family<[Label; 3], Histogram, fn() -> Histogram>,
    connections: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// Nothing counted yet.
    pub fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("app"),
            sign_ins_started: Counter::default(),
            sign_ins: Family::default(),
            sessions_started: Counter::default(),
            sessions_ended: Family::default(),
            refreshes: Family::default(),
            refused: Family::default(),
            rate_limited: Family::default(),
            panics: Counter::default(),
            provider_requests: Family::new_with_constructor(network_histogram),
            provider_state: Family::default(),
            provider_metadata_age: Gauge::default(),
            store_requests: Family::new_with_constructor(local_histogram),
            http_requests: Family::new_with_constructor(local_histogram),
            connections: Gauge::default(),
        };
        metrics.registered()
    }

    fn registered(mut self) -> Self {
        let it = &mut self.registry;
        it.register("sign_ins_started", "Sign-ins begun", self.sign_ins_started.clone());
        it.register("sign_ins", "Sign-ins by outcome and reason", self.sign_ins.clone());
        it.register("sessions_started", "Sessions begun", self.sessions_started.clone());
        it.register("sessions_ended", "Sessions ended, by cause", self.sessions_ended.clone());
        it.register("refreshes", "Refreshes of tokens, by outcome", self.refreshes.clone());
        it.register("requests_refused", "Hostile requests, by cause", self.refused.clone());
        it.register("requests_limited", "Requests beyond a limit", self.rate_limited.clone());
        it.register("panics", "Handlers that panicked", self.panics.clone());
        let help = "Calls to the provider, by endpoint and outcome";
        let calls = self.provider_requests.clone();
        it.register_with_unit("provider_request", help, Unit::Seconds, calls);
        it.register("provider_state", "1 for the state that holds", self.provider_state.clone());
        let (help, age) = ("Age of what is known of it", self.provider_metadata_age.clone());
        it.register_with_unit("provider_metadata_age", help, Unit::Seconds, age);
        let help = "Calls to the session store, by operation and outcome";
        let calls = self.store_requests.clone();
        it.register_with_unit("store_request", help, Unit::Seconds, calls);
        let help = "Requests, by route, method and status class";
        let requests = self.http_requests.clone();
        it.register_with_unit("http_request", help, Unit::Seconds, requests);
        it.register("connections", "Open connections", self.connections.clone());
        let version = [("version", env!("CARGO_PKG_VERSION"))];
        let build = Family::<[Label; 1], Gauge>::default();
        build.get_or_create(&version).set(1);
        it.register("build", "The version that runs", build);
        self
    }

    /// A sign-in was begun.
    pub fn sign_in_started(&self) {
        self.sign_ins_started.inc();
    }

    /// A sign-in ended: `outcome` is a stable code, `reason` says more of a failure.
    pub fn sign_in_finished(&self, outcome: &'static str, reason: &'static str) {
        self.sign_ins.get_or_create(&[("outcome", outcome), ("reason", reason)]).inc();
    }

    /// A session began.
    pub fn session_started(&self) {
        self.sessions_started.inc();
    }

    /// So many sessions ended.
    pub fn sessions_ended(&self, cause: SessionEnd, how_many: u64) {
        self.sessions_ended.get_or_create(&[("cause", cause.label())]).inc_by(how_many);
    }

    /// Tokens were refreshed, or were not: `outcome` is a stable code.
    pub fn refreshed(&self, outcome: &'static str) {
        self.refreshes.get_or_create(&[("outcome", outcome)]).inc();
    }

    /// Something hostile was refused or ignored.
    pub fn refused(&self, refusal: Refusal) {
        self.refused.get_or_create(&[("cause", refusal.label())]).inc();
    }

    /// A request was beyond the limit of this name.
    pub fn rate_limited(&self, limit: &'static str) {
        self.rate_limited.get_or_create(&[("limit", limit)]).inc();
    }

    /// A handler panicked.
    pub fn panicked(&self) {
        self.panics.inc();
    }

    /// The provider was called.
    pub fn provider_called(&self, endpoint: &'static str, outcome: &'static str, took: Duration) {
        let labels = [("endpoint", endpoint), ("outcome", outcome)];
        self.provider_requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// What is known of the provider, and for how many seconds.
    pub fn provider_is(&self, state: ProviderState, age: Option<i64>) {
        let rows = [
            ("unknown", ProviderState::Unknown),
            ("known", ProviderState::Known),
            ("failing", ProviderState::Failing),
        ];
        for (name, row) in rows {
            let holds = i64::from(row == state);
            self.provider_state.get_or_create(&[("state", name)]).set(holds);
        }
        self.provider_metadata_age.set(age.unwrap_or_default());
    }

    /// The session store was asked.
    pub fn store_asked(&self, operation: &'static str, answered: bool, took: Duration) {
        let outcome = if answered { "ok" } else { "failed" };
        let labels = [("operation", operation), ("outcome", outcome)];
        self.store_requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// A request was answered.
    pub fn request_answered(
        &self,
        (method, route): (&'static str, &'static str),
        status: u16,
        took: Duration,
    ) {
        let class = match status {
            ..300 => "2xx",
            300..400 => "3xx",
            400..500 => "4xx",
            500.. => "5xx",
        };
        let labels = [("method", method), ("route", route), ("status", class)];
        self.http_requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// A connection was opened.
    pub fn connected(&self) {
        self.connections.inc();
    }

    /// A connection was closed.
    pub fn disconnected(&self) {
        self.connections.dec();
    }

    /// Everything, in Prometheus' text format 0.0.4.
    pub fn text(&self) -> String {
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)
            .expect("writing to memory does not fail");
        text
    }
}

/// Calls over a network: 5 ms to the client's own deadline.
fn network_histogram() -> Histogram {
    Histogram::new([0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])
}

/// Calls that mostly stay on the machine: 0.1 ms to seconds.
fn local_histogram() -> Histogram {
    Histogram::new([0.0001, 0.0005, 0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_in_prometheus_text_format() {
        let metrics = Metrics::new();
        metrics.sign_in_finished("login.id_token", "id_token.nonce");
        metrics.sessions_ended(SessionEnd::Expired, 3);
        metrics.provider_is(ProviderState::Failing, Some(700));
        metrics.request_answered(("GET", "/auth/login"), 303, Duration::from_millis(3));

        let text = metrics.text();

        for line in [
            "# TYPE app_sign_ins_total counter",
            r#"app_sign_ins_total{outcome="login.id_token",reason="id_token.nonce"} 1"#,
            r#"app_sessions_ended_total{cause="expired"} 3"#,
            r#"app_provider_state{state="failing"} 1"#,
            r#"app_provider_state{state="known"} 0"#,
            "app_provider_metadata_age_seconds 700",
            r#"app_http_request_seconds_count{method="GET",route="/auth/login",status="3xx"} 1"#,
            "app_panics_total 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
    }
}
