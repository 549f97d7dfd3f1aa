//! The pieces of files, each an object of the store of objects.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `media_piece`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("media_piece")
            .reference("media_id", "media")
            .required("starts_at", ColumnDef::big_integer)
            .required("length", ColumnDef::big_integer)
            .text("object_name")
            .text("digest")
            .check("starts_at_not_negative", "starts_at >= 0")
            .check("length_positive", "length > 0")
            .unique(&["media_id", "starts_at"])
            .unique(&["object_name"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "media_piece").await
    }
}
