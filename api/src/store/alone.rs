//! Work that one node at a time may do.

use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait, Value};
use sha2::{Digest, Sha256};

use super::{Store, StoreError, row};

/// The first half of the advisory locks of this page: `jobs` in ASCII. Locks of two halves are apart from those of one
/// number, such as the audit's.
const JOBS: i32 = 0x6a6f_6273;

impl Store {
    /// Does `work` unless another node is doing work of this name: then there is no answer.
    ///
    /// On PostgreSQL an advisory lock inside a transaction of its own keeps others away: it ends with the connection,
    /// whatever happens to the node. The work uses other connections, so the pool must have more than one. SQLite has one
    /// node only.
    ///
    /// # Errors
    /// When the database fails around the work.
    pub async fn alone<T>(&self, name: &str, work: impl Future<Output = T>) -> Result<Option<T>, StoreError> {
        if self.backend() != DbBackend::Postgres {
            return Ok(Some(work.await));
        }
        let transaction = self.writer.begin().await?;
        // It waits for the work, however long a database closes what only waits.
        transaction
            .execute_unprepared("SET LOCAL idle_in_transaction_session_timeout = 0")
            .await?;
        let lock = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_try_advisory_xact_lock($1, $2)",
            [Value::from(JOBS), Value::from(number(name))],
        );
        let locked = transaction.query_one_raw(lock).await?;
        let is_ours = match &locked {
            Some(locked) => row::boolean(locked, 0)?.unwrap_or_default(),
            None => false,
        };
        let answer = if is_ours { Some(work.await) } else { None };
        transaction.rollback().await?;
        Ok(answer)
    }
}

/// A number for a name: the same on every node.
fn number(name: &str) -> i32 {
    let digest = Sha256::digest(name.as_bytes());
    digest
        .iter()
        .take(4)
        .fold(0, |number, byte| (number << 8) | i32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_a_number_of_its_own_that_never_changes() {
        assert_eq!(number("agreements"), number("agreements"));
        assert_ne!(number("agreements"), number("terms"));
    }
}
