//! Who has completed which course, and until when it counts.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `training_record`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("training_record")
            .reference("person_id", "person")
            .reference("course_id", "training_course")
            .required("completed_on", ColumnDef::date)
            .optional("expires_on", ColumnDef::date)
            .required("champion", ColumnDef::boolean)
            .in_order("completed_on", "expires_on")
            .versioned()
            .unique(&["person_id", "course_id", "completed_on"])
            .index(&["course_id", "id"])
            .index(&["completed_on", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "training_record").await
    }
}
