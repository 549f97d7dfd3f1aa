//! Values straight out of a row, without the detour of a model.

use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::sqlx::{Row, ValueRef};
use sea_orm::{QueryResult, prelude::Date};

use super::StoreError;

/// A text, borrowed from the row.
///
/// # Errors
/// When the column is not a text.
pub fn text(row: &QueryResult, index: usize) -> Result<Option<&str>, StoreError> {
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
pub fn id(row: &QueryResult, index: usize) -> Result<Option<Uuid>, StoreError> {
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
pub fn is_null(row: &QueryResult, index: usize) -> Result<bool, StoreError> {
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
        pub fn $name(row: &QueryResult, index: usize) -> Result<Option<$type>, StoreError> {
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
