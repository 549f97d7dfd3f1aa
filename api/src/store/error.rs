//! What can go wrong between Roundtable and its database.

use sea_orm::DbErr;

/// A failure of the database; never shown to a client, always logged once.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection came free in time: the server is overloaded or the database is away.
    #[error("the database did not answer in time: {0}")]
    Unavailable(#[source] DbErr),
    /// A unique or check constraint refused the change: somebody else was faster, or a rule was overlooked.
    #[error("the database refused the change: {0}")]
    Constraint(#[source] DbErr),
    /// A serialisable transaction lost against another one; it may be tried again.
    #[error("the transaction collided with another: {0}")]
    Collision(#[source] DbErr),
    /// Anything else.
    #[error("the database failed: {0}")]
    Failed(#[source] DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error),
            _ if error.sql_err().is_some() => Self::Constraint(error),
            _ if is_collision(&error) => Self::Collision(error),
            _ => Self::Failed(error),
        }
    }
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
