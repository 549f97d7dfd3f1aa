//! Figures or directory entries that came in together: from a file, or recorded together (`domain.md` 2.9).
//!
//! An organisation imports a file once: the same bytes again are the same import.

use sea_orm::entity::prelude::*;

use super::kinds::{ImportKind, ImportStatus};
use crate::id::{ImportBatchId, OrganisationId, UserId};

/// One row of `import_batch`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_batch")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportBatchId,
    /// The organisation that imports; absent for what the operator of the server loads.
    pub organisation_id: Option<OrganisationId>,
    /// The shape it has.
    pub kind: ImportKind,
    /// Where it is from, as it is to be credited.
    pub source: String,
    /// What the file is called.
    pub file_name: Option<String>,
    /// The SHA-256 of the file, or of the request, in lower-case hexadecimal.
    pub file_sha256: String,
    /// How far it has got.
    pub status: ImportStatus,
    /// How many rows of it have been read and committed: where it goes on after a stop.
    pub rows_read: i64,
    /// How many of those were refused; each has its errors.
    pub rows_refused: i64,
    /// How many observations, or entries of a directory, were made of the others.
    pub records_made: i64,
    /// When it began.
    pub started_at: DateTimeUtc,
    /// When it ended.
    pub finished_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
