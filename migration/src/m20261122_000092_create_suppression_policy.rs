//! Policies of disclosure control. A policy never changes: releases were made by it.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `suppression_policy`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("suppression_policy")
            .reference("organisation_id", "organisation")
            .text("name")
            .required("suppress_min", ColumnDef::integer)
            .required("suppress_max", ColumnDef::integer)
            .required("round_to", ColumnDef::integer)
            .required("secondary", ColumnDef::boolean)
            .check(
                "masks_something",
                "suppress_min >= 1 AND suppress_max >= suppress_min AND round_to >= 1",
            )
            .required("created_at", ColumnDef::timestamp_with_time_zone)
            .optional("created_by", ColumnDef::uuid)
            .unique(&["organisation_id", "name"])
            .index(&["organisation_id", "created_at", "id"])
            .index(&["created_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "suppression_policy").await
    }
}
