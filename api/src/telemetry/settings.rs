//! What the telemetry may be told.

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

use crate::config::{Report, Section};

/// Logs, traces and metrics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TelemetrySettings {
    /// What is logged, in the words of `RUST_LOG`. Default `info,sqlx=warn,sea_orm_migration=warn`.
    pub log: String,
    /// Form of the log on standard error. Default [`LogFormat::Auto`].
    pub format: LogFormat,
    /// Base address of an OTLP collector over HTTP, such as `http://localhost:4318`. Default: not set, no traces leave.
    pub otlp_endpoint: Option<String>,
    /// How long one delivery of traces may take, in seconds. Default 10.
    pub otlp_timeout_seconds: u64,
    /// Share of requests that are traced when the caller has not decided, 0.0 to 1.0. Default 1.0.
    pub trace_sample_ratio: f64,
    /// Name of this service in traces. Default `roundtable`.
    pub service_name: String,
    /// Most operation names that metrics tell apart; the others count as `other`. Default 200.
    pub operation_names: usize,
    /// Longest operation name that metrics tell apart, in bytes; longer ones count as `other`. Default 64.
    pub operation_name_bytes: usize,
    /// Upper bounds of the buckets of the duration histogram, in seconds, ascending. Default from 0.005 to 10.
    pub duration_buckets_seconds: Vec<f64>,
    /// How often metrics are tidied, in seconds. Default 5.
    pub upkeep_seconds: u64,
}

/// Form of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Human on a terminal, JSON otherwise.
    #[default]
    Auto,
    /// One line for people, in colour on a terminal.
    Human,
    /// One JSON object a line, for log collectors.
    Json,
}

impl Default for TelemetrySettings {
    fn default() -> Self {
        Self {
            log: "info,sqlx=warn,sea_orm_migration=warn".to_owned(),
            format: LogFormat::Auto,
            otlp_endpoint: None,
            otlp_timeout_seconds: 10,
            trace_sample_ratio: 1.0,
            service_name: "roundtable".to_owned(),
            operation_names: 200,
            operation_name_bytes: 64,
            duration_buckets_seconds: vec![0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0],
            upkeep_seconds: 5,
        }
    }
}

impl Section for TelemetrySettings {
    fn check(&self, report: &mut Report<'_>) {
        if let Err(error) = EnvFilter::builder().parse(&self.log) {
            let advice =
                format!("must be a level (error, warn, info, debug, trace) or levels by module: {error}");
            report.wrong("log", &self.log, advice);
        }
        if let Some(endpoint) = &self.otlp_endpoint {
            let is_http =
                reqwest::Url::parse(endpoint).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !is_http {
                report.wrong(
                    "otlp_endpoint",
                    endpoint,
                    "must be an http or https address, such as http://localhost:4318",
                );
            }
        }
        report.within(
            "otlp_timeout_seconds",
            self.otlp_timeout_seconds,
            1,
            300,
            "seconds",
        );
        if !(0.0..=1.0).contains(&self.trace_sample_ratio) {
            report.wrong(
                "trace_sample_ratio",
                self.trace_sample_ratio,
                "must be from 0.0 to 1.0",
            );
        }
        report.within("operation_names", self.operation_names, 0, 10_000, "names");
        report.within(
            "operation_name_bytes",
            self.operation_name_bytes,
            1,
            1024,
            "bytes",
        );
        let buckets = &self.duration_buckets_seconds;
        if buckets.is_empty() || buckets[0] <= 0.0 || !buckets.is_sorted_by(|one, next| one < next) {
            report.wrong(
                "duration_buckets_seconds",
                format!("{buckets:?}"),
                "must be at least one number above 0, each larger than the one before",
            );
        }
        report.within("upkeep_seconds", self.upkeep_seconds, 1, 3600, "seconds");
    }
}
