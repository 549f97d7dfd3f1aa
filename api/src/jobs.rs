//! What the server does by itself: work that falls due by the calendar.
//!
//! Each job has a name, is asked for on every node in the same rhythm, and done by one node at a time
//! ([`Store::alone`](crate::store::Store::alone)), and a node does them one after another. A job looks for what is due *now* and may find nothing, so one that
//! failed or was missed is made good the next time. Nothing that somebody may read depends on a job having run.
//!
//! A new job is one line in `JOBS`.
//!
//! Imports are not among them: they take long, so they have a rhythm of their own and begin as soon as somebody asks for one. They take
//! turns with the others, of a few seconds each.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::config::{Report, Section};
use crate::domains::boards::terms;
use crate::domains::media;
use crate::domains::outcomes::import::{self, Imports};
use crate::domains::partnerships::expiry;
use crate::store::StoreError;
use crate::telemetry;

/// How often the server looks for what is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JobSettings {
    /// Between two looks at each job, in seconds. Default 60: days change once a day, and a look costs one statement.
    pub period_seconds: u64,
}

impl Default for JobSettings {
    fn default() -> Self {
        Self { period_seconds: 60 }
    }
}

impl Section for JobSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("period_seconds", self.period_seconds, 1, 86_400, "seconds");
    }
}

/// What a job does, at an instant; it answers how many things it changed.
type Work = for<'a> fn(&'a App, DateTime<Utc>) -> BoxFuture<'a, Result<usize, StoreError>>;

/// A job.
#[derive(Clone, Copy)]
struct Job {
    /// What logs, and the lock that keeps other nodes away, call it.
    name: &'static str,
    work: Work,
}

/// Every job.
const JOBS: &[Job] = &[
    Job {
        name: expiry::JOB,
        work: |app, now| Box::pin(expiry::keep_agreements(app.store(), now)),
    },
    Job {
        name: terms::JOB,
        work: |app, now| Box::pin(terms::end_terms(app.store(), now)),
    },
    Job {
        name: media::JOB,
        work: |app, now| {
            Box::pin(async move {
                match app.media() {
                    Some(transfers) => transfers.keep(now).await,
                    None => Ok(0),
                }
            })
        },
    },
];

/// The jobs of this node, under way.
#[derive(Debug)]
pub struct Jobs {
    tracker: TaskTracker,
}

impl Jobs {
    /// Starts every job: now, and then after each period, until `stop` is cancelled. A job under way is brought to its end.
    #[must_use]
    pub fn start(app: &App, settings: &JobSettings, stop: &CancellationToken) -> Self {
        Self::start_these(JOBS, app, Duration::from_secs(settings.period_seconds), stop)
    }

    fn start_these(jobs: &[Job], app: &App, period: Duration, stop: &CancellationToken) -> Self {
        let tracker = TaskTracker::new();
        // Each job holds one connection for its lock and takes another one for its work: together they would starve each other.
        let turn = Arc::new(Mutex::new(()));
        if let Some(imports) = app.imports() {
            let task = go_on_with(imports.clone(), period, stop.clone(), turn.clone());
            drop(telemetry::spawn(import::work::JOB, tracker.track_future(task)));
        }
        for job in jobs {
            let (job, app, stop, turn) = (*job, app.clone(), stop.clone(), turn.clone());
            let task = async move {
                loop {
                    {
                        let _turn = turn.lock().await;
                        job.run(&app).await;
                    }
                    app.store().give_back_rested();
                    let pause = tokio::time::sleep(period);
                    if stop.run_until_cancelled(pause).await.is_none() {
                        return;
                    }
                }
            };
            drop(telemetry::spawn(job.name, tracker.track_future(task)));
        }
        tracker.close();
        Self { tracker }
    }

    /// Waits until the last job has come to its end; for ever if nobody stops them.
    pub async fn ended(&self) {
        self.tracker.wait().await;
    }
}

/// Goes on with imports: now, whenever somebody asks for one, and after each period, for those of nodes that were killed.
async fn go_on_with(imports: Imports, period: Duration, stop: CancellationToken, turn: Arc<Mutex<()>>) {
    loop {
        let more = imports.turn(&stop, &turn).await.unwrap_or_else(|error| {
            let error = &error as &dyn std::error::Error;
            tracing::error!(job = import::work::JOB, error, "a job failed");
            false
        });
        if stop.is_cancelled() {
            return;
        }
        if more {
            continue;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = imports.rung() => {}
            () = tokio::time::sleep(period) => {}
        }
    }
}

impl Job {
    /// Does the work once, unless another node is at it. A failure is logged: the next look makes it good.
    async fn run(&self, app: &App) {
        let (store, now) = (app.store(), app.clock().now());
        match store.alone(self.name, (self.work)(app, now)).await {
            Ok(Some(Ok(0)) | None) => {}
            Ok(Some(Ok(changed))) => tracing::info!(job = self.name, changed, "a job found something due"),
            Ok(Some(Err(error))) | Err(error) => tracing::error!(
                job = self.name,
                error = &error as &dyn std::error::Error,
                "a job failed"
            ),
        }
    }
}
