//! Events, and the organisations that host them: one that was asked is none until it accepts.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `event` and `event_host`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("event")
            .one_of(
                "kind",
                &["WORKSHOP", "SHOWCASE", "FESTIVAL", "TRAINING", "CONSULTATION"],
            )
            .text("title")
            .optional_text("description")
            .required("starts_at", ColumnDef::timestamp_with_time_zone)
            .required("ends_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("venue")
            .optional_text("online_url")
            .one_of("audience", &["EVERYBODY", "PARTNERSHIP", "HOSTS"])
            .optional_reference("partnership_id", "partnership")
            .optional("capacity", ColumnDef::integer)
            .one_of("when_full", &["WAITING_LIST", "REFUSE"])
            .one_of("status", &["DRAFT", "PUBLISHED", "CANCELLED"])
            .optional("published_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("cancellation_reason")
            .check("ends_after_it_starts", "ends_at > starts_at")
            .check("capacity_positive", "capacity > 0")
            .check(
                "audience_named",
                "(audience = 'PARTNERSHIP') = (partnership_id IS NOT NULL)",
            )
            .check(
                "published_when_announced",
                "(status = 'DRAFT' AND published_at IS NULL) OR status = 'CANCELLED' \
                 OR (status = 'PUBLISHED' AND published_at IS NOT NULL)",
            )
            .check(
                "cancelled_for_a_reason",
                "(status = 'CANCELLED') = (cancellation_reason IS NOT NULL)",
            )
            .versioned()
            .index(&["starts_at", "id"])
            .index(&["partnership_id", "starts_at", "id"])
            .index(&["title", "id"])
            .create(manager)
            .await?;
        Table::identified("event_host")
            .reference("event_id", "event")
            .reference("organisation_id", "organisation")
            .one_of("status", &["INVITED", "ACCEPTED", "DECLINED", "LEFT"])
            .required("invited_at", ColumnDef::timestamp_with_time_zone)
            .optional("answered_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "answered_once_there_is_an_answer",
                "(status = 'INVITED') = (answered_at IS NULL)",
            )
            .versioned()
            .unique(&["event_id", "organisation_id"])
            .index(&["organisation_id", "event_id"])
            .index(&["invited_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "event_host").await?;
        drop_table(manager, "event").await
    }
}
