//! The secrets of service accounts, as hashes. Several may hold at a time, so that one can replace another.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `service_account_secret`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("service_account_secret")
            .reference("service_account_id", "service_account")
            .text("secret_hash")
            .required("created_at", ColumnDef::timestamp_with_time_zone)
            .required("expires_at", ColumnDef::timestamp_with_time_zone)
            .optional("revoked_at", ColumnDef::timestamp_with_time_zone)
            .in_order("created_at", "expires_at")
            .unique(&["secret_hash"])
            .index(&["service_account_id", "created_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "service_account_secret").await
    }
}
