//! Figures that came in together. The same bytes again, from the same organisation, are the same import.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `import_batch`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("import_batch")
            .optional_reference("organisation_id", "organisation")
            .one_of("kind", &["ASCOF", "CQC_DIRECTORY", "MAPPED", "RECORDED"])
            .text("source")
            .optional_text("file_name")
            .required("file_sha256", ColumnDef::string)
            .check("sha256_whole", "length(file_sha256) = 64")
            .one_of("status", &["RUNNING", "COMPLETED", "FAILED"])
            .required("rows_read", ColumnDef::big_integer)
            .required("rows_refused", ColumnDef::big_integer)
            .required("records_made", ColumnDef::big_integer)
            .check(
                "counts_whole",
                "rows_refused >= 0 AND records_made >= 0 AND rows_read >= rows_refused",
            )
            .required("started_at", ColumnDef::timestamp_with_time_zone)
            .optional("finished_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "finished_once_over",
                "(status = 'RUNNING') = (finished_at IS NULL)",
            )
            .in_order("started_at", "finished_at")
            .versioned()
            .unique(&["organisation_id", "kind", "file_sha256"])
            .unique_where(&["kind", "file_sha256"], "organisation_id IS NULL")
            .index(&["organisation_id", "created_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "import_batch").await
    }
}
