//! Decisions of panels about candidates. They are added and never changed.

use sea_orm_migration::prelude::*;

use crate::append_only;
use crate::table::{Table, drop_table};

/// Creates and drops `panel_decision`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("panel_decision")
            .reference("panel_id", "interview_panel")
            .reference("application_id", "application")
            .one_of("outcome", &["APPOINT", "RESERVE", "REJECT"])
            .text("reason")
            .text("feedback")
            .reference("decided_by_person_id", "person")
            .required("decided_at", ColumnDef::timestamp_with_time_zone)
            .unique(&["panel_id", "application_id"])
            .index(&["application_id", "id"])
            .index(&["decided_by_person_id", "id"])
            .index(&["decided_at", "id"])
            .create(manager)
            .await?;
        append_only::enforce(manager, "panel_decision").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "panel_decision").await?;
        append_only::release(manager, "panel_decision").await
    }
}
