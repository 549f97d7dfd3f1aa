//! Tasks that keep keys fresh, all ended together.

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::telemetry;

/// The background tasks of this room, and the switch that ends them.
#[derive(Clone, Default)]
pub(super) struct BackgroundTasks {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl BackgroundTasks {
    /// Runs a task until it ends or is stopped. Nobody waits for its outcome: these tasks answer by publishing keys.
    pub(super) fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        let task = async move {
            if stop.run_until_cancelled(task).await.is_none() {
                tracing::debug!(task = name, "stopped before its end");
            }
        };
        drop(telemetry::spawn(name, self.tracker.track_future(task)));
    }

    /// Stops every task, without waiting.
    pub(super) fn stop(&self) {
        self.stop.cancel();
        self.tracker.close();
    }

    /// Waits until the last task is gone; for ever if nobody stops them.
    pub(super) async fn ended(&self) {
        self.tracker.wait().await;
    }
}
