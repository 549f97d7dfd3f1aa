//! Which rows of special-category data a request was shown. They go to the audit before the answer leaves the server: an
//! answer whose reads cannot be recorded is not given.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::{ReadSession, StoreError};
use crate::events::{Actor, Event, SpecialCategoryRead};

/// The rows shown so far, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown(Arc<Mutex<BTreeSet<SpecialCategoryRead>>>);

impl Shown {
    fn take(&self) -> BTreeSet<SpecialCategoryRead> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ReadSession {
    /// Notes rows that were read for the answer.
    pub(crate) fn note_shown(&self, reads: impl IntoIterator<Item = SpecialCategoryRead>) {
        let mut shown = self.shown.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.extend(reads);
    }

    /// Writes into the audit what was shown since the last time; nothing when nothing was.
    ///
    /// # Errors
    /// When the database fails: then the answer must not be given.
    pub async fn account_for_shown(&self, actor: &Actor) -> Result<(), StoreError> {
        let shown = self.shown.take();
        if shown.is_empty() {
            return Ok(());
        }
        let session = self
            .store
            .begin(self.viewer.clone(), actor.clone(), self.now)
            .await?;
        let recorded = session.record_all(shown.into_iter().map(Event::read).collect(), ());
        session.commit(recorded).await
    }
}
