//! The kept answers of requests that may be repeated. A key is unique for its actor and operation, within
//! an organisation or outside any.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `idempotency_record`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("idempotency_record")
            .optional_reference("organisation_id", "organisation")
            .text("actor")
            .text("operation")
            .text("key")
            .text("request_hash")
            .json("answer")
            .required("created_at", ColumnDef::timestamp_with_time_zone)
            .required("expires_at", ColumnDef::timestamp_with_time_zone)
            .in_order("created_at", "expires_at")
            .unique(&["organisation_id", "actor", "operation", "key"])
            .unique_where(&["actor", "operation", "key"], "organisation_id IS NULL")
            .index(&["expires_at"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "idempotency_record").await
    }
}
