//! Opening the database: one file of SQLite, or PostgreSQL.

use std::num::NonZero;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbBackend, EntityTrait, FromQueryResult, QueryTrait,
    Select, Statement,
};

use super::StoreError;
use super::readers::Readers;
use super::remembered::RememberedAccounts;
use super::search::SearchStatements;
use super::version_checks::VersionChecks;
use crate::config::{DatabaseKind, DatabaseSettings, DatabaseUrl};

/// How many statements each connection keeps prepared: more than the plans of a busy server.
const STATEMENTS_KEPT: usize = 512;

/// The database: connections for reading, and for writing.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) readers: Readers,
    /// The pool behind the readers.
    reader: DatabaseConnection,
    /// A pool apart from that of the readers. On SQLite of one: its writers queue here instead of failing with `SQLITE_BUSY`.
    pub(super) writer: DatabaseConnection,
    pub(super) remembered: RememberedAccounts,
    pub(super) version_checks: VersionChecks,
    pub(super) searches: SearchStatements,
    backend: DbBackend,
}

impl Store {
    /// Opens the database and fails when it does not answer.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached.
    pub async fn open(url: &DatabaseUrl, settings: &DatabaseSettings) -> Result<Self, StoreError> {
        let backend = match url.kind() {
            Some(DatabaseKind::Postgres) => DbBackend::Postgres,
            _ => DbBackend::Sqlite,
        };
        let url = url.expose();
        let readers = match backend {
            DbBackend::Sqlite => settings.max_connections.min(sqlite_readers()),
            _ => settings.max_connections,
        };
        let writers = match backend {
            DbBackend::Sqlite => 1,
            _ => settings.max_write_connections,
        };
        let reader = Database::connect(options(url, settings, readers)).await?;
        let writer = Database::connect(options(url, settings, writers)).await?;
        Ok(Self {
            readers: Readers::of(&reader, settings),
            reader,
            writer,
            version_checks: VersionChecks::default(),
            searches: SearchStatements::default(),
            remembered: RememberedAccounts::new(settings.account_facts_remembered),
            backend,
        })
    }

    /// Which of the databases it is.
    #[must_use]
    pub const fn backend(&self) -> DbBackend {
        self.backend
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// The reason when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.readers
            .one(Statement::from_string(self.backend, "SELECT 1"))
            .await?;
        Ok(())
    }

    /// The rows that a statement outside any scope selects: of the platform's own facts, and of who asks.
    pub(super) async fn selected<E: EntityTrait>(
        &self,
        select: Select<E>,
    ) -> Result<Vec<E::Model>, StoreError> {
        let rows = self.readers.all(select.build(self.backend)).await?;
        rows.iter()
            .map(|row| Ok(E::Model::from_query_result(row, "")?))
            .collect()
    }

    /// The connection on which the schema is changed; for `migrate` only.
    #[must_use]
    pub const fn migration_connection(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Gives connections back to the pool that have rested for long.
    pub fn give_back_rested(&self) {
        self.readers.give_back_rested();
    }

    /// Waits for statements under way and closes the connections.
    ///
    /// # Errors
    /// When the database fails while closing.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.close();
        self.reader.close().await?;
        Ok(self.writer.close().await?)
    }
}

/// SQLite works on our own processors, and each connection has a thread and a cache of pages: more of them than this only
/// take memory.
fn sqlite_readers() -> u32 {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    u32::try_from(processors).unwrap_or(u32::MAX).saturating_add(1)
}

fn options(url: &str, settings: &DatabaseSettings, connections: u32) -> ConnectOptions {
    let busy = settings.busy_timeout();
    let plan_cache_mode = if settings.keep_plans {
        "force_generic_plan"
    } else {
        "auto"
    };
    // In KiB below zero; above it would be pages.
    let page_cache = format!("-{}", u64::from(settings.page_cache_mebibytes) * 1_024);
    let random_page_cost = f64::from(settings.random_page_cost_percent) / 100.0;
    ConnectOptions::new(url)
        .max_connections(connections)
        .min_connections(settings.min_connections.min(connections))
        .acquire_timeout(settings.acquire_timeout())
        .connect_timeout(settings.acquire_timeout())
        .statement_timeout(settings.statement_timeout())
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .foreign_keys(true)
                .busy_timeout(busy)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .pragma("cache_size", page_cache.clone())
                .statement_cache_capacity(STATEMENTS_KEPT)
        })
        .map_sqlx_postgres_opts(move |postgres| {
            postgres.statement_cache_capacity(STATEMENTS_KEPT).options([
                ("plan_cache_mode", plan_cache_mode.to_owned()),
                ("random_page_cost", random_page_cost.to_string()),
                // Reads asked as one keep the order of each: see `Compound`.
                ("enable_parallel_append", "off".to_owned()),
            ])
        })
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sqlite_keeps_as_much_of_the_file_as_configured() {
        let settings = DatabaseSettings {
            page_cache_mebibytes: 3,
            ..DatabaseSettings::default()
        };
        let store = Store::open(&"sqlite::memory:".to_owned().into(), &settings)
            .await
            .unwrap();
        let asked = Statement::from_string(store.backend(), "PRAGMA cache_size");
        let row = store.readers.one(asked).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), -3_072);
        store.close().await.unwrap();
    }
}
