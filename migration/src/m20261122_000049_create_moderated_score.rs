//! Scores that panels agreed on. They are added and never changed.

use sea_orm_migration::prelude::*;

use crate::append_only;
use crate::table::{Table, drop_table};

/// Creates and drops `moderated_score`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("moderated_score")
            .reference("panel_id", "interview_panel")
            .reference("application_id", "application")
            .reference("question_id", "panel_question")
            .required("score", ColumnDef::integer)
            .text("rationale")
            .reference("moderated_by_person_id", "person")
            .required("moderated_at", ColumnDef::timestamp_with_time_zone)
            .check("score_not_negative", "score >= 0")
            .unique(&["application_id", "question_id"])
            .index(&["panel_id", "id"])
            .index(&["question_id", "id"])
            .index(&["moderated_by_person_id", "id"])
            .index(&["moderated_at", "id"])
            .create(manager)
            .await?;
        append_only::enforce(manager, "moderated_score").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "moderated_score").await?;
        append_only::release(manager, "moderated_score").await
    }
}
