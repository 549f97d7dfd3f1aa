//! The meetings of boards. Minutes are written before they are approved, and a meeting approves those of another.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `meeting`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("meeting")
            .reference("board_id", "board")
            .optional_reference("series_id", "meeting_series")
            .text("title")
            .required("starts_at", ColumnDef::timestamp_with_time_zone)
            .required("ends_at", ColumnDef::timestamp_with_time_zone)
            .required("papers_due_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("venue")
            .optional_text("online_url")
            .one_of(
                "status",
                &[
                    "DRAFT",
                    "PUBLISHED",
                    "HELD",
                    "MINUTES_DRAFT",
                    "MINUTES_APPROVED",
                    "CANCELLED",
                ],
            )
            .optional("published_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("cancellation_reason")
            .optional_text("minutes")
            .optional("minutes_approved_at", ColumnDef::timestamp_with_time_zone)
            .optional_reference("minutes_approved_by_meeting_id", "meeting")
            .in_order("starts_at", "ends_at")
            .check(
                "announced_before_it_is_held",
                "status IN ('DRAFT', 'CANCELLED') OR published_at IS NOT NULL",
            )
            .check(
                "cancelled_for_a_reason",
                "status <> 'CANCELLED' OR cancellation_reason IS NOT NULL",
            )
            .check(
                "minutes_are_written",
                "status NOT IN ('MINUTES_DRAFT', 'MINUTES_APPROVED') OR minutes IS NOT NULL",
            )
            .check(
                "minutes_are_approved_by_another_meeting",
                "status <> 'MINUTES_APPROVED' OR (minutes_approved_at IS NOT NULL \
     AND minutes_approved_by_meeting_id IS NOT NULL AND minutes_approved_by_meeting_id <> id)",
            )
            .versioned()
            .unique(&["id", "board_id"])
            .index(&["board_id", "starts_at", "id"])
            .index(&["starts_at", "id"])
            .index(&["series_id", "starts_at", "id"])
            .index(&["minutes_approved_by_meeting_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "meeting").await
    }
}
