//! The organisations that take part.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `organisation`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("organisation")
            .text("name")
            .one_of(
                "kind",
                &[
                    "COUNCIL",
                    "NHS_TRUST",
                    "ICB",
                    "NHS_OTHER",
                    "CARE_PROVIDER",
                    "USER_LED",
                    "VCSE",
                    "HEALTHWATCH",
                    "REGULATOR",
                    "WORKFORCE_BODY",
                    "RESEARCH",
                    "OTHER",
                ],
            )
            .one_of("nation", &["ENGLAND", "WALES", "SCOTLAND", "NORTHERN_IRELAND"])
            .one_of("status", &["PENDING", "ACTIVE", "SUSPENDED", "CLOSED"])
            .optional_reference("parent_id", "organisation")
            .optional_reference("successor_id", "organisation")
            .optional("opened_on", ColumnDef::date)
            .optional("closed_on", ColumnDef::date)
            .optional_text("summary")
            .check("parent_is_another", "parent_id <> id")
            .check("successor_is_another", "successor_id <> id")
            .in_order("opened_on", "closed_on")
            .versioned()
            .index(&["name", "id"])
            .index(&["parent_id"])
            .index(&["successor_id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "organisation").await
    }
}
