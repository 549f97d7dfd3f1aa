//! The questions of interview panels.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `panel_question`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("panel_question")
            .reference("panel_id", "interview_panel")
            .required("ordinal", ColumnDef::integer)
            .text("text")
            .optional_text("easy_read")
            .required("weight_bp", ColumnDef::integer)
            .required("max_score", ColumnDef::integer)
            .optional_text("look_for")
            .check("ordinal_from_one", "ordinal >= 1")
            .check("weight_range", "weight_bp BETWEEN 1 AND 10000")
            .check("max_score_range", "max_score BETWEEN 1 AND 100")
            .versioned()
            .unique(&["panel_id", "ordinal"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "panel_question").await
    }
}
