//! When changes are on the disk: what they made is read while the database waits for that, and nobody is answered before.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::store::Written;
use crate::telemetry;

/// The wait for a change to be on the disk. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct OnDisk(watch::Receiver<Option<bool>>);

impl OnDisk {
    /// Has the database wait, at once, whether or not anybody waits for it here.
    pub fn of(written: Written<()>) -> (Self, JoinHandle<()>) {
        let (is_there, known) = watch::channel(None);
        let mut written = Box::pin(written.on_disk());
        // The database is told before those who will read meanwhile keep this thread busy.
        let told = written.as_mut().now_or_never();
        let waiting = telemetry::spawn("changes made together, to the disk", async move {
            let written = match told {
                Some(written) => written,
                None => written.await,
            };
            if let Err(error) = &written {
                let error = error as &dyn std::error::Error;
                tracing::error!(error, "changes made together may not be on the disk");
            }
            is_there.send_replace(Some(written.is_ok()));
        });
        (Self(known), waiting)
    }

    /// Waits. False when nobody can say whether the change is there.
    pub async fn arrives(mut self) -> bool {
        let known = self.0.wait_for(Option::is_some).await;
        known.is_ok_and(|known| *known == Some(true))
    }
}

/// What the answer to a request tells of and what is not yet known to be on the disk, as data of the request.
#[derive(Clone, Debug, Default)]
pub struct AnswerWaits(Arc<Mutex<Vec<OnDisk>>>);

impl AnswerWaits {
    /// The answer waits for this, too.
    pub(super) fn wait_for(&self, on_disk: OnDisk) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(on_disk);
    }

    /// Waits until all is on the disk. False when nobody can say whether it is: then the answer may tell of nothing.
    pub async fn are_over(&self) -> bool {
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut are_there = true;
        for on_disk in all {
            are_there &= on_disk.arrives().await;
        }
        are_there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_waits_until_all_of_it_is_on_the_disk() {
        let waits = AnswerWaits::default();
        assert!(waits.are_over().await, "nothing was changed");
        let (first, is_there) = watch::channel(None);
        waits.wait_for(OnDisk(is_there));
        let over = waits.are_over();
        tokio::pin!(over);
        assert!(over.as_mut().now_or_never().is_none());
        first.send_replace(Some(true));
        assert!(over.await);
    }

    #[tokio::test]
    async fn an_answer_tells_of_nothing_that_may_not_be_on_the_disk() {
        let waits = AnswerWaits::default();
        for is_there in [Some(true), Some(false), None] {
            // Whoever waited for the disk has gone.
            let (_, known) = watch::channel(is_there);
            waits.wait_for(OnDisk(known));
            assert_eq!(waits.are_over().await, is_there == Some(true));
        }
    }
}
