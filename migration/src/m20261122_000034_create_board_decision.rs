//! What boards decided. Votes are counted for a vote and not for a consensus, and are no more than could be cast.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `board_decision`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("board_decision")
            .reference("board_id", "board")
            .required("meeting_id", ColumnDef::uuid)
            .foreign_key(&["meeting_id", "board_id"], "meeting", &["id", "board_id"])
            .required("agenda_item_id", ColumnDef::uuid)
            .foreign_key(
                &["agenda_item_id", "meeting_id"],
                "agenda_item",
                &["id", "meeting_id"],
            )
            .text("text")
            .one_of("method", &["CONSENSUS", "VOTE"])
            .one_of("outcome", &["APPROVED", "REJECTED", "DEFERRED"])
            .optional("votes_for", ColumnDef::integer)
            .optional("votes_against", ColumnDef::integer)
            .optional("votes_abstain", ColumnDef::integer)
            .required("voting_present", ColumnDef::integer)
            .required("lived_present", ColumnDef::integer)
            .required("decided_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "votes_are_counted_for_a_vote",
                "(method = 'VOTE' AND votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0 \
     AND votes_for IS NOT NULL AND votes_against IS NOT NULL AND votes_abstain IS NOT NULL) \
     OR (method = 'CONSENSUS' AND votes_for IS NULL AND votes_against IS NULL AND votes_abstain IS NULL)",
            )
            .check(
                "no_more_votes_than_voters",
                "votes_for + votes_against + votes_abstain <= voting_present",
            )
            .check(
                "lived_among_the_voting",
                "lived_present BETWEEN 0 AND voting_present",
            )
            .history("board_id", "decided_at")
            .history("meeting_id", "decided_at")
            .index(&["meeting_id", "board_id"])
            .index(&["agenda_item_id", "meeting_id"])
            .index(&["decided_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "board_decision").await
    }
}
