//! Scores of panellists. They are added and never changed.

use sea_orm_migration::prelude::*;

use crate::append_only;
use crate::table::{Table, drop_table};

/// Creates and drops `score`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("score")
            .reference("panel_id", "interview_panel")
            .reference("application_id", "application")
            .reference("question_id", "panel_question")
            .reference("panellist_id", "panellist")
            .reference("person_id", "person")
            .required("score", ColumnDef::integer)
            .text("evidence")
            .reference("entered_by_person_id", "person")
            .required("submitted_at", ColumnDef::timestamp_with_time_zone)
            .check("score_not_negative", "score >= 0")
            .unique(&["application_id", "question_id", "panellist_id"])
            .index(&["panel_id", "id"])
            .index(&["question_id", "id"])
            .index(&["panellist_id", "id"])
            .index(&["person_id", "id"])
            .index(&["entered_by_person_id", "id"])
            .index(&["submitted_at", "id"])
            .create(manager)
            .await?;
        append_only::enforce(manager, "score").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "score").await?;
        append_only::release(manager, "score").await
    }
}
