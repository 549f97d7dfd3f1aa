//! Metrics in the Prometheus text format, kept until somebody asks for them.
//!
//! Every distinct value of a label costs memory here and in the metrics database, for ever. Operation names are chosen by
//! clients, who may send a new one with each request; so they are bounded in length and number, and what goes beyond
//! counts as `other`. Error codes are a closed list already.

use std::collections::HashSet;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use metrics::{counter, describe_counter, describe_histogram, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use super::{TelemetryError, TelemetrySettings};
use crate::error::ErrorCode;

/// Operations answered, by name, kind and error code.
const OPERATIONS: &str = "roundtable_operations_total";
/// How long operations took, by name and kind.
const DURATION: &str = "roundtable_operation_duration_seconds";

/// The label of whatever goes beyond the bounds.
const OTHER: &str = "other";
/// The label of operations without a name.
const ANONYMOUS: &str = "anonymous";
/// The label in place of an error code when there was no error.
const SUCCESS: &str = "OK";

static INSTALLED: OnceLock<(PrometheusHandle, OperationNames)> = OnceLock::new();

/// The kind of a GraphQL operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum OperationKind {
    /// Reads.
    Query,
    /// Writes.
    Mutation,
    /// Follows events.
    Subscription,
}

/// The metrics in the Prometheus text format, version 0.0.4: the body of `/metrics`. Empty before [`super::init`].
#[must_use]
pub fn render_metrics() -> String {
    INSTALLED
        .get()
        .map(|(handle, _)| handle.render())
        .unwrap_or_default()
}

/// Counts one operation and how long it took, in seconds.
///
/// `name` is the operation's name in the document; call this with one only after the document has been validated, so that
/// noise does not use up the names. `error_code` is the first error's code; one that is not in [`ErrorCode`] counts as
/// `other`. Does nothing before [`super::init`].
pub fn record_operation(name: Option<&str>, kind: OperationKind, error_code: Option<&str>, seconds: f64) {
    if let Some((_, names)) = INSTALLED.get() {
        record(names, name, kind, error_code, seconds);
    }
}

fn record(
    names: &OperationNames,
    name: Option<&str>,
    kind: OperationKind,
    error_code: Option<&str>,
    seconds: f64,
) {
    let operation = names.label(name);
    let kind: &'static str = kind.into();
    let code = match error_code.map(str::parse::<ErrorCode>) {
        None => SUCCESS,
        Some(Ok(code)) => code.as_str(),
        Some(Err(_)) => OTHER,
    };
    counter!(OPERATIONS, "operation" => operation.clone(), "kind" => kind, "code" => code).increment(1);
    histogram!(DURATION, "operation" => operation, "kind" => kind).record(seconds);
}

/// The operation names seen so far, up to a bound.
#[derive(Debug)]
struct OperationNames {
    count: usize,
    bytes: usize,
    seen: Mutex<HashSet<String>>,
}

impl OperationNames {
    fn new(settings: &TelemetrySettings) -> Self {
        Self {
            count: settings.operation_names,
            bytes: settings.operation_name_bytes,
            seen: Mutex::new(HashSet::new()),
        }
    }

    fn label(&self, name: Option<&str>) -> String {
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return ANONYMOUS.to_owned();
        };
        if name.len() > self.bytes {
            return OTHER.to_owned();
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.contains(name) {
            if seen.len() >= self.count {
                return OTHER.to_owned();
            }
            seen.insert(name.to_owned());
        }
        name.to_owned()
    }
}

/// Tidies the metrics at intervals until it is dropped: observations of histograms wait in memory otherwise.
#[derive(Debug)]
pub(super) struct Upkeep {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Upkeep {
    fn start(handle: PrometheusHandle, every: Duration) -> Result<Self, TelemetryError> {
        let (stop, stopped) = channel();
        let thread = std::thread::Builder::new()
            .name("metrics-upkeep".to_owned())
            .spawn(move || {
                while stopped.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
                    handle.run_upkeep();
                }
            })
            .map_err(TelemetryError::Thread)?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Upkeep {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic there has been printed already, and there is nothing left to tidy.
            let _ = thread.join();
        }
    }
}

fn recorder(settings: &TelemetrySettings) -> Result<PrometheusRecorder, TelemetryError> {
    let buckets = Matcher::Full(DURATION.to_owned());
    let builder =
        PrometheusBuilder::new().set_buckets_for_metric(buckets, &settings.duration_buckets_seconds)?;
    Ok(builder.build_recorder())
}

/// Installs the recorder for the whole process.
pub(super) fn install(settings: &TelemetrySettings) -> Result<Upkeep, TelemetryError> {
    let recorder = recorder(settings)?;
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).map_err(|_| TelemetryError::AlreadyStarted)?;
    describe_counter!(OPERATIONS, "Operations answered, by name, kind and error code.");
    describe_histogram!(
        DURATION,
        metrics::Unit::Seconds,
        "How long operations took, by name and kind."
    );
    INSTALLED
        .set((handle.clone(), OperationNames::new(settings)))
        .map_err(|_| TelemetryError::AlreadyStarted)?;
    Upkeep::start(handle, Duration::from_secs(settings.upkeep_seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(settings: &TelemetrySettings, work: impl FnOnce(&OperationNames)) -> String {
        let recorder = recorder(settings).unwrap();
        let handle = recorder.handle();
        metrics::with_local_recorder(&recorder, || work(&OperationNames::new(settings)));
        handle.render()
    }

    #[test]
    fn operations_are_counted_by_name_kind_and_code() {
        let text = rendered(&TelemetrySettings::default(), |names| {
            record(names, Some("Board"), OperationKind::Query, None, 0.02);
            record(names, Some("Board"), OperationKind::Query, Some("TIMEOUT"), 3.0);
            record(names, None, OperationKind::Mutation, Some("made up"), 0.001);
        });
        for line in [
            r#"roundtable_operations_total{operation="Board",kind="query",code="OK"} 1"#,
            r#"roundtable_operations_total{operation="Board",kind="query",code="TIMEOUT"} 1"#,
            r#"roundtable_operations_total{operation="anonymous",kind="mutation",code="other"} 1"#,
            r#"roundtable_operation_duration_seconds_bucket{operation="Board",kind="query",le="0.025"} 1"#,
            r#"roundtable_operation_duration_seconds_count{operation="Board",kind="query"} 2"#,
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn a_client_cannot_flood_the_metrics_with_names() {
        let settings = TelemetrySettings {
            operation_names: 3,
            operation_name_bytes: 8,
            ..TelemetrySettings::default()
        };
        let text = rendered(&settings, |names| {
            for number in 0..50 {
                record(
                    names,
                    Some(&format!("Name{number}")),
                    OperationKind::Query,
                    None,
                    0.1,
                );
            }
            record(names, Some("AVeryLongName"), OperationKind::Query, None, 0.1);
            record(names, Some("Name1"), OperationKind::Query, None, 0.1);
        });
        let series: Vec<_> = text.lines().filter(|line| line.starts_with(OPERATIONS)).collect();
        assert_eq!(series.len(), 4, "{series:#?}");
        assert!(
            text.contains(r#"operation="other",kind="query",code="OK"} 48"#),
            "{text}"
        );
        assert!(
            text.contains(r#"operation="Name1",kind="query",code="OK"} 2"#),
            "{text}"
        );
    }
}
