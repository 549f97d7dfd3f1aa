//! Values straight out of a row, without the detour of a model.

use std::sync::Arc;

use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::sqlx::{Row, ValueRef};
use sea_orm::{QueryResult, prelude::Date};

use super::StoreError;

/// A row of a statement, as it was asked for. Several statements may have been asked as one (see `store::compound`): then the columns of
/// each stand in places of their own.
#[derive(Debug)]
pub struct Found {
    row: QueryResult,
    /// Where each column stands; none where they stand as they were asked for.
    places: Option<Arc<[usize]>>,
}

impl Found {
    /// A row whose columns stand in these places of what was found.
    pub(super) const fn with_columns_at(row: QueryResult, places: Arc<[usize]>) -> Self {
        Self {
            row,
            places: Some(places),
        }
    }
}

impl From<QueryResult> for Found {
    fn from(row: QueryResult) -> Self {
        Self { row, places: None }
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
        match &self.places {
            None => (&self.row, index),
            // A column that is not there is none of the row either.
            Some(places) => (&self.row, places.get(index).copied().unwrap_or(usize::MAX)),
        }
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
