//! The paths of people on to, through and off a board. A seat belongs to the same board, is held by one
//! person at a time, and is held only with a term and a declaration of interests; a person has one open
//! path on a board.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `board_membership`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("board_membership")
            .reference("board_id", "board")
            .reference("person_id", "person")
            .optional("seat_id", ColumnDef::uuid)
            .foreign_key(&["seat_id", "board_id"], "board_seat", &["id", "board_id"])
            .optional_reference("nominated_by_organisation_id", "organisation")
            .one_of(
                "stage",
                &[
                    "NOMINATED",
                    "VISITOR",
                    "INVITED",
                    "INTERVIEW",
                    "OFFERED",
                    "ACTIVE",
                    "ON_LEAVE",
                    "ENDED",
                    "DECLINED",
                    "WITHDRAWN",
                ],
            )
            .optional("from_on", ColumnDef::date)
            .optional("to_on", ColumnDef::date)
            .optional_one_of(
                "end_reason",
                &[
                    "TERM_EXPIRED",
                    "STEPPED_DOWN",
                    "NO_LONGER_ELIGIBLE",
                    "REMOVED",
                    "SEAT_CLOSED",
                    "BOARD_CLOSED",
                    "OTHER",
                ],
            )
            .optional("visited_on", ColumnDef::date)
            .optional_text("motivation")
            .optional_text("visit_waiver_reason")
            .optional_text("decision_waiver_reason")
            .optional("conflict_declared_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "holder_has_seat_term_declaration",
                "stage NOT IN ('ACTIVE', 'ON_LEAVE') \
     OR (seat_id IS NOT NULL AND from_on IS NOT NULL AND conflict_declared_at IS NOT NULL)",
            )
            .check(
                "end_reason_at_the_end",
                "end_reason IS NULL OR stage IN ('ENDED', 'DECLINED', 'WITHDRAWN')",
            )
            .in_order("from_on", "to_on")
            .versioned()
            .unique_where(&["seat_id"], "stage IN ('ACTIVE', 'ON_LEAVE')")
            .unique_where(
                &["board_id", "person_id"],
                "stage NOT IN ('ENDED', 'DECLINED', 'WITHDRAWN')",
            )
            .index(&["board_id", "stage", "id"])
            .index(&["person_id", "id"])
            .index(&["seat_id", "board_id"])
            .index(&["nominated_by_organisation_id", "id"])
            .index_where(&["to_on"], "stage IN ('ACTIVE', 'ON_LEAVE')")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "board_membership").await
    }
}
