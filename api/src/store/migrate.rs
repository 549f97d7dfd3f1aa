//! Brings the database to the form that this version needs, one node at a time.
//!
//! Nodes of a deployment often start together, and each may try. Whoever holds the lock migrates; the others wait, and then
//! find nothing left to do. On PostgreSQL the lock is an advisory one inside a transaction: it ends with the connection,
//! whatever happens to the node, and passes through poolers that hand out connections by transaction. On SQLite it is a
//! lock on a file beside the database, which the operating system releases when the process ends.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseTransaction, DbErr, Statement,
    TransactionTrait,
};
use sea_orm_migration::{MigrationStatus, MigratorTrait};
use tokio::time::{Instant, sleep};

use crate::config::{DatabaseKind, DatabaseUrl, Settings};

/// The advisory lock of migrations: `roundtab` in ASCII, read as a number.
const ADVISORY_LOCK: i64 = 0x726f_756e_6474_6162;

/// How long to wait before asking for the lock again.
const ASK_AGAIN_AFTER: Duration = Duration::from_millis(200);

/// Why the database could not be migrated.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The scheme of the address is unknown; checking the settings excludes this.
    #[error("the database address {0} is neither sqlite: nor postgres:")]
    Address(DatabaseUrl),
    /// The directory of the database file cannot be made.
    #[error("the directory {} cannot be created", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The lock file cannot be opened or locked.
    #[error("the lock file {} cannot be used", path.display())]
    LockFile {
        /// The lock file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Another node has been migrating for longer than `database.migration_wait_seconds`.
    #[error(
        "another node is still migrating this database after {} seconds; wait for it, or raise database.migration_wait_seconds",
        waited.as_secs()
    )]
    Busy {
        /// How long this node waited.
        waited: Duration,
    },
    /// No connection to the database.
    #[error("the database {url} cannot be reached")]
    Connect {
        /// The address; its password is masked when printed.
        url: DatabaseUrl,
        /// What the driver said.
        source: DbErr,
    },
    /// A migration failed. On PostgreSQL nothing of it remains.
    #[error("a migration failed")]
    Migration(#[from] DbErr),
}

/// One migration, and whether this database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationState {
    /// The name of the migration.
    pub name: String,
    /// Whether it has been applied.
    pub applied: bool,
}

/// Applies every migration that the database lacks, and returns their names in order.
///
/// Creates the directory and the file of a SQLite database. Safe when several nodes do it at once.
///
/// # Errors
///
/// [`MigrateError`]; after an error the database is at the last migration that succeeded.
pub async fn up<M: MigratorTrait>(settings: &Settings) -> Result<Vec<String>, MigrateError> {
    let target = Target::of(settings)?;
    target.create_directory()?;
    let connection = target.connect().await?;
    let lock = target.lock(&connection).await?;
    let pending = names(M::get_pending_migrations(&connection).await?);
    if !pending.is_empty() {
        M::up(&connection, None).await?;
    }
    lock.release().await?;
    Ok(pending)
}

/// Takes back the last `steps` migrations, and returns their names, the latest first. What they stored is lost.
///
/// # Errors
///
/// [`MigrateError`]; after an error the database is at the last migration that could be taken back.
pub async fn down<M: MigratorTrait>(settings: &Settings, steps: u32) -> Result<Vec<String>, MigrateError> {
    let target = Target::of(settings)?;
    if target.is_missing() {
        return Ok(Vec::new());
    }
    let connection = target.connect().await?;
    let lock = target.lock(&connection).await?;
    let applied = names(M::get_applied_migrations(&connection).await?);
    let undone: Vec<_> = applied.into_iter().rev().take(steps as usize).collect();
    if !undone.is_empty() {
        M::down(&connection, Some(steps)).await?;
    }
    lock.release().await?;
    Ok(undone)
}

/// Every migration in order, and whether the database has it. Changes nothing, and waits for nobody.
///
/// # Errors
///
/// [`MigrateError`] when the database cannot be reached or read.
pub async fn status<M: MigratorTrait>(settings: &Settings) -> Result<Vec<MigrationState>, MigrateError> {
    let target = Target::of(settings)?;
    let migrations = if target.is_missing() {
        M::get_migration_files()
    } else {
        M::get_migration_with_status_read_only(&target.connect().await?).await?
    };
    let state = |migration: sea_orm_migration::Migration| MigrationState {
        name: migration.name().to_owned(),
        applied: migration.status() == MigrationStatus::Applied,
    };
    Ok(migrations.into_iter().map(state).collect())
}

fn names(migrations: Vec<sea_orm_migration::Migration>) -> Vec<String> {
    migrations
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect()
}

/// The database to migrate, and how patiently.
struct Target {
    url: DatabaseUrl,
    /// The file of a SQLite database.
    file: Option<PathBuf>,
    acquire_timeout: Duration,
    busy_timeout: Duration,
    wait: Duration,
}

#[expect(
    clippy::disallowed_types,
    reason = "part of `store`, with a connection of its own: it runs before any pool exists"
)]
type Connection = sea_orm::DatabaseConnection;

impl Target {
    fn of(settings: &Settings) -> Result<Self, MigrateError> {
        let url = settings.database_url();
        let file = match url.kind() {
            None => return Err(MigrateError::Address(url)),
            Some(DatabaseKind::Postgres) => None,
            Some(DatabaseKind::Sqlite) => {
                let options =
                    SqliteConnectOptions::from_str(url.expose()).map_err(|error| MigrateError::Connect {
                        url: url.clone(),
                        source: driver_error(&error),
                    })?;
                Some(options.get_filename().to_owned())
            }
        };
        Ok(Self {
            url,
            file,
            acquire_timeout: settings.database.acquire_timeout(),
            busy_timeout: settings.database.busy_timeout(),
            wait: settings.database.migration_wait(),
        })
    }

    fn is_missing(&self) -> bool {
        self.file.as_deref().is_some_and(|file| !file.exists())
    }

    fn create_directory(&self) -> Result<(), MigrateError> {
        match self.file.as_deref().and_then(Path::parent) {
            Some(path) if !path.as_os_str().is_empty() => {
                std::fs::create_dir_all(path).map_err(|source| MigrateError::Directory {
                    path: path.to_owned(),
                    source,
                })
            }
            _ => Ok(()),
        }
    }

    async fn connect(&self) -> Result<Connection, MigrateError> {
        let busy_timeout = self.busy_timeout;
        let mut options = ConnectOptions::new(self.url.expose());
        // PostgreSQL: one for the lock, one for the migrations. SQLite: a second one could only wait for the first.
        options
            .max_connections(if self.file.is_some() { 1 } else { 2 })
            .acquire_timeout(self.acquire_timeout)
            .connect_timeout(self.acquire_timeout)
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(move |options| options.create_if_missing(true).busy_timeout(busy_timeout));
        let connected = Database::connect(options).await;
        connected.map_err(|source| MigrateError::Connect {
            url: self.url.clone(),
            source,
        })
    }

    async fn lock(&self, connection: &Connection) -> Result<Lock, MigrateError> {
        match &self.file {
            Some(file) => self.lock_file(file).await,
            None => self.lock_server(connection).await,
        }
    }

    async fn lock_file(&self, database: &Path) -> Result<Lock, MigrateError> {
        let path = lock_path(database);
        let unusable = |source| MigrateError::LockFile {
            path: path.clone(),
            source,
        };
        let options = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path);
        let file = options.map_err(unusable)?;
        let patience = Patience::new(self.wait);
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock::File(file)),
                Err(TryLockError::WouldBlock) => patience.pause().await?,
                Err(TryLockError::Error(source)) => return Err(unusable(source)),
            }
        }
    }

    async fn lock_server(&self, connection: &Connection) -> Result<Lock, MigrateError> {
        let transaction = connection.begin().await?;
        // A migration may take longer than servers allow a transaction to sit still.
        transaction
            .execute_unprepared("SET LOCAL idle_in_transaction_session_timeout = 0")
            .await?;
        let question = "SELECT pg_try_advisory_xact_lock($1) AS locked";
        let patience = Patience::new(self.wait);
        loop {
            let statement =
                Statement::from_sql_and_values(DatabaseBackend::Postgres, question, [ADVISORY_LOCK.into()]);
            let row = transaction.query_one_raw(statement).await?;
            if row.map(|row| row.try_get::<bool>("", "locked")).transpose()? == Some(true) {
                return Ok(Lock::Server(transaction));
            }
            patience.pause().await?;
        }
    }
}

fn driver_error(error: &sea_orm::sqlx::Error) -> DbErr {
    DbErr::Custom(error.to_string())
}

fn lock_path(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".migrating");
    path.into()
}

/// How long a node has waited for another.
struct Patience {
    wait: Duration,
    until: Instant,
}

impl Patience {
    fn new(wait: Duration) -> Self {
        Self {
            wait,
            until: Instant::now() + wait,
        }
    }

    async fn pause(&self) -> Result<(), MigrateError> {
        if Instant::now() >= self.until {
            return Err(MigrateError::Busy { waited: self.wait });
        }
        sleep(ASK_AGAIN_AFTER).await;
        Ok(())
    }
}

/// The right to migrate. Dropping it gives it back too; releasing it also tells whether it had been lost meanwhile.
enum Lock {
    File(File),
    Server(DatabaseTransaction),
}

impl Lock {
    async fn release(self) -> Result<(), MigrateError> {
        match self {
            // The file stays: removing it would let a third node lock a new one while a second holds the old one.
            Self::File(file) => drop(file),
            Self::Server(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "migrate_tests.rs"]
mod tests;
