//! What came of adoptions, each time somebody showed it. Rows are only ever added, so newer evidence takes nothing away.

use sea_orm_migration::prelude::*;

use crate::append_only;
use crate::table::{Table, drop_table};

/// Creates and drops `adoption_evidence`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too: what moves rows must not stop half-way.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("adoption_evidence")
            .reference("adoption_id", "adoption")
            .text("text")
            .optional_reference("media_id", "media")
            .required("shown_at", ColumnDef::timestamp_with_time_zone)
            .optional_reference("by_user_id", "user_account")
            .index(&["adoption_id", "shown_at", "id"])
            .index(&["by_user_id", "id"])
            .index(&["shown_at", "id"])
            .create(manager)
            .await?;
        // Named by itself: the usual name belongs to an index of `adoption`.
        let mut by_file = Index::create();
        by_file
            .name("ix_adoption_evidence_by_media")
            .table("adoption_evidence")
            .col("media_id")
            .col("id");
        manager.create_index(by_file.take()).await?;
        append_only::enforce(manager, "adoption_evidence").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "adoption_evidence").await?;
        append_only::release(manager, "adoption_evidence").await
    }
}
