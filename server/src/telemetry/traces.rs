//! Traces: where the time of a request went, told to an OpenTelemetry collector.
//!
//! Invariants: a trace holds what log lines may hold and nothing of the audit trail; a caller's trace
//! is continued only if a trusted proxy handed it on; ProConnect is never told of one.

use axum::http::HeaderMap;
use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry::trace::{TraceContextExt as _, TracerProvider as _};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Span;
use tracing::level_filters::LevelFilter;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::filter::FilterFn;
use tracing_subscriber::{Layer as _, Registry};
use url::Url;

use super::{TracesLayer, may_be_told};

/// Options of traces, with the names that OpenTelemetry gives them. Its other variables, such as
/// `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_TRACES_SAMPLER`, are read by its library.
#[derive(Debug, clap::Args)]
pub struct TracesOptions {
    /// The collector that traces are sent to, by OTLP over HTTP; unset: no traces.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", value_name = "URL")]
    pub otel_exporter_otlp_endpoint: Option<Url>,
    /// The name of this service in traces.
    #[arg(long, env = "OTEL_SERVICE_NAME", default_value = "proconnect-app", value_name = "NAME")]
    pub otel_service_name: String,
}

/// What sends traces, in the background; dropped traces are better than a slow service.
#[derive(Debug)]
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Starts sending, if there is a collector. It may be down.
    pub fn start(options: &TracesOptions) -> Result<Option<Self>, ExporterBuildError> {
        let Some(endpoint) = &options.otel_exporter_otlp_endpoint else { return Ok(None) };
        // OTLP/HTTP: the signal's path is appended to the collector's.
        let endpoint = format!("{}/v1/traces", endpoint.as_str().trim_end_matches('/'));
        let exporter = SpanExporter::builder().with_http().with_endpoint(endpoint).build()?;
        let name = options.otel_service_name.clone();
        let provider = SdkTracerProvider::builder()
            .with_resource(Resource::builder().with_service_name(name).build())
            .with_batch_exporter(exporter)
            .build();
        Ok(Some(Self(provider)))
    }

    /// What takes the spans of the program.
    pub fn layer(&self) -> TracesLayer {
        let told = FilterFn::new(may_be_told);
        tracing_opentelemetry::layer::<Registry>()
            .with_tracer(self.0.tracer("server"))
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_filter(told.with_max_level_hint(LevelFilter::DEBUG))
            .boxed()
    }

    /// Sends what is left, for a moment.
    pub fn stop(self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Gives the span of a request its name among traces, and makes it a part of the trace that the
/// headers of a trusted proxy name (W3C Trace Context).
pub fn begin(span: &Span, name: String, headers: Option<&HeaderMap>) {
    if let Some(headers) = headers {
        let context = TraceContextPropagator::new().extract(&Headers(headers));
        // Fails only where no trace is made.
        let _ = span.set_parent(context);
    }
    span.context().span().update_name(name);
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(axum::http::HeaderName::as_str).collect()
    }
}
