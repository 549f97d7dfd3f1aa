//! Interview panels: one round of a vacancy each, one at a time under way.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `interview_panel`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("interview_panel")
            .reference("vacancy_id", "vacancy")
            .required("round", ColumnDef::integer)
            .required("moderation_threshold", ColumnDef::integer)
            .optional_reference("required_course_id", "training_course")
            .one_of(
                "status",
                &["FORMING", "READY", "SCORING", "MODERATING", "DECIDED"],
            )
            .check("round_from_one", "round >= 1")
            .check("threshold_not_negative", "moderation_threshold >= 0")
            .versioned()
            .unique(&["vacancy_id", "round"])
            .unique_where(&["vacancy_id"], "status <> 'DECIDED'")
            .index(&["required_course_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "interview_panel").await
    }
}
