//! The audit trail. Its entries are added and never changed or deleted: triggers refuse anything else,
//! whoever asks.

use sea_orm_migration::prelude::*;

use crate::append_only;
use crate::table::{Table, drop_table};

/// Creates and drops `audit_event`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("audit_event")
            .required("sequence", ColumnDef::big_integer)
            .required("at", ColumnDef::timestamp_with_time_zone)
            .optional_reference("actor_user_id", "user_account")
            .optional_reference("actor_service_account_id", "service_account")
            .optional_reference("acting_organisation_id", "organisation")
            .text("action")
            .text("entity")
            .required("entity_id", ColumnDef::uuid)
            .json("changed")
            .optional_text("reason")
            .text("request_id")
            .required("previous_hash", ColumnDef::string)
            .text("hash")
            .check("sequence_from_one", "sequence >= 1")
            .check(
                "one_actor",
                "actor_user_id IS NULL OR actor_service_account_id IS NULL",
            )
            .unique(&["sequence"])
            .index(&["entity", "entity_id", "sequence"])
            .index(&["actor_user_id", "sequence"])
            .index(&["actor_service_account_id", "sequence"])
            .index(&["acting_organisation_id", "sequence"])
            .index(&["request_id"])
            .create(manager)
            .await?;
        append_only::enforce(manager, "audit_event").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "audit_event").await?;
        append_only::release(manager, "audit_event").await
    }
}
