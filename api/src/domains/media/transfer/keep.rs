//! What falls due by the clock. Each step finds what is due now, so what was missed is made good the next time.

use entity::media::kinds::{MediaScan, MediaStatus};
use entity::media::media;
use sea_orm::ColumnTrait;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Condition;

use chrono::TimeDelta;

use super::finish::remove;
use super::{TransferFault, Transfers};
use crate::objects::transfer::TransferError;
use crate::policy::areas::media::is_unreferenced;
use crate::store::StoreError;

use media::{Column as C, Entity as Media, Model};

impl Transfers {
    /// All of it: judges files whose node died; removes uploads that were given up, and files to which nothing has pointed for
    /// as long as they are kept; has files searched; removes objects that nothing points to. Answers how many things changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep(&self, now: DateTimeUtc) -> Result<usize, StoreError> {
        let mut changed = 0;
        for media in self.0.store.complete_files().await? {
            match self.finish(media).await {
                Ok(()) | Err(TransferError::Refused(_) | TransferError::Nothing) => changed += 1,
                Err(error) => tracing::warn!(%media, %error, "a file could not be judged"),
            }
        }
        changed += self.remove_late(now).await?;
        changed += self.remove_unreferenced(now).await?;
        changed += self.search_pending().await?;
        self.sweep().await;
        Ok(changed)
    }

    /// Uploads whose time is up.
    async fn remove_late(&self, now: DateTimeUtc) -> Result<usize, StoreError> {
        let late = Condition::all()
            .add(C::Status.eq(MediaStatus::Expected))
            .add(C::UploadExpiresAt.lte(now));
        self.remove_where(late, "media.expire").await
    }

    /// Files to which nothing points, once that has been so for long.
    async fn remove_unreferenced(&self, now: DateTimeUtc) -> Result<usize, StoreError> {
        let store = &self.0.store;
        store
            .note_unreferenced::<Media>(C::UnreferencedAt, is_unreferenced, now)
            .await?;
        let since = now - TimeDelta::days(self.0.settings.retention_days.into());
        let due = Condition::all()
            .add(C::Status.ne(MediaStatus::Expected))
            .add(C::UnreferencedAt.lte(since));
        self.remove_where(due, "media.remove").await
    }

    /// Removes files that fulfil a condition and to which nothing points, each in a transaction of its own.
    async fn remove_where(&self, due: Condition, action: &'static str) -> Result<usize, StoreError> {
        let found = self.begin().await?.facts::<Media>(due.clone()).await?;
        let mut removed = 0;
        for media in found {
            let session = self.begin().await?;
            session.lock::<Media>(media.id).await?;
            let still = Condition::all().add(C::Id.eq(media.id)).add(due.clone());
            let Some(media) = session.facts::<Media>(still).await?.into_iter().next() else {
                continue;
            };
            let is_free = session.allowed::<Media>(media.id, is_unreferenced).await?;
            if is_free && remove(session, media, action, None).await? {
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Files that wait to be looked through: the scanner was away, or the node died.
    async fn search_pending(&self) -> Result<usize, StoreError> {
        let pending = Condition::all()
            .add(C::Status.eq(MediaStatus::Stored))
            .add(C::Scan.eq(MediaScan::Pending));
        let found: Vec<Model> = self.begin().await?.facts::<Media>(pending).await?;
        let (mut searched, now) = (0, self.0.clock.now());
        for media in found {
            if self.waits(media.id.0, now) {
                continue;
            }
            match self.search(media.id.0).await {
                Ok(true) => searched += 1,
                Ok(false) => {}
                Err(error) => {
                    let error = &error as &dyn std::error::Error;
                    tracing::warn!(media = %media.id, error, "a file could not be searched");
                }
            }
        }
        Ok(searched)
    }

    /// Removes objects whose time is up: the bytes first, and then the note of them. One that cannot be removed is left for a
    /// later time, and the others go.
    pub(super) async fn remove_loose_objects(&self) -> Result<(), TransferFault> {
        loop {
            let names = self.0.store.objects_to_remove(self.0.clock.now()).await?;
            if names.is_empty() {
                return Ok(());
            }
            let mut fault = None;
            for name in names {
                if let Err(error) = self.0.objects.remove(&name).await {
                    let until = self.0.clock.now() + TimeDelta::minutes(self.0.settings.retry_minutes.into());
                    self.0.store.postpone_object(&name, until).await?;
                    fault = Some(error);
                } else {
                    self.0.store.forget_object(&name).await?;
                }
            }
            if let Some(fault) = fault {
                return Err(fault.into());
            }
        }
    }
}
