//! The search for harmful software. A file that was found clean stays clean; one in which something was found loses its
//! bytes, and its row says what it was.

use entity::media::kinds::{MediaScan, MediaStatus};
use entity::media::media;
use sea_orm::Set;
use sea_orm::prelude::Uuid;

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

impl Transfers {
    /// Has a stored file looked through, and writes down what was found. Without a scanner, what the settings say of that.
    pub(super) async fn search(&self, media: Uuid) -> Result<bool, SearchError> {
        let verdict = match &self.0.scanner {
            Some(scanner) => {
                let file = self.file(media).await.map_err(TransferFault::from)?;
                scanner.scan(file.stream(0..file.length())).await?
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
