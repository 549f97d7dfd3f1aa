//! What the process tells about itself: logs for reading, traces for following, metrics for counting.
//!
//! - **Logs** go to standard error, for people or as JSON, filtered by `RUST_LOG`. Standard output belongs to commands.
//! - **Traces** leave over OTLP/HTTP, and only when `telemetry.otlp_endpoint` is set. They are the same spans as in the log.
//! - **Metrics** are kept here until somebody asks: [`render_metrics`] is the body of `/metrics`. Nothing listens by itself.
//!
//! [`init`] is called once, by `main`. The [`Guard`] that it returns delivers what is still waiting when it is dropped.
//!
//! # What must not be in it
//!
//! Neither tokens nor variables nor anything that a person wrote belongs into a log, a span or a label. Labels that
//! clients choose are bounded: see [`record_operation`].

mod metrics;
mod settings;
mod task;
mod traces;

use std::io::IsTerminal;

use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

pub use metrics::{OperationKind, record_operation, render_metrics};
pub use settings::{LogFormat, TelemetrySettings};
pub use task::{in_place, spawn, spawn_blocking};

/// Why telemetry could not start.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The log filter cannot be read; checking the settings excludes this.
    #[error("the log filter `telemetry.log` cannot be read")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// A log subscriber or a metrics recorder is installed already.
    #[error("telemetry has been started already in this process")]
    AlreadyStarted,
    /// The exporter of traces cannot be built.
    #[error("the exporter of traces cannot be started")]
    Exporter(#[from] opentelemetry_otlp::ExporterBuildError),
    /// The buckets of the duration histogram cannot be used; checking the settings excludes this.
    #[error("the buckets `telemetry.duration_buckets_seconds` cannot be used")]
    Buckets(#[from] metrics_exporter_prometheus::BuildError),
    /// The thread that tidies metrics cannot be started.
    #[error("a thread cannot be started")]
    Thread(#[source] std::io::Error),
}

/// Keeps telemetry running; when it is dropped, waiting traces are delivered and background work stops.
#[derive(Debug)]
#[must_use = "telemetry stops when the guard is dropped"]
pub struct Guard {
    traces: Option<SdkTracerProvider>,
    _upkeep: metrics::Upkeep,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(traces) = &self.traces
            && let Err(error) = traces.shutdown()
        {
            tracing::warn!(%error, "some traces could not be delivered");
        }
    }
}

/// Starts logs, metrics and, when an endpoint is configured, traces, for the whole process. Call it once, outside of the
/// asynchronous runtime.
///
/// # Errors
///
/// [`TelemetryError::AlreadyStarted`] on a second call; the others when the settings have not been checked.
pub fn init(settings: &TelemetrySettings) -> Result<Guard, TelemetryError> {
    let filter = EnvFilter::builder().parse(&settings.log)?;
    let traces = traces::provider(settings)?;
    tracing_subscriber::registry()
        .with(filter)
        .with(log_layer(settings.format, std::io::stderr().is_terminal()))
        .with(traces.as_ref().map(traces::layer))
        .try_init()
        .map_err(|_| TelemetryError::AlreadyStarted)?;
    let upkeep = metrics::install(settings)?;
    Ok(Guard {
        traces,
        _upkeep: upkeep,
    })
}

fn log_layer<S>(format: LogFormat, terminal: bool) -> Box<dyn Layer<S> + Send + Sync>
where
    S: tracing::Subscriber + for<'span> tracing_subscriber::registry::LookupSpan<'span>,
{
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Human => layer.with_ansi(terminal).boxed(),
        LogFormat::Auto if terminal => layer.with_ansi(true).boxed(),
        LogFormat::Auto | LogFormat::Json => layer.json().flatten_event(true).with_current_span(true).boxed(),
    }
}
