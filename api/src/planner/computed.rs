//! Values worked out from a row and the viewer, without another statement.

use super::declare::Scalar;
use crate::policy::Viewer;
use crate::store::{Found, ReadSession, StoreError, row};

/// Works out a value from the columns it asked for.
pub type Compute = fn(&Cells<'_>, &Viewer) -> Result<serde_json::Value, StoreError>;

/// The columns a computed field asked for, in the order it asked.
#[derive(Debug)]
pub struct Cells<'a> {
    pub(super) row: &'a Found,
    /// The session that has read them, for a row of the answer.
    pub(super) session: Option<&'a ReadSession>,
    pub(super) columns: &'a [(usize, Scalar)],
}

impl Cells<'_> {
    /// The address at which the file of a row of the answer is fetched.
    #[must_use]
    pub fn download(&self, file: sea_orm::prelude::Uuid) -> Option<String> {
        self.session?.download(file)
    }

    /// The n-th column as an id; nil when it is null.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn id(&self, n: usize) -> Result<sea_orm::prelude::Uuid, StoreError> {
        Ok(row::id(self.row, self.columns[n].0)?.unwrap_or_default())
    }

    /// The n-th column as an id, if it is not null.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn optional_id(&self, n: usize) -> Result<Option<sea_orm::prelude::Uuid>, StoreError> {
        row::id(self.row, self.columns[n].0)
    }

    /// The n-th column as a whole number; 0 when it is null.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn integer(&self, n: usize) -> Result<i32, StoreError> {
        Ok(row::integer(self.row, self.columns[n].0)?.unwrap_or_default())
    }

    /// The n-th column as a truth value; false when it is null.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn boolean(&self, n: usize) -> Result<bool, StoreError> {
        Ok(row::boolean(self.row, self.columns[n].0)?.unwrap_or_default())
    }

    /// The n-th column as a text, such as a stored enum value; empty when it is null.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn text(&self, n: usize) -> Result<&str, StoreError> {
        Ok(row::text(self.row, self.columns[n].0)?.unwrap_or_default())
    }

    /// The n-th column as a JSON document; null when it is null.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn json(&self, n: usize) -> Result<serde_json::Value, StoreError> {
        Ok(row::json(self.row, self.columns[n].0)?.unwrap_or_default())
    }

    /// The n-th column as an instant.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn instant(&self, n: usize) -> Result<Option<sea_orm::prelude::DateTimeUtc>, StoreError> {
        row::instant(self.row, self.columns[n].0)
    }
}
