//! The organisations of a partnership. An organisation that left may join again; it is never a member twice
//! at a time.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `partnership_member`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("partnership_member")
            .reference("partnership_id", "partnership")
            .reference("organisation_id", "organisation")
            .one_of(
                "role",
                &[
                    "LEAD",
                    "COMMISSIONER",
                    "PROVIDER",
                    "USER_LED",
                    "ADVISOR",
                    "OBSERVER",
                ],
            )
            .one_of("status", &["INVITED", "ACTIVE", "LEFT"])
            .required("invited_at", ColumnDef::timestamp_with_time_zone)
            .optional("joined_on", ColumnDef::date)
            .optional("left_on", ColumnDef::date)
            .check(
                "active_has_joined",
                "status <> 'ACTIVE' OR (joined_on IS NOT NULL AND left_on IS NULL)",
            )
            .check("left_has_a_date", "status <> 'LEFT' OR left_on IS NOT NULL")
            .in_order("joined_on", "left_on")
            .versioned()
            .unique_where(&["partnership_id", "organisation_id"], "status <> 'LEFT'")
            .index(&["partnership_id", "id"])
            .index(&["organisation_id", "status", "partnership_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "partnership_member").await
    }
}
