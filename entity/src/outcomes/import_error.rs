//! What was wrong with a row of an import (`domain.md` 2.9). Rows are only ever added.

use sea_orm::entity::prelude::*;

use crate::id::{ImportBatchId, ImportErrorId};

/// One row of `import_error`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_error")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportErrorId,
    /// The import.
    pub import_batch_id: ImportBatchId,
    /// Which row of the file, as a spreadsheet numbers it: the headings are row 1.
    pub row_number: i64,
    /// The column, as the file calls it; absent when the whole row is wrong.
    pub column_name: Option<String>,
    /// What sort of thing is wrong, for programs.
    pub code: String,
    /// What is wrong and what would be right, in plain English.
    pub message: String,
    /// What stands there, shortened.
    pub raw_value: Option<String>,
    /// When it was found.
    pub created_at: DateTimeUtc,
    /// The row that `import_batch_id` refers to.
    #[sea_orm(belongs_to, from = "import_batch_id", to = "id")]
    pub import_batch: BelongsTo<super::import_batch::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
