//! Tasks that keep keys fresh, all ended together.

use tokio::runtime::Handle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Where background tasks run, and the switch that ends them.
#[derive(Clone)]
pub(super) struct BackgroundTasks {
    tracker: TaskTracker,
    runtime: Handle,
    stop: CancellationToken,
}

impl BackgroundTasks {
    pub(super) fn new(runtime: Handle) -> Self {
        Self {
            tracker: TaskTracker::new(),
            runtime,
            stop: CancellationToken::new(),
        }
    }

    /// Runs a task until it ends or is stopped.
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        let task = async move {
            let _ = stop.run_until_cancelled(task).await;
        };
        self.tracker.spawn_on(task, &self.runtime);
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
