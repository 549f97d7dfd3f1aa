//! Values straight out of a row, without the detour of a model.

use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::sqlx::{Row, ValueRef};
use sea_orm::{QueryResult, prelude::Date};

use super::StoreError;

/// A row of a statement, as it was asked for. Two statements may have been asked as one (see `store::pair`): then the columns of the second
/// stand behind those of the first.
#[derive(Debug)]
pub struct Found {
    row: QueryResult,
    first: usize,
}

impl Found {
    /// A row whose columns begin at one of those that were found.
    pub(super) const fn from_column(row: QueryResult, first: usize) -> Self {
        Self { row, first }
    }
}

impl From<QueryResult> for Found {
    fn from(row: QueryResult) -> Self {
        Self { row, first: 0 }
    }
}

/// What has columns.
pub trait Columns {
    /// The row that was found, and where in it a column stands.
    fn column(&self, index: usize) -> (&QueryResult, usize);
}

impl Columns for QueryResult {
    fn column(&self, index: usize) -> (&QueryResult, usize) {
        (self, index)
    }
}

impl Columns for Found {
    fn column(&self, index: usize) -> (&QueryResult, usize) {
        (&self.row, self.first + index)
    }
}

/// A text, borrowed from the row.
///
/// # Errors
/// When the column is not a text.
pub fn text(row: &impl Columns, index: usize) -> Result<Option<&str>, StoreError> {
    let (row, index) = row.column(index);
    if let Some(row) = row.try_as_pg_row() {
        return row.try_get_unchecked(index).map_err(decode);
    }
    match row.try_as_sqlite_row() {
        Some(row) => row.try_get_unchecked(index).map_err(decode),
        None => Ok(None),
    }
}

/// An id. Not compared with the type that the column says it has: an answer holds hundreds, and what is not sixteen bytes is
/// no id.
///
/// # Errors
/// When the column is not an id.
pub fn id(row: &impl Columns, index: usize) -> Result<Option<Uuid>, StoreError> {
    let (row, index) = row.column(index);
    if let Some(row) = row.try_as_pg_row() {
        return row.try_get_unchecked(index).map_err(decode);
    }
    match row.try_as_sqlite_row() {
        Some(row) => row.try_get_unchecked(index).map_err(decode),
        None => Ok(None),
    }
}

/// Whether the column is null.
///
/// # Errors
/// When there is no such column.
pub fn is_null(row: &impl Columns, index: usize) -> Result<bool, StoreError> {
    let (row, index) = row.column(index);
    if let Some(row) = row.try_as_pg_row() {
        return Ok(row.try_get_raw(index).map_err(decode)?.is_null());
    }
    match row.try_as_sqlite_row() {
        Some(row) => Ok(row.try_get_raw(index).map_err(decode)?.is_null()),
        None => Ok(true),
    }
}

macro_rules! typed {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// When the column is of another type.
        pub fn $name(row: &impl Columns, index: usize) -> Result<Option<$type>, StoreError> {
            let (row, index) = row.column(index);
            row.try_get_by_index::<Option<$type>>(index).map_err(StoreError::from)
        }
    )*};
}

typed! {
    /// A whole number of 32 bits.
    integer: i32;
    /// A whole number of 64 bits, such as a count.
    big_integer: i64;
    /// A fraction.
    float: f64;
    /// A truth value.
    boolean: bool;
    /// An instant, UTC.
    instant: DateTimeUtc;
    /// A calendar day.
    date: Date;
    /// A JSON document.
    json: serde_json::Value;
}

fn decode(error: sea_orm::sqlx::Error) -> StoreError {
    StoreError::Failed(sea_orm::DbErr::Type(error.to_string()))
}
