//! The groups of people that holders of seats speak for.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `constituency`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("constituency")
            .text("code")
            .text("label")
            .optional_text("description")
            .versioned()
            .unique(&["code"])
            .index(&["label", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "constituency").await
    }
}
