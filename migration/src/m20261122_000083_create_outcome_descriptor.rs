//! What good, ok and not good look like: one text for each.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `outcome_descriptor`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("outcome_descriptor")
            .reference("outcome_id", "outcome")
            .one_of("level", &["GOOD", "OK", "NOT_GOOD"])
            .text("text")
            .optional_reference("workshop_event_id", "event")
            .versioned()
            .unique(&["outcome_id", "level"])
            .index(&["outcome_id", "created_at", "id"])
            .index(&["workshop_event_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "outcome_descriptor").await
    }
}
