//! The seats of a board. The pair of seat and board is unique so that a membership can be held to a seat of
//! its own board.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `board_seat`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("board_seat")
            .reference("board_id", "board")
            .text("label")
            .one_of(
                "kind",
                &[
                    "LIVED_EXPERIENCE",
                    "CARER",
                    "COUNCILLOR_COOPTED",
                    "OFFICER",
                    "PROVIDER",
                    "CLINICIAN",
                    "VCSE",
                ],
            )
            .optional_reference("constituency_id", "constituency")
            .required("voting", ColumnDef::boolean)
            .optional("closed_at", ColumnDef::timestamp_with_time_zone)
            .versioned()
            .unique(&["id", "board_id"])
            .index(&["board_id", "label", "id"])
            .index(&["constituency_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "board_seat").await
    }
}
