//! What meetings deal with, and what members would like them to deal with.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `agenda_item`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("agenda_item")
            .reference("board_id", "board")
            .required("meeting_id", ColumnDef::uuid)
            .foreign_key(&["meeting_id", "board_id"], "meeting", &["id", "board_id"])
            .required("ordinal", ColumnDef::integer)
            .text("title")
            .optional_text("summary")
            .one_of("kind", &["DECISION", "DISCUSSION", "INFORMATION"])
            .required("confidential", ColumnDef::boolean)
            .one_of("status", &["PROPOSED", "ACCEPTED", "DECLINED", "WITHDRAWN"])
            .optional_reference("proposed_by_person_id", "person")
            .optional_text("decline_reason")
            .check("ordinal_from_one", "ordinal >= 1")
            .versioned()
            .unique(&["id", "meeting_id"])
            .index(&["meeting_id", "board_id"])
            .index(&["meeting_id", "ordinal", "id"])
            .index(&["board_id", "id"])
            .index(&["proposed_by_person_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "agenda_item").await
    }
}
