//! Versions of sets of outcomes. One without a publisher came with the server, and says whose it is.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `outcome_framework`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("outcome_framework")
            .optional_reference("publisher_organisation_id", "organisation")
            .text("code")
            .text("version_label")
            .text("title")
            .optional_text("summary")
            .optional_text("source")
            .one_of("status", &["DRAFT", "LIVE", "RETIRED"])
            .optional("live_at", ColumnDef::timestamp_with_time_zone)
            .optional("retired_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "somebodys",
                "publisher_organisation_id IS NOT NULL OR source IS NOT NULL",
            )
            .check("live_once_not_draft", "(status = 'DRAFT') = (live_at IS NULL)")
            .check(
                "retired_once_retired",
                "(status = 'RETIRED') = (retired_at IS NOT NULL)",
            )
            .in_order("live_at", "retired_at")
            .versioned()
            .unique_as("edition", &["publisher_organisation_id", "code", "version_label"])
            .unique_where(&["code", "version_label"], "publisher_organisation_id IS NULL")
            .index(&["code", "id"])
            .index(&["publisher_organisation_id", "created_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "outcome_framework").await
    }
}
