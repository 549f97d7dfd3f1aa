//! Opening the database: one file of SQLite, or PostgreSQL.

use std::time::Duration;

use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend};
use serde::{Deserialize, Serialize};

use super::StoreError;

/// How the database is reached.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreSettings {
    /// The database's URL: `sqlite://path?mode=rwc` or `postgres://…`. Default: none, a file in the data directory.
    pub url: Option<String>,
    /// Connections for reading, at most. Default: 8, a little more than two cores can keep busy.
    pub max_connections: u32,
    /// How long a request waits for a connection, in milliseconds. Default: 2000.
    pub acquire_timeout_ms: u64,
    /// How long PostgreSQL may work on one statement, in milliseconds; below the request's own time-out. Default: 8000.
    pub statement_timeout_ms: u64,
    /// How long SQLite waits for its one writer, in milliseconds. Default: 5000.
    pub busy_timeout_ms: u64,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self {
            url: None,
            max_connections: 8,
            acquire_timeout_ms: 2_000,
            statement_timeout_ms: 8_000,
            busy_timeout_ms: 5_000,
        }
    }
}

/// The database: connections for reading, and for writing.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) reader: DatabaseConnection,
    /// On SQLite a pool of one: its writers queue here instead of failing with `SQLITE_BUSY`.
    pub(super) writer: DatabaseConnection,
    backend: DbBackend,
}

impl Store {
    /// Opens the database and fails when it does not answer.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached.
    pub async fn open(url: &str, settings: &StoreSettings) -> Result<Self, StoreError> {
        let backend = if url.starts_with("sqlite:") {
            DbBackend::Sqlite
        } else {
            DbBackend::Postgres
        };
        let reader = Database::connect(options(url, settings, settings.max_connections)).await?;
        let writer = match backend {
            DbBackend::Sqlite => Database::connect(options(url, settings, 1)).await?,
            _ => reader.clone(),
        };
        Ok(Self {
            reader,
            writer,
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
        Ok(self.reader.ping().await?)
    }

    /// The connection on which the schema is changed; for `migrate` only.
    #[must_use]
    pub const fn migration_connection(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Waits for statements under way and closes the connections.
    ///
    /// # Errors
    /// When the database fails while closing.
    pub async fn close(self) -> Result<(), StoreError> {
        self.reader.close().await?;
        Ok(self.writer.close().await?)
    }
}

fn options(url: &str, settings: &StoreSettings, connections: u32) -> ConnectOptions {
    let busy = Duration::from_millis(settings.busy_timeout_ms);
    ConnectOptions::new(url)
        .max_connections(connections)
        .min_connections(connections.min(2))
        .acquire_timeout(Duration::from_millis(settings.acquire_timeout_ms))
        .connect_timeout(Duration::from_millis(settings.acquire_timeout_ms))
        .statement_timeout(Duration::from_millis(settings.statement_timeout_ms))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .foreign_keys(true)
                .busy_timeout(busy)
                .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                .synchronous(sea_orm::sqlx::sqlite::SqliteSynchronous::Full)
                .statement_cache_capacity(512)
        })
        .map_sqlx_postgres_opts(|postgres| postgres.statement_cache_capacity(512))
        .to_owned()
}
