//! What came of events.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `event_outcome`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("event_outcome")
            .reference("event_id", "event")
            .text("text")
            .optional_reference("you_said_we_did_id", "you_said_we_did")
            .optional_reference("resource_id", "resource")
            .versioned()
            .index(&["event_id", "created_at", "id"])
            .index(&["you_said_we_did_id", "id"])
            .index(&["resource_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "event_outcome").await
    }
}
