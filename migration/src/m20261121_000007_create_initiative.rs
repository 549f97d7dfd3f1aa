//! The pieces of co-production work of a partnership.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `initiative`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("initiative")
            .reference("partnership_id", "partnership")
            .text("title")
            .optional_text("summary")
            .json("stages")
            .one_of(
                "rung_claimed",
                &[
                    "COERCION",
                    "EDUCATING",
                    "INFORMING",
                    "CONSULTATION",
                    "ENGAGEMENT",
                    "CO_DESIGN",
                    "CO_PRODUCTION",
                ],
            )
            .optional_one_of(
                "rung_assessed",
                &[
                    "COERCION",
                    "EDUCATING",
                    "INFORMING",
                    "CONSULTATION",
                    "ENGAGEMENT",
                    "CO_DESIGN",
                    "CO_PRODUCTION",
                ],
            )
            .json("principles")
            .versioned()
            .index(&["title", "id"])
            .index(&["partnership_id", "title", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "initiative").await
    }
}
