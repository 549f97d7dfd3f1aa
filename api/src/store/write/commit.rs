//! How a transaction ends: with its trail, and on the disk before anybody is answered.

use std::borrow::Cow;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, TransactionTrait};

use super::{Recorded, WriteSession};
use crate::store::{Store, StoreError};

/// Ends the transaction, which does not wait for the disk, so that others can add to the audit's chain; and begins one on the same
/// connection: a database that has stopped in between has closed it.
const COMMIT_AND_CHAIN: &str = "COMMIT AND CHAIN";
/// Writes something of which no table knows, so that the end of the transaction waits for the disk, with all that was written before; however
/// long that takes: PostgreSQL takes a wait for a standby that runs out of time for one that was over. The transaction that is open then is
/// empty: the connection takes it back when it has time.
const WAIT_FOR_DISK: &str = "SET LOCAL statement_timeout = 0; SELECT pg_logical_emit_message(true, 'roundtable', ''); COMMIT AND CHAIN";

/// Takes back what a transaction did that changes nothing after all.
const ROLLBACK_AND_CHAIN: &str = "ROLLBACK AND CHAIN";

/// A change that others see, and that a crash may still take back.
#[must_use = "nobody may be told before it is on the disk"]
#[derive(Debug)]
pub struct Written<T> {
    /// The transaction that waits for the disk; none where that is done.
    open: Option<DatabaseTransaction>,
    /// Whether what it did is to be taken back before.
    changes_nothing: bool,
    answer: T,
}

impl<T> Written<T> {
    /// What waits for nothing: nothing was changed, and nothing was found that others may be told.
    pub const fn at_once(answer: T) -> Self {
        Self {
            open: None,
            changes_nothing: true,
            answer,
        }
    }

    /// The answer, and the wait for the disk apart from it. Whoever takes them apart sees to it that nobody is told before that is over.
    pub fn apart(self) -> (T, Written<()>) {
        let waits = Written {
            open: self.open,
            changes_nothing: self.changes_nothing,
            answer: (),
        };
        (self.answer, waits)
    }

    /// Waits until the change is on the disk, and hands out the answer.
    ///
    /// # Errors
    /// When the database fails. Then nobody can say whether the change is there.
    pub async fn on_disk(self) -> Result<T, StoreError> {
        match self.open {
            Some(open) if open.get_database_backend() == DbBackend::Postgres => {
                let wait = if self.changes_nothing {
                    Cow::Owned(format!("{ROLLBACK_AND_CHAIN}; {WAIT_FOR_DISK}"))
                } else {
                    Cow::Borrowed(WAIT_FOR_DISK)
                };
                open.execute_unprepared(&wait).await?;
            }
            Some(open) => open.rollback().await?,
            None => {}
        }
        Ok(self.answer)
    }
}

impl WriteSession {
    /// Writes the trail and commits, given the proof that an event was recorded, and hands out the answer: then the change is on the disk.
    ///
    /// # Errors
    /// When the database fails. Then nothing has happened; or, where the connection was lost at the very end, nobody can say.
    pub async fn commit<T>(self, recorded: Recorded<T>) -> Result<T, StoreError> {
        self.leave_trail().await?;
        if self.backend == DbBackend::Postgres {
            let both = format!("{COMMIT_AND_CHAIN}; {WAIT_FOR_DISK}");
            self.transaction.execute_unprepared(&both).await?;
        } else {
            self.transaction.commit().await?;
        }
        Ok(recorded.0)
    }

    /// Commits, and leaves the wait for the disk to be done while the next transaction is under way.
    ///
    /// # Errors
    /// As [`commit`](Self::commit).
    pub async fn commit_ahead<T>(self, recorded: Recorded<T>) -> Result<Written<T>, StoreError> {
        self.leave_trail().await?;
        let open = if self.backend == DbBackend::Postgres {
            self.transaction.execute_unprepared(COMMIT_AND_CHAIN).await?;
            Some(self.transaction)
        } else {
            self.transaction.commit().await?;
            None
        };
        Ok(Written {
            open,
            changes_nothing: false,
            answer: recorded.0,
        })
    }

    /// Hands out what was found by a transaction that changes nothing, whatever it has done so far, once everything that it could see is on the
    /// disk: what was kept for a request may be told again only then.
    pub fn found<T>(self, answer: T) -> Written<T> {
        Written {
            open: Some(self.transaction),
            changes_nothing: true,
            answer,
        }
    }

    /// Ends a transaction that changes nothing, once everything that it could see is on the disk: what was kept for a request may be told
    /// again only then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle(self) -> Result<(), StoreError> {
        self.found(()).on_disk().await
    }
}

impl Store {
    /// Waits until everything that could be seen before is on the disk: whoever does on the strength of it what no crash takes back asks
    /// for this first. On SQLite nothing is seen before.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::store) async fn wait_for_disk(&self) -> Result<(), StoreError> {
        if self.backend() == DbBackend::Postgres {
            let transaction = self.writer.begin().await?;
            transaction.execute_unprepared(WAIT_FOR_DISK).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use sea_orm::prelude::{DateTimeUtc, Uuid};

    use super::*;
    use crate::config::DatabaseSettings;
    use crate::events::{Actor, Event};
    use crate::store::{Bound, StoreError, ViewerValues};

    async fn store() -> Store {
        let settings = DatabaseSettings::default();
        let store = Store::open(&"sqlite::memory:".to_owned().into(), &settings).await;
        let store = store.unwrap();
        let table = "CREATE TABLE note (text TEXT)";
        store.writer.execute_unprepared(table).await.unwrap();
        store
    }

    async fn session_with_a_note(store: &Store) -> WriteSession {
        let viewer = Arc::new(ViewerValues::gather(|_| Bound::Ids(Vec::new())));
        let session = store.begin(viewer, Actor::default(), DateTimeUtc::UNIX_EPOCH);
        let session = session.await.unwrap();
        let note = "INSERT INTO note VALUES ('before it was refused')";
        session.transaction.execute_unprepared(note).await.unwrap();
        session
    }

    async fn notes(store: &Store) -> u64 {
        let forget = store.writer.execute_unprepared("DELETE FROM note").await;
        forget.unwrap().rows_affected()
    }

    #[tokio::test]
    async fn what_is_found_changes_nothing() {
        let store = store().await;
        session_with_a_note(&store).await.settle().await.unwrap();
        assert_eq!(notes(&store).await, 0);
        let found = session_with_a_note(&store).await.found("an answer");
        assert_eq!(found.on_disk().await.unwrap(), "an answer");
        assert_eq!(notes(&store).await, 0);
        store.close().await.unwrap();
    }

    #[tokio::test]
    async fn nothing_changes_without_a_trail() {
        let store = store().await;
        let session = session_with_a_note(&store).await;
        // There is no table of the audit here.
        let recorded = session.record(Event::new("note.add", "note", Uuid::nil()), ());
        assert!(matches!(
            session.commit_ahead(recorded).await,
            Err(StoreError::Failed(_))
        ));
        assert_eq!(notes(&store).await, 0);
        store.close().await.unwrap();
    }
}
