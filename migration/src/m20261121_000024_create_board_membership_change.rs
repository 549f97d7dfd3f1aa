//! The recorded steps of board memberships, from which the members of a board on a past day are rebuilt.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `board_membership_change`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("board_membership_change")
            .reference("membership_id", "board_membership")
            .reference("board_id", "board")
            .reference("person_id", "person")
            .optional("seat_id", ColumnDef::uuid)
            .foreign_key(&["seat_id", "board_id"], "board_seat", &["id", "board_id"])
            .optional_one_of(
                "from_stage",
                &[
                    "NOMINATED",
                    "VISITOR",
                    "INVITED",
                    "INTERVIEW",
                    "OFFERED",
                    "ACTIVE",
                    "ON_LEAVE",
                    "ENDED",
                    "DECLINED",
                    "WITHDRAWN",
                ],
            )
            .one_of(
                "to_stage",
                &[
                    "NOMINATED",
                    "VISITOR",
                    "INVITED",
                    "INTERVIEW",
                    "OFFERED",
                    "ACTIVE",
                    "ON_LEAVE",
                    "ENDED",
                    "DECLINED",
                    "WITHDRAWN",
                ],
            )
            .required("changed_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("reason")
            .required("waiver", ColumnDef::boolean)
            .optional_reference("changed_by_user_id", "user_account")
            .check("waiver_has_a_reason", "NOT waiver OR reason IS NOT NULL")
            .history("board_id", "changed_at")
            .history("membership_id", "changed_at")
            .index(&["person_id", "id"])
            .index(&["seat_id", "board_id"])
            .index(&["changed_by_user_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "board_membership_change").await
    }
}
