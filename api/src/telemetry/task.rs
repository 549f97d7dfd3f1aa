//! Background tasks with names, so that a log line or a stuck shutdown says who it is.

use std::future::Future;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::JoinHandle;
use tracing::Instrument;

/// Starts a task on the runtime, inside a span that carries its name.
///
/// The only way to start one: a task without a name cannot be told from others in a log. Keep the handle, or a panic of the
/// task goes unnoticed.
///
/// # Panics
///
/// Outside of a runtime, as [`tokio::spawn`] does.
pub fn spawn<F>(name: &'static str, future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let span = tracing::info_span!(parent: None, "task", name);
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that starts tasks; it names them"
    )]
    tokio::spawn(future.instrument(span))
}

/// Runs blocking work on a thread of its own, inside a span that carries its name.
///
/// # Panics
///
/// Outside of a runtime, as [`tokio::task::spawn_blocking`] does.
pub fn spawn_blocking<F, R>(name: &'static str, work: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let span = tracing::info_span!(parent: None, "blocking task", name);
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that starts blocking work; it names it"
    )]
    tokio::task::spawn_blocking(move || span.in_scope(work))
}

/// Runs work that takes a while on the thread at hand, which hands its other tasks on to another one first. Where the runtime has
/// one thread only, it just runs.
pub fn in_place<R>(work: impl FnOnce() -> R) -> R {
    let can_hand_on =
        Handle::try_current().is_ok_and(|runtime| runtime.runtime_flavor() == RuntimeFlavor::MultiThread);
    if can_hand_on {
        tokio::task::block_in_place(work)
    } else {
        work()
    }
}
