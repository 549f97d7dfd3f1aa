//! Connections for reading, kept from one statement to the next.
//!
//! The pool asks a connection that comes back whether it still lives, before it lets the next one have it: a round trip for
//! every statement, as long as many a statement itself. A connection that has just answered needs no such question. So those
//! that did are kept here, at most as many as the pool has, and go back to the pool only when something went wrong, when
//! they have worked for long, when they have rested for long and somebody looks ([`Readers::give_back_rested`]), or when the
//! store closes. The pool still opens, limits and replaces them.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sea_query::Values;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Database, Error, Executor, IntoArguments, Pool, Postgres, Sqlite};
use sea_orm::{ConnAcquireErr, DatabaseConnection, DbBackend, DbErr, QueryResult, RuntimeErr, Statement};
use sea_query_sqlx::SqlxValues;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::config::DatabaseSettings;

/// How long a kept connection may rest before the pool looks at it again. Firewalls forget connections after minutes.
const RESTS_FOR: Duration = Duration::from_secs(30);
/// How long a busy connection is kept before the pool has it back, to replace it when it is old.
const KEPT_FOR: Duration = Duration::from_mins(10);
/// How much longer than the database we wait for a statement: so that it is the database that says what took too long, and
/// only a connection from which nothing comes any more is given up here.
const GRACE: Duration = Duration::from_secs(1);

/// The connections of either database.
#[derive(Clone, Debug)]
pub(super) enum Readers {
    Postgres(Arc<Kept<Postgres>>),
    Sqlite(Arc<Kept<Sqlite>>),
}

/// Connections of one kind.
#[derive(Debug)]
pub(super) struct Kept<DB: Database> {
    pool: Pool<DB>,
    /// As many as the pool may open: who holds one finds a kept connection or room in the pool.
    permits: Semaphore,
    /// None once the store has closed.
    resting: Mutex<Option<Vec<Resting<DB>>>>,
    acquire_timeout: Duration,
    statement_timeout: Duration,
}

/// A connection out of the pool.
#[derive(Debug)]
struct Held<DB: Database> {
    connection: PoolConnection<DB>,
    out_since: Instant,
}

#[derive(Debug)]
struct Resting<DB: Database> {
    held: Held<DB>,
    since: Instant,
}

impl Readers {
    /// Keeps the connections of a pool.
    pub(super) fn of(database: &DatabaseConnection, settings: &DatabaseSettings) -> Self {
        match database.get_database_backend() {
            DbBackend::Postgres => {
                Self::Postgres(Kept::of(database.get_postgres_connection_pool(), settings))
            }
            _ => Self::Sqlite(Kept::of(database.get_sqlite_connection_pool(), settings)),
        }
    }

    /// All rows that a statement finds.
    pub(super) async fn all<R: From<QueryResult>>(&self, statement: Statement) -> Result<Vec<R>, DbErr> {
        match self {
            Self::Postgres(kept) => kept.all(statement).await,
            Self::Sqlite(kept) => kept.all(statement).await,
        }
    }

    /// The first row that a statement finds.
    pub(super) async fn one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(self.all(statement).await?.into_iter().next())
    }

    /// Gives back to the pool what has rested for so long that the pool had better look at it.
    pub(super) fn give_back_rested(&self) {
        match self {
            Self::Postgres(kept) => kept.give_back_rested(RESTS_FOR),
            Self::Sqlite(kept) => kept.give_back_rested(RESTS_FOR),
        }
    }

    /// Gives every connection back to the pool, now and from now on.
    pub(super) fn close(&self) {
        match self {
            Self::Postgres(kept) => kept.close(),
            Self::Sqlite(kept) => kept.close(),
        }
    }
}

impl<DB: Database> Kept<DB> {
    fn of(pool: &Pool<DB>, settings: &DatabaseSettings) -> Arc<Self> {
        let most = usize::try_from(pool.options().get_max_connections()).unwrap_or(Semaphore::MAX_PERMITS);
        Arc::new(Self {
            pool: pool.clone(),
            permits: Semaphore::new(most),
            resting: Mutex::new(Some(Vec::with_capacity(most.min(64)))),
            acquire_timeout: settings.acquire_timeout(),
            statement_timeout: settings.statement_timeout() + GRACE,
        })
    }

    async fn all<R: From<QueryResult>>(&self, statement: Statement) -> Result<Vec<R>, DbErr>
    where
        SqlxValues: IntoArguments<DB>,
        for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
        DB::Row: Into<QueryResult>,
    {
        let permit = match self.permits.try_acquire() {
            Ok(permit) => Ok(permit),
            Err(_) => timeout(self.acquire_timeout, self.permits.acquire())
                .await
                .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?,
        };
        let _permit = permit.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))?;
        let mut held = match self.rested() {
            Some(held) => held,
            None => Held {
                connection: self.pool.acquire().await.map_err(not_acquired)?,
                out_since: Instant::now(),
            },
        };
        let values = SqlxValues(statement.values.unwrap_or(Values(Vec::new())));
        let query = sqlx::query_with(AssertSqlSafe(statement.sql), values);
        let answered = timeout(self.statement_timeout, query.fetch_all(&mut *held.connection)).await;
        let Ok(answered) = answered else {
            held.connection.close_on_drop();
            return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        };
        let rows = answered.map_err(failed)?;
        // Only now: a statement that failed, or that nobody waited for, leaves its connection to the pool to look at.
        self.rest(held);
        Ok(rows.into_iter().map(|row| R::from(row.into())).collect())
    }

    /// The connection that rested last: what it has cached is the warmest.
    fn rested(&self) -> Option<Held<DB>> {
        let mut resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        let last = resting.as_mut()?.pop()?;
        (last.since.elapsed() < RESTS_FOR).then_some(last.held)
    }

    fn rest(&self, held: Held<DB>) {
        if held.out_since.elapsed() >= KEPT_FOR {
            return;
        }
        let since = Instant::now();
        let mut resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(resting) = resting.as_mut() {
            resting.push(Resting { held, since });
        }
    }

    /// Who came back last rests last in the row, so those that have rested longest are the first.
    fn give_back_rested(&self, rests_for: Duration) {
        let mut resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(resting) = resting.as_mut() else {
            return;
        };
        let long_rested = resting.partition_point(|resting| resting.since.elapsed() >= rests_for);
        drop(resting.drain(..long_rested));
    }

    fn close(&self) {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl<DB: Database> Drop for Kept<DB> {
    /// The driver gives a connection back from a task. Where there is no runtime any more, the process ends anyway.
    fn drop(&mut self) {
        if Handle::try_current().is_err() {
            let resting = self.resting.get_mut().unwrap_or_else(PoisonError::into_inner);
            resting.take().into_iter().flatten().for_each(std::mem::forget);
        }
    }
}

fn not_acquired(error: Error) -> DbErr {
    match error {
        Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        other => DbErr::Conn(RuntimeErr::SqlxError(Arc::new(other))),
    }
}

fn failed(error: Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectOptions;

    use super::*;

    async fn readers(most: u32) -> (DatabaseConnection, Readers) {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(most).min_connections(0);
        let database = sea_orm::Database::connect(options).await.unwrap();
        let settings = DatabaseSettings {
            acquire_timeout_seconds: 0,
            ..DatabaseSettings::default()
        };
        let readers = Readers::of(&database, &settings);
        (database, readers)
    }

    fn statement(sql: &str) -> Statement {
        Statement::from_string(DbBackend::Sqlite, sql)
    }

    async fn number(readers: &Readers, sql: &str) -> i64 {
        let row = readers.one(statement(sql)).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// As `.cargo/config.toml` says; a build that does not read it works, and prepares statements again and again.
    #[tokio::test]
    async fn sqlite_is_compiled_to_prepare_a_statement_once() {
        let (_database, readers) = readers(1).await;
        let used = number(&readers, "SELECT sqlite_compileoption_used('ENABLE_QPSG')").await;
        assert_eq!(used, 1);
    }

    #[tokio::test]
    async fn one_connection_serves_statement_after_statement() {
        let (database, readers) = readers(1).await;
        for expected in 1..=5 {
            assert_eq!(number(&readers, &format!("SELECT {expected}")).await, expected);
        }
        assert_eq!(database.get_sqlite_connection_pool().num_idle(), 0, "it is kept");
        readers.close();
        database.close().await.unwrap();
    }

    #[tokio::test]
    async fn who_finds_no_connection_in_time_is_told_and_the_next_one_finds_it() {
        let (_database, readers) = readers(1).await;
        let Readers::Sqlite(kept) = &readers else {
            panic!("this is SQLite")
        };
        let held = kept.permits.acquire().await.unwrap();
        let refused = readers.one(statement("SELECT 1")).await.unwrap_err();
        assert_eq!(refused, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        drop(held);
        assert_eq!(number(&readers, "SELECT 2").await, 2);
    }

    #[tokio::test]
    async fn a_connection_from_which_nothing_comes_is_given_up() {
        let (_database, readers) = readers(1).await;
        let Readers::Sqlite(mut kept) = readers else {
            panic!("this is SQLite")
        };
        Arc::get_mut(&mut kept).unwrap().statement_timeout = Duration::from_millis(20);
        let for_long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) FROM n";
        let refused = kept.all::<QueryResult>(statement(for_long)).await.unwrap_err();
        assert_eq!(refused, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        assert_eq!(kept.permits.available_permits(), 1, "the next one has its turn");
        for _ in 0..600 {
            if kept.pool.size() == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(kept.pool.size(), 0, "and another connection: this one is closed");
    }

    #[tokio::test]
    async fn who_goes_away_in_the_middle_leaves_no_connection_to_the_next() {
        let (_database, readers) = readers(1).await;
        let Readers::Sqlite(kept) = &readers else {
            panic!("this is SQLite")
        };
        assert_eq!(number(&readers, "SELECT 1").await, 1);
        let for_long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT max(i) FROM n";
        let gone = timeout(
            Duration::from_millis(5),
            readers.all::<QueryResult>(statement(for_long)),
        )
        .await;
        assert!(gone.is_err(), "it was still under way");
        assert_eq!(kept.permits.available_permits(), 1, "the next one has its turn");
        assert!(
            kept.rested().is_none(),
            "with a connection that the pool has looked at"
        );
    }

    #[tokio::test]
    async fn connections_that_rest_for_long_go_back() {
        let (_database, readers) = readers(1).await;
        let Readers::Sqlite(kept) = &readers else {
            panic!("this is SQLite")
        };
        assert_eq!(number(&readers, "SELECT 1").await, 1);
        kept.give_back_rested(RESTS_FOR);
        assert_eq!(
            kept.resting.lock().unwrap().as_ref().unwrap().len(),
            1,
            "it has just come"
        );
        kept.give_back_rested(Duration::ZERO);
        assert_eq!(kept.resting.lock().unwrap().as_ref().unwrap().len(), 0);
    }

    #[tokio::test]
    async fn a_failed_statement_costs_no_connection() {
        let (_database, readers) = readers(1).await;
        for _ in 0..3 {
            let failed = readers.one(statement("SELECT nothing")).await;
            assert!(matches!(failed, Err(DbErr::Query(_))), "{failed:?}");
        }
        // The pool looks at it in the background before it lends it again.
        let mut found = readers.one(statement("SELECT 3")).await;
        for _ in 0..50 {
            if found.is_ok() {
                break;
            }
            found = readers.one(statement("SELECT 3")).await;
        }
        assert!(found.is_ok(), "{found:?}");
    }
}
