//! What an operator may change about the front door.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Limits, time-outs and origins of the HTTP server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpSettings {
    /// Length of a request's body, in bytes, counted while it arrives. Default 262,144 (256 KiB).
    pub body_bytes: usize,
    /// Time for a request's headers to arrive, and for an idle connection to stay open, in milliseconds. Default 10,000.
    pub header_timeout_ms: u64,
    /// Time for a request's body to arrive, in milliseconds. Default 10,000.
    pub body_timeout_ms: u64,
    /// Time for the answer to be made once the body is there, for all operations of a batch together, in milliseconds.
    /// Keep it above the database's statement time-out. Default 15,000.
    pub request_timeout_ms: u64,
    /// Time for `/readyz` to find out, in milliseconds. Default 2,000.
    pub ready_timeout_ms: u64,
    /// Operations in one batch, which run in order; 1 turns batches off. Default 10.
    pub batch: usize,
    /// Requests being worked on at once; more are answered 503 with Retry-After. Those waiting for the database count, so
    /// it is larger than the pool. Default 256.
    pub in_flight: usize,
    /// What Retry-After says when the server is too busy, in seconds. Default 1.
    pub retry_after_seconds: u32,
    /// How long a file that is being sent waits for the caller's points or for a free place before it is broken off, in seconds.
    /// Default 120.
    pub export_wait_seconds: u32,
    /// Connections open at once; more wait to be accepted. Default 1,024.
    pub connections: usize,
    /// Requests at once on one HTTP/2 connection. Default 64.
    pub streams_per_connection: u32,
    /// Time for open requests to finish when the server stops, in milliseconds. Keep it below the platform's own grace
    /// period. Default 20,000.
    pub drain_timeout_ms: u64,
    /// Points of cost that one caller may spend in a minute, and in one burst; 0 turns the limit off. A request costs at
    /// least one point. Each API node counts for itself. Default 60,000.
    pub points_per_minute: u32,
    /// Origins of web pages that may call the API from a browser, such as `https://app.example.org`. Default none, which
    /// turns CORS off.
    pub cors_origins: Vec<String>,
    /// Whether the explorer answers at `/`. Default true.
    pub explorer: bool,
    /// Whether `/metrics` answers; it names operations, so keep it from the public in your proxy. Default true.
    pub metrics: bool,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            body_bytes: 256 * 1024,
            header_timeout_ms: 10_000,
            body_timeout_ms: 10_000,
            request_timeout_ms: 15_000,
            ready_timeout_ms: 2_000,
            batch: 10,
            in_flight: 256,
            retry_after_seconds: 1,
            export_wait_seconds: 120,
            connections: 1_024,
            streams_per_connection: 64,
            drain_timeout_ms: 20_000,
            points_per_minute: 60_000,
            cors_origins: Vec::new(),
            explorer: true,
            metrics: true,
        }
    }
}

impl HttpSettings {
    pub(super) fn header_timeout(&self) -> Duration {
        Duration::from_millis(self.header_timeout_ms)
    }

    pub(super) fn body_timeout(&self) -> Duration {
        Duration::from_millis(self.body_timeout_ms)
    }

    pub(super) fn request_timeout(&self) -> Duration {
        Duration::from_millis(self.request_timeout_ms)
    }

    pub(super) fn export_wait(&self) -> Duration {
        Duration::from_secs(self.export_wait_seconds.into())
    }

    pub(super) fn ready_timeout(&self) -> Duration {
        Duration::from_millis(self.ready_timeout_ms)
    }

    pub(super) fn drain_timeout(&self) -> Duration {
        Duration::from_millis(self.drain_timeout_ms)
    }
}

impl crate::config::Section for HttpSettings {}
