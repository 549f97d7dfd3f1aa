//! The secret addresses under which people subscribe to their meetings. Only the hash of a secret is kept.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `calendar_feed`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("calendar_feed")
            .reference("person_id", "person")
            .text("name")
            .text("secret_hash")
            .optional("revoked_at", ColumnDef::timestamp_with_time_zone)
            .versioned()
            .unique(&["secret_hash"])
            .index(&["person_id", "created_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "calendar_feed").await
    }
}
