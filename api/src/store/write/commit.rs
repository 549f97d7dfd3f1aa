//! How a transaction ends: with its trail, and on the disk before anybody is answered.

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

/// A change that others see, and that a crash may still take back.
#[must_use = "nobody may be told before it is on the disk"]
#[derive(Debug)]
pub struct Written<T> {
    /// The transaction that waits for the disk; none where that is done.
    open: Option<DatabaseTransaction>,
    answer: T,
}

impl<T> Written<T> {
    /// What waits for nothing: nothing was changed, and nothing was found that others may be told.
    pub const fn at_once(answer: T) -> Self {
        let open = None;
        Self { open, answer }
    }

    /// The answer, and the wait for the disk apart from it. Whoever takes them apart sees to it that nobody is told before that is over.
    pub fn apart(self) -> (T, Written<()>) {
        let Self { open, answer } = self;
        (answer, Written { open, answer: () })
    }

    /// Waits until the change is on the disk, and hands out the answer.
    ///
    /// # Errors
    /// When the database fails. Then nobody can say whether the change is there.
    pub async fn on_disk(self) -> Result<T, StoreError> {
        match self.open {
            Some(open) if open.get_database_backend() == DbBackend::Postgres => {
                open.execute_unprepared(WAIT_FOR_DISK).await?;
            }
            Some(open) => open.commit().await?,
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
        let answer = recorded.0;
        Ok(Written { open, answer })
    }

    /// Hands out what was found by a transaction that changes nothing, once everything that it could see is on the disk: what was kept for
    /// a request may be told again only then.
    pub fn found<T>(self, answer: T) -> Written<T> {
        let open = Some(self.transaction);
        Written { open, answer }
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
