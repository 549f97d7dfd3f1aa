//! Figures or directory entries that came in together: from a file, or recorded together (`domain.md` 2.9).
//!
//! An organisation imports a file once: the same bytes, asked for in the same way, are the same import, unless it failed.

use sea_orm::entity::prelude::*;

use super::kinds::{ImportKind, ImportStatus};
use crate::id::{ImportBatchId, MediaId, OrganisationId, ServiceAccountId, UserId};
use crate::list::TextList;

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
    /// How many observations of the file were there already, and are as it says.
    pub records_unchanged: i64,
    /// The file, until it has been read to its end; absent for what did not come as an uploaded file.
    pub media_id: Option<MediaId>,
    /// How long the file is, in bytes.
    pub file_bytes: Option<i64>,
    /// How much of it has been read, in bytes.
    pub bytes_read: i64,
    /// What the file calls columns that it does not call as usual: `VALUE=Outcome`.
    pub columns: TextList,
    /// The first day of the period of rows that name none.
    pub period_start: Option<Date>,
    /// The last day of that period.
    pub period_end: Option<Date>,
    /// Why figures are corrected that the file says otherwise; absent when none may be.
    pub correction_reason: Option<String>,
    /// The SHA-256 of how the file is to be read, in lower-case hexadecimal; absent for what is not imported on request.
    pub request_sha256: Option<String>,
    /// How often in a row going on with it has failed for a reason of ours.
    pub attempts: i32,
    /// Why it could not be read to its end, in plain English.
    pub failure: Option<String>,
    /// The computer system that asked; absent when a person did.
    pub service_account_id: Option<ServiceAccountId>,
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
    /// The row that `media_id` refers to.
    #[sea_orm(belongs_to, from = "media_id", to = "id")]
    pub media: BelongsTo<Option<crate::media::media::Entity>>,
    /// The row that `service_account_id` refers to.
    #[sea_orm(belongs_to, from = "service_account_id", to = "id")]
    pub service_account: BelongsTo<Option<crate::parties::service_account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
