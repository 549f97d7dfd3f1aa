//! The events on their way to subscribers, written in the transactions that caused them.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `outbox_event`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("outbox_event")
            .required("sequence", ColumnDef::big_integer)
            .required("at", ColumnDef::timestamp_with_time_zone)
            .text("topic")
            .text("entity")
            .required("entity_id", ColumnDef::uuid)
            .optional_reference("organisation_id", "organisation")
            .optional_reference("partnership_id", "partnership")
            .json("payload")
            .optional("delivered_at", ColumnDef::timestamp_with_time_zone)
            .index(&["sequence", "id"])
            .index_where(&["sequence"], "delivered_at IS NULL")
            .index(&["organisation_id", "sequence"])
            .index(&["partnership_id", "sequence"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "outbox_event").await
    }
}
