//! Traces over OTLP/HTTP, from the same spans as the log.

use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider, Tracer};
use tracing_opentelemetry::OpenTelemetryLayer;

use super::{TelemetryError, TelemetrySettings};

/// The path below a collector's base address, by the OTLP specification.
const TRACES_PATH: &str = "/v1/traces";

/// Builds the exporter and its queue, or nothing when no endpoint is configured.
pub(super) fn provider(settings: &TelemetrySettings) -> Result<Option<SdkTracerProvider>, TelemetryError> {
    let Some(endpoint) = &settings.otlp_endpoint else {
        return Ok(None);
    };
    let exporter = SpanExporter::builder()
        .with_http()
        .with_endpoint(traces_address(endpoint))
        .with_timeout(Duration::from_secs(settings.otlp_timeout_seconds))
        .build()?;
    let resource = Resource::builder()
        .with_service_name(settings.service_name.clone())
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    let sampler = Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(settings.trace_sample_ratio)));
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(resource)
        .with_sampler(sampler)
        .build();
    Ok(Some(provider))
}

/// The layer that turns spans of the log into spans of the trace.
pub(super) fn layer<S>(provider: &SdkTracerProvider) -> OpenTelemetryLayer<S, Tracer>
where
    S: tracing::Subscriber + for<'span> tracing_subscriber::registry::LookupSpan<'span>,
{
    tracing_opentelemetry::layer().with_tracer(provider.tracer("roundtable"))
}

fn traces_address(endpoint: &str) -> String {
    let base = endpoint.trim_end_matches('/');
    if base.ends_with(TRACES_PATH) {
        base.to_owned()
    } else {
        format!("{base}{TRACES_PATH}")
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::sync::mpsc;

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[test]
    fn the_path_is_added_once() {
        assert_eq!(traces_address("http://c:4318"), "http://c:4318/v1/traces");
        assert_eq!(traces_address("http://c:4318/"), "http://c:4318/v1/traces");
        assert_eq!(
            traces_address("http://c:4318/v1/traces"),
            "http://c:4318/v1/traces"
        );
    }

    #[test]
    fn without_an_endpoint_there_is_no_exporter() {
        assert!(provider(&TelemetrySettings::default()).unwrap().is_none());
    }

    #[test]
    fn spans_reach_the_collector_at_shutdown_at_the_latest() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let (sender, received) = mpsc::channel();
        let collector = std::thread::Builder::new()
            .name("collector".to_owned())
            .spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = Vec::new();
                let mut buffer = [0; 4096];
                while !String::from_utf8_lossy(&request).contains("read the board") {
                    let count = stream.read(&mut buffer).unwrap();
                    assert!(count > 0, "the exporter hung up early");
                    request.extend_from_slice(&buffer[..count]);
                }
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .unwrap();
                sender.send(request).unwrap();
            });

        let settings = TelemetrySettings {
            otlp_endpoint: Some(endpoint),
            ..TelemetrySettings::default()
        };
        let provider = provider(&settings).unwrap().unwrap();
        let subscriber = tracing_subscriber::registry().with(layer(&provider));
        tracing::subscriber::with_default(subscriber, || {
            tracing::info_span!("read the board").in_scope(|| ());
        });
        provider.shutdown().unwrap();

        let request = received.recv_timeout(Duration::from_secs(20)).unwrap();
        let request = String::from_utf8_lossy(&request);
        assert!(request.starts_with("POST /v1/traces "), "{request}");
        assert!(request.contains("roundtable"), "{request}");
        collector.unwrap().join().unwrap();
    }
}
