//! What can go wrong between Roundtable and its database.

use std::borrow::Cow;

use sea_orm::{DbErr, RuntimeErr};

/// A failure of the database; never shown to a client, always logged once.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection came free in time: the server is overloaded or the database is away.
    #[error("the database did not answer in time: {0}")]
    Unavailable(#[source] DbErr),
    /// A unique constraint or a foreign key refused the change: somebody else was faster, or a rule was overlooked.
    #[error("the database refused the change: {0}")]
    Constraint(#[source] DbErr),
    /// A serialisable transaction lost against another one; it may be tried again.
    #[error("the transaction collided with another: {0}")]
    Collision(#[source] DbErr),
    /// A statement took longer than it may: most often it waited for what others hold.
    #[error("the database did not finish in time: {0}")]
    Overdue(#[source] DbErr),
    /// Anything else.
    #[error("the database failed: {0}")]
    Failed(#[source] DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error),
            _ if error.sql_err().is_some() || is_restricted(&error) => Self::Constraint(error),
            _ if is_collision(&error) => Self::Collision(error),
            _ if matches!(code(&error).as_deref(), Some("57014" | "55P03")) => Self::Overdue(error),
            _ => Self::Failed(error),
        }
    }
}

/// Something still points to a row that was to go. SQLite enforces `RESTRICT` by a trigger of its own, with the code
/// `SQLITE_CONSTRAINT_TRIGGER` (1811) that our triggers have, too, and PostgreSQL from 18 on says `restrict_violation`; SeaORM
/// knows neither.
fn is_restricted(error: &DbErr) -> bool {
    match code(error).as_deref() {
        Some("1811") => error.to_string().contains("FOREIGN KEY constraint failed"),
        Some("23001") => true,
        _ => false,
    }
}

/// What the database calls an error: its SQLSTATE on PostgreSQL.
fn code(error: &DbErr) -> Option<Cow<'_, str>> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    error.as_database_error()?.code()
}

/// SQLSTATE 40001 and 40P01 of PostgreSQL, `SQLITE_BUSY` of SQLite.
fn is_collision(error: &DbErr) -> bool {
    let text = error.to_string();
    [
        "could not serialize access",
        "deadlock detected",
        "database is locked",
    ]
    .iter()
    .any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectOptions, ConnectionTrait, Database};

    use super::*;

    #[tokio::test]
    async fn a_row_that_another_points_to_stays_and_a_trigger_of_ours_is_no_constraint() {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1);
        let database = Database::connect(options).await.unwrap();
        for statement in [
            "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (parent_id INTEGER REFERENCES parent (id) ON DELETE RESTRICT)",
            "CREATE TRIGGER fixed BEFORE UPDATE ON parent BEGIN SELECT RAISE(ABORT, 'fixed'); END",
            "INSERT INTO parent VALUES (1)",
            "INSERT INTO child VALUES (1)",
        ] {
            database.execute_unprepared(statement).await.unwrap();
        }
        let refused = async |statement: &str| {
            let refused = database.execute_unprepared(statement).await;
            StoreError::from(refused.unwrap_err())
        };
        let restricted = refused("DELETE FROM parent").await;
        assert!(matches!(restricted, StoreError::Constraint(_)), "{restricted:?}");
        let unknown = refused("INSERT INTO child VALUES (2)").await;
        assert!(matches!(unknown, StoreError::Constraint(_)), "{unknown:?}");
        let triggered = refused("UPDATE parent SET id = 2").await;
        assert!(matches!(triggered, StoreError::Failed(_)), "{triggered:?}");
    }
}
