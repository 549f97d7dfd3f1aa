//! What people told organisations: the facts in one table, the words and who said them in another, which far fewer may read.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `feedback` and `feedback_account`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// How far an organisation can get with a piece of feedback.
const STATUSES: &[&str] = &[
    "RECEIVED",
    "ACKNOWLEDGED",
    "INVESTIGATING",
    "ACTED",
    "NO_ACTION",
    "CLOSED",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("feedback")
            .reference("organisation_id", "organisation")
            .optional_reference("service_id", "service")
            .optional_reference("board_id", "board")
            .one_of("source", &["COMPLAINT", "COMPLIMENT", "IDEA", "ISSUE", "CONCERN"])
            .one_of("status", STATUSES)
            .required("received_at", ColumnDef::timestamp_with_time_zone)
            .required("acknowledge_by", ColumnDef::timestamp_with_time_zone)
            .optional("acknowledged_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "acknowledged_once_answered",
                "(status = 'RECEIVED') = (acknowledged_at IS NULL)",
            )
            .in_order("received_at", "acknowledge_by")
            .versioned()
            .index(&["organisation_id", "received_at", "id"])
            .index(&["service_id", "received_at", "id"])
            .index(&["board_id", "received_at", "id"])
            .index(&["received_at", "id"])
            .index(&["acknowledge_by", "id"])
            .create(manager)
            .await?;
        Table::identified("feedback_account")
            .reference("feedback_id", "feedback")
            .optional_reference("person_id", "person")
            .optional_text("text")
            .optional_text("contact")
            .optional_reference("story_consent_id", "consent")
            .check(
                "consent_is_somebodys",
                "story_consent_id IS NULL OR person_id IS NOT NULL",
            )
            .versioned()
            .unique(&["feedback_id"])
            .index(&["person_id", "feedback_id"])
            .index(&["story_consent_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "feedback_account").await?;
        drop_table(manager, "feedback").await
    }
}
