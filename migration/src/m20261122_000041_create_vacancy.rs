//! Places that organisations seek people for. A seat is one of the board that the vacancy names.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `vacancy`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("vacancy")
            .reference("organisation_id", "organisation")
            .one_of("kind", &["STAFF_POST", "BOARD_SEAT", "PEER_RESEARCHER"])
            .text("title")
            .optional_text("description")
            .optional_reference("board_id", "board")
            .optional("seat_id", ColumnDef::uuid)
            .required("opens_at", ColumnDef::timestamp_with_time_zone)
            .required("closes_at", ColumnDef::timestamp_with_time_zone)
            .one_of(
                "status",
                &[
                    "DRAFT",
                    "OPEN",
                    "CLOSED",
                    "INTERVIEWING",
                    "DECIDED",
                    "FILLED",
                    "UNFILLED",
                    "WITHDRAWN",
                ],
            )
            .optional("announced_at", ColumnDef::timestamp_with_time_zone)
            .foreign_key(&["seat_id", "board_id"], "board_seat", &["id", "board_id"])
            .check(
                "seat_for_a_board_seat",
                "(kind = 'BOARD_SEAT') = (seat_id IS NOT NULL)",
            )
            .check("seat_has_a_board", "(seat_id IS NULL) = (board_id IS NULL)")
            .check("closes_after_opening", "closes_at > opens_at")
            .check(
                "announced_unless_draft",
                "status IN ('DRAFT', 'WITHDRAWN') OR announced_at IS NOT NULL",
            )
            .versioned()
            .index(&["organisation_id", "id"])
            .index(&["board_id", "id"])
            .index(&["seat_id", "board_id"])
            .index(&["closes_at", "id"])
            .index(&["title", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "vacancy").await
    }
}
