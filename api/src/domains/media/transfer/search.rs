//! The search for harmful software. A file that was found clean stays clean; one in which something was found loses its
//! bytes, and its row says what it was.

use std::sync::PoisonError;

use chrono::TimeDelta;
use entity::media::kinds::{MediaScan, MediaStatus};
use entity::media::media;
use sea_orm::Set;
use sea_orm::prelude::{DateTimeUtc, Uuid};

use super::{TransferFault, Transfers};
use crate::objects::{ScanError, Verdict};

/// Why nothing is known about a file yet.
#[derive(Debug, thiserror::Error)]
pub(super) enum SearchError {
    /// The scanner does not say.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] TransferFault),
}

/// The longest that a file waits which the scanner refuses.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(1);

impl Transfers {
    /// Whether the scanner has refused a file so lately that it is not asked yet.
    pub(super) fn waits(&self, media: Uuid, now: DateTimeUtc) -> bool {
        let refusals = self.0.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        refusals.get(&media).is_some_and(|(_, until)| now < *until)
    }

    /// Notes what the scanner did with a file: one that it refuses waits twice as long each time.
    fn note_refusal(&self, media: Uuid, is_refused: bool) {
        let mut refusals = self.0.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_refused {
            refusals.remove(&media);
            return;
        }
        let now = self.0.clock.now();
        let (times, until) = refusals.entry(media).or_insert((0, now));
        let wait = TimeDelta::minutes(i64::from(self.0.settings.retry_minutes) << (*times).min(12));
        *times = times.saturating_add(1);
        *until = now + wait.min(LONGEST_WAIT);
    }

    /// Has a stored file looked through, and writes down what was found. Without a scanner, what the settings say of that.
    pub(super) async fn search(&self, media: Uuid) -> Result<bool, SearchError> {
        let verdict = match &self.0.scanner {
            Some(scanner) => {
                let file = self.file(media).await.map_err(TransferFault::from)?;
                let verdict = scanner.scan(file.stream(0..file.length())).await;
                self.note_refusal(media, matches!(verdict, Err(ScanError::Refused(_))));
                verdict?
            }
            None if self.0.settings.clean_without_scanner => Verdict::Clean,
            None => return Ok(false),
        };
        let session = self.begin().await.map_err(TransferFault::from)?;
        let mut row = media::ActiveModel {
            scanned_at: Set(self.0.scanner.as_ref().map(|_| session.now())),
            ..Default::default()
        };
        let (action, finding) = match verdict {
            Verdict::Clean => {
                row.scan = Set(MediaScan::Clean);
                ("media.clean", None)
            }
            Verdict::Infected(finding) => {
                tracing::warn!(%media, finding, "something harmful was found in a file: its bytes are removed");
                row.scan = Set(MediaScan::Infected);
                row.status = Set(MediaStatus::Removed);
                row.scan_finding = Set(Some(finding.clone()));
                ("media.infected", Some(finding))
            }
        };
        let changed = self
            .change(session, media, MediaStatus::Stored, action, finding, row)
            .await
            .map_err(TransferFault::from)?;
        self.sweep().await;
        Ok(changed)
    }
}
