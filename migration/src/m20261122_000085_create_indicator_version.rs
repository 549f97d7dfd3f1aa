//! How indicators are worded for a time. The first wording is comparable with none before it.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `indicator_version`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("indicator_version")
            .reference("indicator_id", "indicator")
            .required("number", ColumnDef::integer)
            .text("definition")
            .required("valid_from", ColumnDef::date)
            .optional("valid_to", ColumnDef::date)
            .required("comparable_with_previous", ColumnDef::boolean)
            .check("number_from_one", "number >= 1")
            .check("first_breaks", "number > 1 OR NOT comparable_with_previous")
            .in_order("valid_from", "valid_to")
            .versioned()
            .unique(&["indicator_id", "number"])
            .unique(&["id", "indicator_id"])
            .index(&["number", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "indicator_version").await
    }
}
