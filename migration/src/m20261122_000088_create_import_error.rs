//! What was wrong with rows of imports.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `import_error`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("import_error")
            .reference("import_batch_id", "import_batch")
            .required("row_number", ColumnDef::big_integer)
            .optional_text("column_name")
            .text("code")
            .text("message")
            .optional_text("raw_value")
            .required("created_at", ColumnDef::timestamp_with_time_zone)
            .check("row_from_one", "row_number >= 1")
            .index(&["import_batch_id", "row_number", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "import_error").await
    }
}
