//! Who sits on which interview panel, and who supports them.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `panellist`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("panellist")
            .reference("panel_id", "interview_panel")
            .reference("person_id", "person")
            .one_of(
                "capacity",
                &["LIVED_EXPERIENCE", "CARER", "STAFF", "PROFESSIONAL"],
            )
            .required("chair", ColumnDef::boolean)
            .optional_reference("supporter_person_id", "person")
            .optional("stood_down_at", ColumnDef::timestamp_with_time_zone)
            .check("supporter_is_another", "supporter_person_id <> person_id")
            .versioned()
            .unique(&["panel_id", "person_id"])
            .index(&["person_id", "id"])
            .index(&["supporter_person_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "panellist").await
    }
}
