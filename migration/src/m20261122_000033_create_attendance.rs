//! Who was asked to which meeting, and who came. A person attends a meeting once.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `attendance`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("attendance")
            .reference("board_id", "board")
            .required("meeting_id", ColumnDef::uuid)
            .foreign_key(&["meeting_id", "board_id"], "meeting", &["id", "board_id"])
            .reference("person_id", "person")
            .one_of(
                "capacity",
                &["MEMBER", "VISITOR", "OFFICER", "SUPPORTER", "OBSERVER"],
            )
            .one_of("status", &["INVITED", "APOLOGIES", "PRESENT", "ABSENT"])
            .versioned()
            .unique(&["meeting_id", "person_id"])
            .index(&["meeting_id", "board_id"])
            .index(&["person_id", "meeting_id"])
            .index(&["board_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "attendance").await
    }
}
