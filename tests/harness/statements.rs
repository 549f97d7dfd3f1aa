//! Which statements an answer took, and how many rows they gave, by listening to the store's own trace.

use std::fmt::Debug;
use std::sync::{Arc, Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, filter::Targets};

/// Under this target the store says each statement of a read.
const TARGET: &str = "roundtable::sql";

/// What the store said of reads.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    /// The statements, in order.
    pub statements: Vec<String>,
    /// The rows that the database gave for all of them together.
    pub rows: u64,
}

type Heard = Arc<Mutex<Reads>>;

tokio::task_local! {
    static HEARD: Heard;
}

/// Begins to listen, once for the process. Errors that the server logs show in the output of the test that caused them;
/// more with `RUST_LOG`.
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let log = tracing_subscriber::fmt::layer()
            .with_test_writer()
            .without_time()
            .with_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("error")));
        let ear = Ear.with_filter(Targets::new().with_target(TARGET, tracing::Level::TRACE));
        // A test that set up a listener of its own is right to keep it.
        let _ = tracing_subscriber::registry().with(log).with(ear).try_init();
    });
}

/// Runs `work` and says what it read.
pub(crate) async fn heard<T>(work: impl Future<Output = T>) -> (T, Reads) {
    let heard = Heard::default();
    let done = HEARD.scope(heard.clone(), work).await;
    let reads = std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner));
    (done, reads)
}

struct Ear;

impl<S: Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let _ = HEARD.try_with(|heard| {
            let mut reads = heard.lock().unwrap_or_else(PoisonError::into_inner);
            event.record(&mut *reads);
        });
    }
}

impl Visit for Reads {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            self.statements.push(value.to_owned());
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "rows" {
            self.rows += value;
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "sql" {
            self.statements.push(format!("{value:?}"));
        }
    }
}
