//! Objects to which no piece of a file points: those being written, and those to be removed.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `loose_object`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::new("loose_object")
            .named("name")
            .required("remove_after", ColumnDef::timestamp_with_time_zone)
            .index(&["remove_after", "name"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "loose_object").await
    }
}
